package dev.tidemark.stream.chaos;

import java.io.IOException;
import java.util.List;

/**
 * What the streamers under attack read: messages that come in portions. The same messages are the same whoever reads them, how often, and how far they
 * had come when they were killed.
 */
interface Feed extends AutoCloseable {

    /** Adds a portion. */
    void add(int messages) throws IOException;

    /** Arguments of {@code run} that make it read the feed, to where it stands now. */
    List<String> arguments();

    /** Disturbs the way from the feed to those who read it, if there is something to disturb. */
    default void disturb() {
    }

    @Override
    void close() throws IOException;
}
