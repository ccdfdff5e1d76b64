package dev.tidemark.ui.live;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Schema.Field;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.Type.Primitive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the columns of a table mean to a chart, by their names and types alone.
 *
 * @param kind     how measures are laid out
 * @param time     the column that places a row in time
 * @param timePart if {@code time} is a struct (Spark's {@code window}), its field that begins the window; else null
 * @param keys     columns that tell series apart, the likeliest first
 * @param measures of a WIDE table its columns of numbers, the likeliest first; of a WINDOWS table empty, because they stand in the rows
 * @param whole    those of them that hold whole numbers
 */
public record TableShape(Kind kind, String time, String timePart, List<String> keys, List<String> measures, Set<String> whole) {

    /** How a table lays out its measures. */
    public enum Kind {
        /** One row an aggregate of one measure over one window, as the streamer writes {@code gold/windows}. */
        WINDOWS,
        /** One column a measure. */
        WIDE
    }

    private static final Set<String> WINDOW_COLUMNS =
            Set.of("window", "window_start", "window_end", "grain", "device_id", "location", "measure", "unit",
                    "count", "avg", "min", "max", "last_event_time");

    /** Times of processing say when a row was written, not when something happened. */
    private static final Pattern PROCESSING_TIME = Pattern.compile("(ingest|process|commit|load|insert|updat|enqueue|creat|write|written|modif).*");
    private static final List<Pattern> EVENT_TIMES = List.of(
            Pattern.compile("window_?start|start_?time|start"), Pattern.compile("event_?time|event_?ts|timestamp|time|ts"),
            Pattern.compile("hour|minute|day|bucket|period"), Pattern.compile(".*(time|timestamp|_ts|_at)"));
    private static final List<Pattern> KEYS = List.of(
            Pattern.compile("(sensor|device|machine|asset|tag|station|meter|node|unit|room|line)_?(id|name)?"),
            Pattern.compile("location|site|zone|area|plant|region|building|floor"), Pattern.compile(".*_?(id|name|code)"));
    private static final Pattern FREE_TEXT = Pattern.compile("_.*|.*(body|message|payload|json|raw|text|comment|description|properties|url|path|uuid|hash|user_?metadata).*");
    private static final Pattern NO_MEASURE = Pattern.compile("(.*_)?(id|offset|partition|version|sequence|seq|epoch|year|month|day|hour|minute|second|batch)(_.*)?");
    private static final Pattern COUNT = Pattern.compile("(.*_)?(count|cnt|num|n|rows|samples|sum|total|stddev|std|variance)(_.*)?");
    private static final Pattern EXTREME = Pattern.compile("(.*_)?(min|max|first|last)(_.*)?");

    public TableShape {
        keys = List.copyOf(keys);
        measures = List.copyOf(measures);
        whole = Set.copyOf(whole);
    }

    /** The path of the time column, through its struct if it lies in one. */
    public String timePath() {
        return timePart == null ? time : time + "." + timePart;
    }

    /** Recognises a table; empty if it has no column of time or none of numbers. */
    public static Optional<TableShape> of(Schema schema) {
        Set<String> names = Set.copyOf(schema.names().stream().map(TableShape::lower).distinct().toList());
        if (names.containsAll(WINDOW_COLUMNS)) {
            return Optional.of(new TableShape(Kind.WINDOWS, "window_start", null, List.of("location", "device_id"), List.of(), Set.of()));
        }
        Optional<Field> time = schema.fields().stream().filter(field -> timeRank(field) < Integer.MAX_VALUE)
                .min(Comparator.comparingInt(TableShape::timeRank));
        if (time.isEmpty()) {
            return Optional.empty();
        }
        List<String> measures = ranked(schema, TableShape::measureRank);
        if (measures.isEmpty()) {
            return Optional.empty();
        }
        String part = time.get().type() instanceof Type.Struct struct ? startOf(struct).orElseThrow().name() : null;
        List<String> keys = ranked(schema, TableShape::keyRank);
        Set<String> whole = schema.fields().stream().filter(field -> measures.contains(field.name()) && isWhole(field.type())).map(Field::name).collect(Collectors.toSet());
        return Optional.of(new TableShape(Kind.WIDE, time.get().name(), part, keys, measures, whole));
    }

    private static List<String> ranked(Schema schema, java.util.function.ToIntFunction<Field> rank) {
        List<Field> found = new ArrayList<>(schema.fields());
        found.removeIf(field -> rank.applyAsInt(field) == Integer.MAX_VALUE);
        // A stable sort: columns of the same rank stay in the order of the table.
        found.sort(Comparator.comparingInt(rank));
        return found.stream().map(Field::name).toList();
    }

    private static int timeRank(Field field) {
        if (field.type() instanceof Type.Struct struct) {
            return startOf(struct).isPresent() ? 0 : Integer.MAX_VALUE;
        }
        boolean stamp = field.type() == Primitive.TIMESTAMP || field.type() == Primitive.TIMESTAMP_NTZ;
        if (!stamp && field.type() != Primitive.DATE) {
            return Integer.MAX_VALUE;
        }
        String name = lower(field.name());
        int rank = EVENT_TIMES.size() + 1;
        for (int i = 0; i < EVENT_TIMES.size(); i++) {
            if (EVENT_TIMES.get(i).matcher(name).matches()) {
                rank = i + 1;
                break;
            }
        }
        return rank + (PROCESSING_TIME.matcher(name).matches() ? 10 : 0) + (stamp ? 0 : 100);
    }

    private static Optional<Field> startOf(Type.Struct struct) {
        return struct.fields().stream().filter(field -> lower(field.name()).matches("start|begin|from|window_start"))
                .filter(field -> field.type() == Primitive.TIMESTAMP || field.type() == Primitive.TIMESTAMP_NTZ).findFirst();
    }

    private static int keyRank(Field field) {
        String name = lower(field.name());
        boolean text = field.type() == Primitive.STRING;
        boolean number = field.type() == Primitive.LONG || field.type() == Primitive.INTEGER || field.type() == Primitive.SHORT;
        if (!text && !number || FREE_TEXT.matcher(name).matches()) {
            return Integer.MAX_VALUE;
        }
        for (int i = 0; i < KEYS.size(); i++) {
            if (KEYS.get(i).matcher(name).matches()) {
                // A number is a key only if its name says so.
                return number && !name.matches(".*id|.*_?(code|no|number)") ? Integer.MAX_VALUE : i;
            }
        }
        return text ? KEYS.size() : Integer.MAX_VALUE;
    }

    private static int measureRank(Field field) {
        String name = lower(field.name());
        boolean real = field.type() == Primitive.DOUBLE || field.type() == Primitive.FLOAT || field.type() instanceof Type.Decimal;
        boolean whole = isWhole(field.type());
        if (!real && !whole || name.startsWith("_") || NO_MEASURE.matcher(name).matches() && !real || keyRank(field) < Integer.MAX_VALUE) {
            return Integer.MAX_VALUE;
        }
        int rank = real ? 0 : 1;
        if (EXTREME.matcher(name).matches()) {
            rank += 2;
        }
        if (COUNT.matcher(name).matches()) {
            rank += 4;
        }
        return rank;
    }

    private static boolean isWhole(Type type) {
        return type == Primitive.LONG || type == Primitive.INTEGER || type == Primitive.SHORT || type == Primitive.BYTE;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
