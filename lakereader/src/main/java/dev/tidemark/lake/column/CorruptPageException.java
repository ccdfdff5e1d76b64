package dev.tidemark.lake.column;

/** Bytes that no writer of Parquet can have meant. The message is a noun phrase: what was found. */
final class CorruptPageException extends RuntimeException {

    CorruptPageException(String found) {
        super(found);
    }
}
