package dev.tidemark.stream.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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

    /** Property that names the file a message came from, relative to the folder of the source. */
    public static final String FILE = "file";

    /** The body as text: UTF-8, or Latin-1 if it is not valid UTF-8, so that no byte is lost. */
    public String text() {
        return text(body, 0, body.length);
    }

    /** {@code [from, to)} as text: UTF-8, or Latin-1 if it is not valid UTF-8, so that no byte is lost. */
    public static String text(byte[] bytes, int from, int to) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }
}
