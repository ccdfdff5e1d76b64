package dev.tidemark.stream.source;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where messages come from: partitions, each a sequence of numbered messages that can be read again from any number
 * still retained. Used by one thread (the pipeline's); a source that needs threads of its own owns them.
 */
public interface EventSource extends AutoCloseable {

    /** The stream's stable identity, the same after a restart: what {@code bronze/events.source} holds. */
    String name();

    /**
     * Which stream stands behind the name now; empty if it cannot be another one (files). May connect to the other side; called at most once, before
     * {@link #open}.
     *
     * @throws IOException with a message for the user if the other side does not answer or refuses
     */
    default Optional<Origin> origin() throws IOException {
        return Optional.empty();
    }

    /**
     * Begins. Called once, before anything but {@link #name()} and {@link #origin()}.
     *
     * @param positions partition id → the last number that the lake already holds
     * @param arrived   to be run, by any thread, when a partition may have something new or appeared
     * @throws IOException with a message for the user if the source cannot be read at all
     */
    void open(Map<String, Long> positions, Runnable arrived) throws IOException;

    /**
     * The partitions known now, in a stable order. Partitions can appear while the source runs (new files); one that is
     * {@linkplain SourcePartition#finished() finished} leaves the list once it has been reported so.
     */
    List<SourcePartition> partitions();

    /**
     * Whether nothing more will ever come for {@code --once}: everything that was there has been handed out.
     */
    boolean drained();

    /** What could not be read, for the user (a truncated file, say): each once. */
    List<String> problems();

    /** Why nothing can be read just now, for the user (a hub that does not answer, say); null while it can, or where that is not known. Any thread may ask. */
    default String outage() {
        return null;
    }

    @Override
    void close();
}
