package dev.tidemark.stream.alert.delivery;

/** A way to tell people. Used by one thread. */
public interface Channel extends AutoCloseable {

    /**
     * Sends; returns when the other side has taken it.
     *
     * @throws DeliveryFailure      if it has not; its message names no secret
     * @throws InterruptedException if the thread is asked to end
     */
    void send(Notice notice) throws DeliveryFailure, InterruptedException;

    @Override
    default void close() {
    }
}
