package dev.tidemark.stream.source;

import java.util.Map;

/**
 * One message exactly as it came.
 *
 * @param number     its place in its partition; numbers grow, and the same number is always the same message
 * @param enqueued   when the transport took it, microseconds since 1970-01-01T00:00Z
 * @param deviceId   the device as the transport knows it; null if it does not
 * @param properties the transport's and the sender's properties; shared between messages, never changed. A CSV line
 *                   carries its header here ({@link #CSV_HEADER}), so that it can be understood alone
 * @param body       the payload; shared, never changed
 */
public record Message(long number, long enqueued, String deviceId, Map<String, String> properties, byte[] body) {

    /** Property that tells what the body is: {@code text/csv}; anything else, or nothing, is JSON. */
    public static final String CONTENT_TYPE = "content-type";

    /** Property that holds the header line of a CSV body. */
    public static final String CSV_HEADER = "csv-header";
}
