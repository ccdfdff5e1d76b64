package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.Type.Primitive;
import dev.tidemark.stream.table.TableLayout;

import java.util.List;
import java.util.Map;

/** The tables: their places below the lake and their columns, in the order in which rows are written. */
final class Layouts {

    static final String BRONZE = "bronze/events";
    static final String SILVER = "silver/readings";
    static final String REJECTS = "silver/rejects";
    static final String WINDOWS = "gold/windows";
    static final String LIVE = "gold/live";

    static final long DAY = 86_400_000_000L;

    private static final Type PROPERTIES = new Type.MapOf(Primitive.STRING, Primitive.STRING, true);

    private static final Schema EVENTS = new Schema(List.of(
            field("source", Primitive.STRING), field("partition", Primitive.STRING), field("offset", Primitive.LONG),
            field("enqueued_time", Primitive.TIMESTAMP), field("device_id", Primitive.STRING), field("properties", PROPERTIES),
            field("body", Primitive.STRING), field("ingested_at", Primitive.TIMESTAMP), field("date", Primitive.DATE)));

    private static final Schema REJECTED = new Schema(List.of(
            field("source", Primitive.STRING), field("partition", Primitive.STRING), field("offset", Primitive.LONG),
            field("enqueued_time", Primitive.TIMESTAMP), field("device_id", Primitive.STRING), field("properties", PROPERTIES),
            field("body", Primitive.STRING), field("ingested_at", Primitive.TIMESTAMP), field("date", Primitive.DATE),
            field("reason", Primitive.STRING)));

    private static final Schema READINGS = new Schema(List.of(
            field("device_id", Primitive.STRING), field("event_time", Primitive.TIMESTAMP), field("location", Primitive.STRING),
            field("status", Primitive.STRING), field("late", Primitive.BOOLEAN), field("source", Primitive.STRING),
            field("partition", Primitive.STRING), field("offset", Primitive.LONG), field("ingested_at", Primitive.TIMESTAMP),
            field("date", Primitive.DATE), field("_rescued_data", Primitive.STRING)));

    private static final Schema AGGREGATES = new Schema(List.of(
            field("window", Primitive.STRING), field("window_start", Primitive.TIMESTAMP), field("window_end", Primitive.TIMESTAMP),
            field("grain", Primitive.STRING), field("device_id", Primitive.STRING), field("location", Primitive.STRING),
            field("measure", Primitive.STRING), field("unit", Primitive.STRING), field("count", Primitive.LONG),
            field("avg", Primitive.DOUBLE), field("min", Primitive.DOUBLE), field("max", Primitive.DOUBLE), field("sum", Primitive.DOUBLE),
            field("stddev", Primitive.DOUBLE), field("first", Primitive.DOUBLE), field("last", Primitive.DOUBLE),
            field("last_event_time", Primitive.TIMESTAMP), field("date", Primitive.DATE)));

    /** Replaced whole several times a second: short retention, and not forced to the disk. */
    static final TableLayout LIVE_LAYOUT = new TableLayout(AGGREGATES, List.of(), Map.of(
            "delta.logRetentionDuration", "interval 1 hours",
            "delta.deletedFileRetentionDuration", "interval 10 minutes"), false);

    /** How many columns of {@code silver/readings} are the same for every device; the leaves of payloads come after them. */
    static final int SILVER_FIXED = READINGS.fields().size();

    private Layouts() {
    }

    /** What a table that is appended to is made with. */
    static TableLayout of(String path, boolean durable) {
        Schema schema = switch (path) {
            case BRONZE -> EVENTS;
            case SILVER -> READINGS;
            case REJECTS -> REJECTED;
            default -> AGGREGATES;
        };
        return new TableLayout(schema, List.of("date"), Map.of(), durable);
    }

    private static Schema.Field field(String name, Type type) {
        return new Schema.Field(name, type, true);
    }

    /** The day of a time, in days since 1970-01-01. */
    static long day(long micros) {
        return Math.floorDiv(micros, DAY);
    }
}
