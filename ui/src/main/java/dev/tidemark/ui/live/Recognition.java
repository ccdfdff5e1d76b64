package dev.tidemark.ui.live;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Schema.Field;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.Type.Primitive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out what the columns of a table mean, by their names and types, how some hold times, and what the operator says of them. Pure. */
final class Recognition {

    private static final int NONE = Integer.MAX_VALUE;
    private static final Set<String> WINDOW_COLUMNS =
            Set.of("window", "window_start", "window_end", "grain", "device_id", "location", "measure", "unit",
                    "count", "avg", "min", "max", "last_event_time");

    /** Times of processing say when a row was written, not when something happened. */
    private static final Pattern PROCESSING_TIME = Pattern.compile("(ingest|process|commit|load|insert|updat|enqueue|creat|write|written|modif).*");
    private static final List<Pattern> EVENT_TIMES = List.of(
            Pattern.compile("window_?start|start_?time|start"), Pattern.compile("event_?time|event_?ts|timestamp|time|ts"),
            Pattern.compile("hour|minute|day|bucket|period"), Pattern.compile(".*(time|timestamp|_ts|_at)"));
    /** Names of columns that may hold times as text or number. */
    private static final Pattern TIME_NAME = Pattern.compile(".*(time|date|stamp|epoch|datum|zeit|hour|minute|(^|_)(day|ts|at|utc|start|begin|from|when|t)(_|$)).*");
    private static final int MOST_TEXTS = 32;
    private static final List<Pattern> KEYS = List.of(
            Pattern.compile("(sensor|device|machine|asset|tag|station|meter|node|unit|room|line)_?(id|name)?"),
            Pattern.compile("location|site|zone|area|plant|region|building|floor"), Pattern.compile(".*_?(id|name|code)"));
    private static final Pattern FREE_TEXT = Pattern.compile("_.*|.*(body|message|payload|json|raw|text|comment|description|properties|url|path|uuid|hash|user_?metadata).*");
    private static final Pattern NO_MEASURE = Pattern.compile("(.*_)?(id|offset|partition|version|sequence|seq|epoch|year|month|day|hour|minute|second|batch)(_.*)?");
    private static final Pattern COUNT = Pattern.compile("(.*_)?(count|cnt|num|n|rows|samples|sum|total|stddev|std|variance)(_.*)?");
    private static final Pattern EXTREME = Pattern.compile("(.*_)?(min|max|first|last)(_.*)?");

    /** What names the measure of a row. A tag names one too where nothing else tells series apart. */
    private static final List<Pattern> NAMES = List.of(
            Pattern.compile("_?(metric|measure|measurement|signal|parameter|param|variable|quantity|observable|kpi)_?(name|type|id|key|code)?"),
            Pattern.compile("_?(tag|channel|property|attribute|field|point|item|feature)_?(name|type|id|key|code)?"),
            Pattern.compile("(sensor|device|reading|value|data|meter)_?(type|kind)|type|kind"));
    /** What holds its value, or the mean of many. */
    private static final List<Pattern> VALUES = List.of(Pattern.compile("_?value|val"), Pattern.compile("(avg|mean|average)(_?(value|val))?|(value|val)_?(avg|mean|average)"),
            Pattern.compile("_?(.*_)?(value|val|reading)(_.*)?"));
    /** Words for values of any measure: where columns of numbers have no others, which measure it is must stand in another column. */
    private static final Set<String> OF_ANY_MEASURE = Set.of("value", "values", "val", "reading", "readings", "avg", "mean", "average", "min", "max", "minimum", "maximum", "low", "high",
            "lowest", "highest", "count", "cnt", "n", "num", "sum", "total", "stddev", "std", "variance", "var", "first", "last", "median", "p50", "p90", "p95", "p99", "samples", "rows",
            "quality", "double", "float", "number", "numeric");
    private static final Pattern LOW = Pattern.compile("min(imum)?(_?val(ue)?)?|(val(ue)?_?)min(imum)?|low(est)?");
    private static final Pattern HIGH = Pattern.compile("max(imum)?(_?val(ue)?)?|(val(ue)?_?)max(imum)?|high(est)?");
    private static final Pattern READINGS = Pattern.compile("count|cnt|n|samples|(reading|sample|row|event)s?_count");
    private static final Pattern UNIT = Pattern.compile("units?|uom|unit_of_measure(ment)?|measure(ment)?_unit|eng(ineering)?_units?");

    private final Schema schema;
    private final TimeColumns written;
    private final Question.Roles roles;

    /** @param written columns that hold times though their types do not say so */
    Recognition(Schema schema, TimeColumns written, Question.Roles roles) {
        this.schema = schema;
        this.written = written;
        this.roles = roles;
    }

