package dev.tidemark.stream.source;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Kafka records as {@link Message messages}: the offset is the number, the key is the device if it is text, headers are properties (of several with one name the last),
 * and a record without a value has an empty body. Not thread-safe.
 */
final class KafkaMessages {

    private static final byte[] EMPTY = {};

    private final InstantSource clock;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private Headers headers;
    private Map<String, String> properties = Map.of();

    /** @param clock gives the time of records without one, as very old brokers store them */
    KafkaMessages(InstantSource clock) {
        this.clock = clock;
    }

    List<Message> of(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Message> messages = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            long millis = record.timestamp() < 0 ? clock.millis() : record.timestamp();
            messages.add(new Message(record.offset(), millis * 1_000, device(record.key()), properties(record.headers()),
                    record.value() == null ? EMPTY : record.value()));
        }
        return messages;
    }

    /** Binary keys (numbers, Avro) hold control characters or are no UTF-8. */
    private String device(byte[] key) {
        if (key == null || key.length == 0) {
            return null;
        }
        for (byte b : key) {
            if (b >= 0 && b < ' ' || b == 0x7f) {
                return null;
            }
        }
        try {
            return utf8.decode(ByteBuffer.wrap(key)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Records that follow each other mostly have the same ones: they share them. */
    private Map<String, String> properties(Headers now) {
        if (!now.equals(headers)) {
            Map<String, String> texts = new LinkedHashMap<>();
            for (Header header : now) {
                texts.put(header.key(), header.value() == null ? "" : Message.text(header.value(), 0, header.value().length));
            }
            headers = now;
            properties = Map.copyOf(texts);
        }
        return properties;
    }
}
