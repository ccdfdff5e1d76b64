package dev.tidemark.stream.decode;

/** A column of {@code silver/readings} beside the fixed ones. */
final class Column {

    final String name;
    /** The number of the last message that had a leaf for it. */
    long message;

    Column(String name) {
        this.name = name;
    }
}
