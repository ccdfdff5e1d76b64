package dev.tidemark.stream.decode;

/**
 * Knows the readings of the last while: same device, same event time, same measures' names is the same reading, and the first one wins.
 * Exact, no false positives. Not thread-safe.
 */
public final class Duplicates {

    public Duplicates() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Remembers a reading. False if it was known already. */
    public boolean add(Reading reading) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Forgets readings whose event time lies before {@code horizon} (microseconds). */
    public void forgetBefore(long horizon) {
        throw new UnsupportedOperationException("not yet");
    }

    /** How many it remembers. */
    public int size() {
        throw new UnsupportedOperationException("not yet");
    }
}