    /** Empty if there is no column of time or none of numbers. */
    Optional<TableShape> shape() {
        Set<String> all = schema.names().stream().map(Recognition::lower).collect(Collectors.toSet());
        if (all.containsAll(WINDOW_COLUMNS)) {
            return Optional.of(new TableShape(TableShape.Kind.WINDOWS, new RowTime("window_start", null, "window_end", RowTime.Spelling.STAMP), List.of("location", "device_id"),
                    new TableShape.Named("measure", "avg", "min", "max", "count", "unit"), List.of(), Set.of(), TableShape.Alternatives.NONE));
        }
        List<RowTime> times = ranked(this::timeRank).stream().map(this::time).toList();
        List<String> numbers = names(this::measureRank);
        if (times.isEmpty() || numbers.isEmpty()) {
            return Optional.empty();
        }
        RowTime time = times.stream().filter(each -> each.path().equals(roles.time())).findFirst().orElse(times.get(0));
        Set<String> whole = schema.fields().stream().filter(field -> numbers.contains(field.name()) && isWhole(field.type())).map(Field::name).collect(Collectors.toSet());
        List<String> keys = names(this::keyRank);
        List<String> texts = Stream.concat(names(this::nameRank).stream(), keys.stream().filter(key -> isText(field(key)) && !UNIT.matcher(lower(key)).matches())).distinct().toList();
        TableShape.Alternatives choices = new TableShape.Alternatives(times.stream().map(RowTime::path).toList(), texts, numbers);
        Optional<TableShape.Named> named = named(numbers, texts);
        if (named.isEmpty()) {
            return Optional.of(new TableShape(TableShape.Kind.WIDE, time, keys, null, numbers, whole, choices));
        }
        Set<String> taken = new HashSet<>(List.of(named.get().by()));
        Optional.ofNullable(named.get().unit()).ifPresent(taken::add);
        return Optional.of(new TableShape(TableShape.Kind.LONG, time, keys.stream().filter(key -> !taken.contains(key)).toList(), named.get(), List.of(), whole, choices));
    }

    /** Whether there is a column of time. */
    boolean hasTime() {
        return !ranked(this::timeRank).isEmpty();
    }

    /** Where rows name their measure, if they do. */
    private Optional<TableShape.Named> named(List<String> numbers, List<String> texts) {
        if (Question.Roles.NO_NAME.equals(roles.name())) {
            return Optional.empty();
        }
        Optional<String> said = texts.stream().filter(text -> text.equals(roles.name())).findFirst();
        Optional<String> value = numbers.stream().filter(number -> number.equals(roles.value())).findFirst().or(() -> likeliest(numbers, VALUES));
        Optional<String> by = said.or(() -> value.flatMap(number -> recognisedName(numbers)));
        return by.map(name -> named(name, value.orElse(numbers.get(0)), numbers));
    }

    /** A column that is called so, if the columns of numbers leave open what they are numbers of. */
    private Optional<String> recognisedName(List<String> numbers) {
        boolean open = numbers.stream().allMatch(number -> Stream.of(lower(number).split("_")).allMatch(word -> word.isEmpty() || OF_ANY_MEASURE.contains(word)));
        // Beside a column that is called "value" and one that is called "metric" there may be others: a set point, a limit.
        boolean plain = numbers.stream().anyMatch(number -> VALUES.get(0).matcher(lower(number)).matches());
        return names(this::nameRank).stream().filter(name -> open || plain && nameRank(field(name)) < NAMES.size() - 1).findFirst();
    }

    private TableShape.Named named(String by, String value, List<String> numbers) {
        // The lowest and highest are those of the mean, not of whatever else an operator points at.
        boolean mean = VALUES.stream().limit(2).anyMatch(pattern -> pattern.matcher(lower(value)).matches());
        List<String> others = mean ? numbers.stream().filter(number -> !number.equals(value)).toList() : List.of();
        String unit = schema.fields().stream().filter(field -> isText(field) && UNIT.matcher(lower(field.name())).matches()).map(Field::name)
                .filter(name -> !name.equals(by)).findFirst().orElse(null);
        return new TableShape.Named(by, value, likeliest(others, List.of(LOW)).orElse(null), likeliest(others, List.of(HIGH)).orElse(null),
                likeliest(others, List.of(READINGS)).orElse(null), unit);
    }

    private static Optional<String> likeliest(List<String> names, List<Pattern> patterns) {
        return patterns.stream().flatMap(pattern -> names.stream().filter(name -> pattern.matcher(lower(name)).matches())).findFirst();
    }

    private List<String> names(ToIntFunction<Field> rank) {
        return ranked(rank).stream().map(Field::name).toList();
    }

