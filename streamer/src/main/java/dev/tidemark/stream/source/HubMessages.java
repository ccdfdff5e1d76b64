package dev.tidemark.stream.source;

import com.azure.core.amqp.models.AmqpAnnotatedMessage;
import com.azure.core.amqp.models.AmqpMessageBody;
import com.azure.core.amqp.models.AmqpMessageBodyType;
import com.azure.core.amqp.models.AmqpMessageProperties;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes messages of what comes over AMQP. Number and time are taken from the hub's annotations; IoT Hub names the device in one. All
 * other annotations, properties and application properties become properties under the names they have on the wire, as text. Not thread-safe.
 */
final class HubMessages {

    private static final String NUMBER = "x-opt-sequence-number";
    private static final String OFFSET = "x-opt-offset";
    private static final String ENQUEUED = "x-opt-enqueued-time";
    private static final String DEVICE = "iothub-connection-device-id";
    /** So many different sets of properties are kept to be shared. */
    private static final int MOST_SHARED = 20_000;
    private static final int USUAL = 16;

    private final Map<Map<String, String>, Map<String, String>> shared = new HashMap<>();
    /** Made anew only when its content was kept. */
    private Map<String, String> gathered = new HashMap<>(USUAL);

    /** The SDK's own view of these properties builds a set of all for every look at one, so the message is read as it came. */
    Message message(AmqpAnnotatedMessage event) {
        Map<String, Object> annotations = event.getMessageAnnotations();
        Object device = annotations.get(DEVICE);
        return new Message(number(annotations.get(NUMBER)), micros(annotations.get(ENQUEUED)), device == null ? null : device.toString(),
                properties(event, annotations), body(event.getBody()));
    }

    private static long number(Object value) {
        return value instanceof Number number ? number.longValue() : Long.parseLong(String.valueOf(value));
    }

    private static long micros(Object time) {
        if (time instanceof Instant instant) {
            return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
        }
        return ((Date) time).getTime() * 1_000;
    }

    private static byte[] body(AmqpMessageBody body) {
        if (body.getBodyType() == AmqpMessageBodyType.DATA) {
            return body.getFirstData();
        }
        Object value = body.getBodyType() == AmqpMessageBodyType.VALUE ? body.getValue() : body.getSequence();
        return String.valueOf(value).getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, String> properties(AmqpAnnotatedMessage event, Map<String, Object> annotations) {
        gathered.clear();
        for (Map.Entry<String, Object> property : event.getApplicationProperties().entrySet()) {
            put(property.getKey(), property.getValue());
        }
        AmqpMessageProperties standard = event.getProperties();
        put("message-id", standard.getMessageId());
        put("user-id", standard.getUserId());
        put("to", standard.getTo());
        put("subject", standard.getSubject());
        put("reply-to", standard.getReplyTo());
        put("correlation-id", standard.getCorrelationId());
        put(Message.CONTENT_TYPE, standard.getContentType());
        put("content-encoding", standard.getContentEncoding());
        put("absolute-expiry-time", standard.getAbsoluteExpiryTime());
        put("creation-time", standard.getCreationTime());
        put("group-id", standard.getGroupId());
        for (Map.Entry<String, Object> annotation : annotations.entrySet()) {
            switch (annotation.getKey()) {
                case NUMBER, OFFSET, ENQUEUED, DEVICE -> { }
                default -> put(annotation.getKey(), annotation.getValue());
            }
        }
        if (gathered.isEmpty()) {
            return Map.of();
        }
        Map<String, String> known = shared.get(gathered);
        if (known != null) {
            return known;
        }
        if (shared.size() >= MOST_SHARED) {
            shared.clear();
        }
        Map<String, String> kept = gathered;
        gathered = new HashMap<>(USUAL);
        shared.put(kept, kept);
        return kept;
    }

    private void put(String name, Object value) {
        // The SDK gives an empty user-id where there is none.
        if (value != null && !(value instanceof byte[] bytes && bytes.length == 0)) {
            gathered.put(name, text(value));
        }
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Date date) {
            return date.toInstant().toString();
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        return value.toString();
    }
}
