package dev.tidemark.stream.decode;

import dev.tidemark.stream.source.Message;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages and what a decoder makes of them, in the words of the tests. */
final class Messages {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final long ENQUEUED = micros("2026-11-21T11:59:58Z");

    private Messages() {
    }

    static long micros(String instant) {
        return micros(Instant.parse(instant));
    }

    static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    static Decoder decoder() {
        return new Decoder(() -> NOW);
    }

    static Message json(String body) {
        return json(body.getBytes(StandardCharsets.UTF_8));
    }

    static Message json(byte[] body) {
        return new Message(0, ENQUEUED, null, Map.of(Message.CONTENT_TYPE, "application/json"), body);
    }

    static Message csv(String header, String line) {
        return csv(header, line.getBytes(StandardCharsets.UTF_8));
    }

    static Message csv(String header, byte[] line) {
        return new Message(0, ENQUEUED, null, Map.of(Message.CONTENT_TYPE, "text/csv", Message.CSV_HEADER, header), line);
    }

    static Reading reading(Message message) {
        return reading(decoder(), message);
    }

    static Reading reading(Decoder decoder, Message message) {
        Decoded decoded = decoder.decode(message);
        assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
        return ((Decoded.Accepted) decoded).reading();
    }

    static Decoded.Rejected reject(Message message) {
        Decoded decoded = decoder().decode(message);
        assertThat(decoded).isInstanceOf(Decoded.Rejected.class);
        return (Decoded.Rejected) decoded;
    }

    /** Leaf → Double, Boolean or String, in the reading's order. */
    static Map<String, Object> leaves(Reading reading) {
        Map<String, Object> leaves = new LinkedHashMap<>();
        List<String> names = reading.shape().leaves();
        for (int i = 0; i < names.size(); i++) {
            leaves.put(names.get(i), switch (reading.shape().kinds().get(i)) {
                case NUMBER -> reading.numbers()[i];
                case FLAG -> reading.numbers()[i] == 1;
                case TEXT -> reading.texts()[i];
            });
        }
        return leaves;
    }

    /** Measure → value. */
    static Map<String, Double> measures(Reading reading) {
        Map<String, Double> measures = new LinkedHashMap<>();
        for (int i = 0; i < reading.shape().measures().size(); i++) {
            measures.put(reading.shape().measures().get(i), reading.numbers()[reading.shape().measureLeaf()[i]]);
        }
        return measures;
    }
}
