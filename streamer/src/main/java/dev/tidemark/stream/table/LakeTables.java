package dev.tidemark.stream.table;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Schema.Field;
import dev.tidemark.lake.Type;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static dev.tidemark.lake.Type.Primitive.BOOLEAN;
import static dev.tidemark.lake.Type.Primitive.DATE;
import static dev.tidemark.lake.Type.Primitive.DOUBLE;
import static dev.tidemark.lake.Type.Primitive.LONG;
import static dev.tidemark.lake.Type.Primitive.STRING;
import static dev.tidemark.lake.Type.Primitive.TIMESTAMP;

/** What the streamer's tables are made with, and where in a lake they are. All are partitioned by {@code date}. */
public enum LakeTables {

    /** One message exactly as it came. */
    BRONZE_EVENTS("bronze/events", true, appendOnly(), events()),

    /** One accepted message; after these columns come those that it grows, one for every leaf of a payload. */
    SILVER_READINGS("silver/readings", true, appendOnly(),
            field("device_id", STRING), field("event_time", TIMESTAMP), field("location", STRING), field("status", STRING),
            field("late", BOOLEAN), field("source", STRING), field("partition", STRING), field("offset", LONG),
            field("ingested_at", TIMESTAMP), field("date", DATE), field("_rescued_data", STRING)),

    /** One message that was not accepted, whole, with the reason. */
    SILVER_REJECTS("silver/rejects", true, appendOnly(), events(field("reason", STRING))),

    /** One aggregate of one measure over one closed window. Not append-only: a backfill recomputes a range. */
    GOLD_WINDOWS("gold/windows", true, Map.of("delta.checkpointInterval", "100"), aggregates()),

    /** One change of one alert. */
    GOLD_ALERTS("gold/alerts", true, appendOnly(),
            field("alert_id", STRING), field("rule", STRING), field("kind", STRING), field("severity", STRING), field("state", STRING),
            field("device_id", STRING), field("location", STRING), field("measure", STRING), field("value", DOUBLE), field("limit", DOUBLE),
            field("message", STRING), field("event_time", TIMESTAMP), field("raised_at", TIMESTAMP), field("sequence", LONG), field("date", DATE)),

    /** The aggregates of windows that are open; replaced by every commit, and nothing is lost with it. */
    GOLD_LIVE("gold/live", false, shortLived(), aggregates());

    private static final long DAY = 86_400_000_000L;

    private final String path;
    private final TableLayout layout;

    LakeTables(String path, boolean durable, Map<String, String> properties, Field... fields) {
        this.path = path;
        this.layout = new TableLayout(new Schema(List.of(fields)), List.of("date"), properties, durable);
    }

    /** Path below the lake's root. */
    public String path() {
        return path;
    }

    /** What the table is made with. */
    public TableLayout layout() {
        return layout;
    }

    /** The value of {@code date} for a time in microseconds: days since 1970-01-01. */
    public static long day(long time) {
        return Math.floorDiv(time, DAY);
    }

    private static Field field(String name, Type type) {
        return new Field(name, type, true);
    }

    private static Map<String, String> appendOnly() {
        return Map.of("delta.appendOnly", "true", "delta.checkpointInterval", "100");
    }

    private static Map<String, String> shortLived() {
        return Map.of("delta.logRetentionDuration", "interval 1 hour", "delta.deletedFileRetentionDuration", "interval 1 hour",
                "delta.checkpointInterval", "200");
    }

    private static Field[] events(Field... more) {
        List<Field> fields = new ArrayList<>(List.of(
                field("source", STRING), field("partition", STRING), field("offset", LONG), field("enqueued_time", TIMESTAMP),
                field("device_id", STRING), field("properties", new Type.MapOf(STRING, STRING, true)), field("body", STRING),
                field("ingested_at", TIMESTAMP), field("date", DATE)));
        fields.addAll(List.of(more));
        return fields.toArray(Field[]::new);
    }

    private static Field[] aggregates() {
        return new Field[] {
            field("window", STRING), field("window_start", TIMESTAMP), field("window_end", TIMESTAMP), field("grain", STRING),
            field("device_id", STRING), field("location", STRING), field("measure", STRING), field("unit", STRING),
            field("count", LONG), field("avg", DOUBLE), field("min", DOUBLE), field("max", DOUBLE), field("sum", DOUBLE),
            field("stddev", DOUBLE), field("first", DOUBLE), field("last", DOUBLE), field("last_event_time", TIMESTAMP),
            field("date", DATE)};
    }
}
