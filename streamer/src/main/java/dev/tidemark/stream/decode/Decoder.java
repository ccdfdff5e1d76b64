package dev.tidemark.stream.decode;

import dev.tidemark.stream.source.Message;

import java.time.InstantSource;

/**
 * Bytes to reading or reject, by the rules of {@code silver/readings}: aliases, flattening, times, measures. Not thread-safe: one a thread.
 */
public final class Decoder {

    /** @param clock tells what lies more than an hour in the future */
    public Decoder(InstantSource clock) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Decodes one message. Never throws for what a device sent. */
    public Decoded decode(Message message) {
        throw new UnsupportedOperationException("not yet");
    }
}
