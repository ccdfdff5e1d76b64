package dev.tidemark.stream.source;

import java.util.Map;

/**
 * Which stream stands behind a source's name, as the other side tells it. A stream that is deleted and made again counts its messages
 * from the beginning: its numbers mean other messages then.
 *
 * @param identity stays the same as long as the stream is the same one; for a hub its creation, milliseconds since 1970-01-01T00:00Z
 * @param last     partition → number of the last message that it ever had, -1 for none
 * @param created  whether the identity is the time of its creation
 */
public record Origin(long identity, Map<String, Long> last, boolean created) {

    public Origin {
        last = Map.copyOf(last);
    }

    /** Of a stream that is known by the time of its creation. */
    public Origin(long identity, Map<String, Long> last) {
        this(identity, last, true);
    }
}
