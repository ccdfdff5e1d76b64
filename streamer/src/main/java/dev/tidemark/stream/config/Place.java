package dev.tidemark.stream.config;

/** Where something stands in a file; both count from 1, 0 if unknown. */
record Place(int line, int column) implements Comparable<Place> {

    static final Place NONE = new Place(0, 0);

    @Override
    public int compareTo(Place other) {
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }
}
