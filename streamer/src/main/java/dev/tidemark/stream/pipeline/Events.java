package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;
import dev.tidemark.stream.source.Message;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.RowBlock;
import dev.tidemark.stream.table.Rows;
import dev.tidemark.stream.table.Utf8;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Messages as rows of {@code bronze/events} and {@code silver/rejects}, and back. */
final class Events {

    static final List<String> COLUMNS = List.of("source", "partition", "offset", "enqueued_time", "device_id", "properties", "body", "ingested_at");

    private static final int SOURCE = 0;
    private static final int PARTITION = 1;
    private static final int OFFSET = 2;
    private static final int ENQUEUED = 3;
    private static final int DEVICE = 4;
    private static final int PROPERTIES = 5;
    private static final int BODY = 6;
    private static final int INGESTED = 7;
    private static final int DATE = 8;
    private static final int REASON = 9;

    private Events() {
    }

    /** Adds the messages of a batch to rows of {@code bronze/events}. The body of one that is not UTF-8 becomes {@link Message#text()}. */
    static void write(Rows rows, String source, String partition, List<Message> messages, long ingestedAt) {
        int count = messages.size();
        long[] numbers = new long[count];
        long[] enqueued = new long[count];
        String[] devices = new String[count];
        byte[][] bodies = new byte[count][];
        @SuppressWarnings({"unchecked", "rawtypes"})
        Map<String, String>[] properties = new Map[count];
        for (int i = 0; i < count; i++) {
            Message message = messages.get(i);
            numbers[i] = message.number();
            enqueued[i] = message.enqueued();
            devices[i] = message.deviceId();
            properties[i] = message.properties();
            bodies[i] = Utf8.isValid(message.body()) ? message.body() : message.text().getBytes(StandardCharsets.UTF_8);
        }
        RowBlock block = rows.block(0, count, LakeTables.day(ingestedAt));
        block.same(SOURCE, source);
        block.same(PARTITION, partition);
        block.longs(OFFSET, numbers);
        block.longs(ENQUEUED, enqueued);
        block.texts(DEVICE, devices);
        block.maps(PROPERTIES, properties);
        block.utf8(BODY, bodies);
        block.same(INGESTED, ingestedAt);
        block.end();
    }

    /** Adds a message to rows of {@code silver/rejects}. */
    static void reject(Rows rows, String source, String partition, Message message, long ingestedAt, String reason) {
        rows.setString(SOURCE, source);
        rows.setString(PARTITION, partition);
        rows.setLong(OFFSET, message.number());
        rows.setLong(ENQUEUED, message.enqueued());
        rows.setString(DEVICE, message.deviceId());
        rows.setMap(PROPERTIES, message.properties());
        if (Utf8.isValid(message.body())) {
            rows.setUtf8(BODY, message.body());
        } else {
            rows.setString(BODY, message.text());
        }
        rows.setLong(INGESTED, ingestedAt);
        rows.setLong(DATE, LakeTables.day(ingestedAt));
        rows.setString(REASON, reason);
        rows.end();
    }

    /** Reads messages back from a batch with {@link #COLUMNS}. */
    static final class Reader {

        private final Column.Longs offset;
        private final Column.Longs enqueued;
        private final Column.Strings device;
        private final Column properties;
        private final Column.Strings body;
        private final Map<Map<?, ?>, Map<String, String>> shared = new HashMap<>();

        Reader(Batch batch) {
            offset = batch.longs("offset");
            enqueued = batch.longs("enqueued_time");
            device = batch.strings("device_id");
            properties = batch.column("properties");
            body = batch.strings("body");
        }

        Message message(int row) {
            String text = body.get(row);
            return new Message(offset.values()[row], enqueued.values()[row], device.get(row), properties((Map<?, ?>) properties.value(row)),
                    text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8));
        }

        /** Equal maps become one, as they were when the messages came. */
        private Map<String, String> properties(Map<?, ?> value) {
            if (value == null) {
                return Map.of();
            }
            return shared.computeIfAbsent(value, v -> {
                Map<String, String> copy = new HashMap<>();
                v.forEach((key, text) -> copy.put((String) key, (String) text));
                return copy;
            });
        }
    }
}