    private List<Field> ranked(ToIntFunction<Field> rank) {
        List<Field> found = new ArrayList<>(schema.fields());
        found.removeIf(field -> rank.applyAsInt(field) == NONE);
        // A stable sort: columns of the same rank stay in the order of the table.
        found.sort(Comparator.comparingInt(rank));
        return found;
    }

    private Field field(String name) {
        return schema.field(name).orElseThrow();
    }

    private RowTime time(Field field) {
        if (field.type() instanceof Type.Struct struct) {
            String start = startOf(struct).orElseThrow().name();
            String end = struct.fields().stream().filter(part -> lower(part.name()).matches("end|to|until|window_end") && isStamp(part.type())).map(part -> field.name() + "." + part.name())
                    .findFirst().orElse(null);
            return new RowTime(field.name(), start, end, RowTime.Spelling.STAMP);
        }
        RowTime.Spelling typed = field.type() == Primitive.DATE ? RowTime.Spelling.DAYS : RowTime.Spelling.STAMP;
        return new RowTime(field.name(), null, null, written.spellings().getOrDefault(field.name(), typed));
    }

    private int timeRank(Field field) {
        if (field.type() instanceof Type.Struct struct) {
            return startOf(struct).isPresent() ? 0 : NONE;
        }
        boolean stamp = isStamp(field.type());
        boolean plain = isWritten(field);
        if (!stamp && !plain && field.type() != Primitive.DATE) {
            return NONE;
        }
        String name = lower(field.name());
        int rank = EVENT_TIMES.size() + 1;
        for (int i = 0; i < EVENT_TIMES.size(); i++) {
            if (EVENT_TIMES.get(i).matcher(name).matches()) {
                rank = i + 1;
                break;
            }
        }
        return rank + (PROCESSING_TIME.matcher(name).matches() ? 20 : 0) + (stamp ? 0 : plain ? 10 : 100);
    }

    /** The columns of text and numbers whose values must be looked at: those with names of times, and of a table without any column of time all texts. */
    static List<Field> mayHoldTimes(Schema schema) {
        List<Field> named = schema.fields().stream().filter(Recognition::isPlain).filter(Recognition::soundsLikeTime).toList();
        boolean typed = new Recognition(schema, TimeColumns.NONE, Question.Roles.ANY).hasTime();
        return !named.isEmpty() || typed ? named : schema.fields().stream().filter(Recognition::isText).limit(MOST_TEXTS).toList();
    }

    /** Whether its name promises times. */
    static boolean soundsLikeTime(Field field) {
        return TIME_NAME.matcher(lower(field.name())).matches();
    }

    private static boolean isPlain(Field field) {
        return isText(field) || field.type() == Primitive.LONG || field.type() == Primitive.INTEGER || field.type() == Primitive.DOUBLE;
    }

    private boolean isWritten(Field field) {
        return written.spellings().containsKey(field.name());
    }

    private static Optional<Field> startOf(Type.Struct struct) {
        return struct.fields().stream().filter(field -> lower(field.name()).matches("start|begin|from|window_start")).filter(field -> isStamp(field.type())).findFirst();
    }

    private static boolean isStamp(Type type) {
        return type == Primitive.TIMESTAMP || type == Primitive.TIMESTAMP_NTZ;
    }

    private static boolean isText(Field field) {
        return field.type() == Primitive.STRING;
    }

    private int keyRank(Field field) {
        String name = lower(field.name());
        boolean number = field.type() == Primitive.LONG || field.type() == Primitive.INTEGER || field.type() == Primitive.SHORT;
        if (!isText(field) && !number || isWritten(field) || FREE_TEXT.matcher(name).matches()) {
            return NONE;
        }
        for (int i = 0; i < KEYS.size(); i++) {
            if (KEYS.get(i).matcher(name).matches()) {
                // A number is a key only if its name says so.
                return number && !name.matches(".*id|.*_?(code|no|number)") ? NONE : i;
            }
        }
        return isText(field) ? KEYS.size() : NONE;
    }

    private int nameRank(Field field) {
        for (int i = 0; isText(field) && !isWritten(field) && i < NAMES.size(); i++) {
            if (NAMES.get(i).matcher(lower(field.name())).matches()) {
                return i;
            }
        }
        return NONE;
    }

    private int measureRank(Field field) {
        String name = lower(field.name());
        boolean real = field.type() == Primitive.DOUBLE || field.type() == Primitive.FLOAT || field.type() instanceof Type.Decimal;
        boolean whole = isWhole(field.type());
        boolean hidden = name.startsWith("_") && !VALUES.get(0).matcher(name).matches();
        if (!real && !whole || isWritten(field) || hidden || NO_MEASURE.matcher(name).matches() && !real || keyRank(field) < NONE) {
            return NONE;
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
