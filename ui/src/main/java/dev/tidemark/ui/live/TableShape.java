package dev.tidemark.ui.live;

import dev.tidemark.lake.Schema;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the columns of a table mean to a chart, by their names and types and what the operator says of them.
 *
 * @param kind     whose table it is, and how measures are laid out
 * @param time     what places a row in time
 * @param keys     columns that tell series apart, the likeliest first
 * @param named    where rows say which measure they are of; null for a table with one column a measure
 * @param measures its columns of numbers, the likeliest first, where each is a measure; empty where the rows name it
 * @param whole    columns that hold whole numbers
 * @param choices  what else the columns could mean
 */
public record TableShape(Kind kind, RowTime time, List<String> keys, Named named, List<String> measures, Set<String> whole, Alternatives choices) {

    /** How a table lays out its measures. */
    public enum Kind {
        /** One row an aggregate of one measure over one window, as the streamer writes {@code gold/windows}: windows of several lengths, and of devices and places. */
        WINDOWS,
        /** One row a value, or an aggregate, of one measure. */
        LONG,
        /** One column a measure. */
        WIDE
    }

    /**
     * The columns of a table whose rows say which measure they are of.
     *
     * @param by    names the measure
     * @param value holds the value, or its mean
     * @param low   holds the lowest value; null for none
     * @param high  holds the highest value; null for none
     * @param count holds how many readings the row stands for; null for none
     * @param unit  names the unit; null for none
     */
    public record Named(String by, String value, String low, String high, String count, String unit) {
    }

    /**
     * What an operator can say instead of what was recognised.
     *
     * @param times  paths of columns of time, the likeliest first
     * @param names  columns that may name the measure
     * @param values columns that may hold its value
     */
    public record Alternatives(List<String> times, List<String> names, List<String> values) {

        /** None. */
        public static final Alternatives NONE = new Alternatives(List.of(), List.of(), List.of());

        public Alternatives {
            times = List.copyOf(times);
            names = List.copyOf(names);
            values = List.copyOf(values);
        }

        /** Whether there is something to choose. */
        public boolean isEmpty() {
            return times.size() < 2 && names.isEmpty();
        }
    }

    public TableShape {
        keys = List.copyOf(keys);
        measures = List.copyOf(measures);
        whole = Set.copyOf(whole);
    }

    /** Recognises a table by the names and types of its columns alone; empty if it has no column of time or none of numbers. */
    public static Optional<TableShape> of(Schema schema) {
        return of(schema, TimeColumns.NONE);
    }

    /** The same where columns of text and numbers were looked at too. */
    public static Optional<TableShape> of(Schema schema, TimeColumns written) {
        return of(schema, written, Question.Roles.ANY);
    }

    /** The same with what the operator says of its columns; a column that is not there is passed over. */
    static Optional<TableShape> of(Schema schema, TimeColumns written, Question.Roles roles) {
        return new Recognition(schema, written, roles).shape();
    }

    /** What a table that is not recognised lacks: {@code time} or {@code numbers}. */
    public static String lack(Schema schema, TimeColumns written) {
        return new Recognition(schema, written, Question.Roles.ANY).hasTime() ? "numbers" : "time";
    }

    /** The path of the time column, through its struct if it lies in one. */
    public String timePath() {
        return time.path();
    }

    /** The column that holds the values of a measure. */
    public String column(String measure) {
        return named == null ? measure : named.value();
    }

    /** Whether a measure is counted, so that its values are whole numbers. */
    public boolean isWhole(String measure) {
        return whole.contains(column(measure));
    }
}
