package dev.tidemark.ui.live;

import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.ui.text.Micros;

import java.time.Duration;

/**
 * The column that places a row in time. Immutable.
 *
 * @param column name of the column
 * @param part   if it is a struct (Spark's {@code window}), the field of it that begins the window; else null
 * @param end    path of what ends the window; null where a row stands for a moment, or for a time that no column tells
 * @param days   whether it holds whole days
 */
public record RowTime(String column, String part, String end, boolean days) {

    private static final long DAY = Micros.of(Duration.ofDays(1));

    /** The path of the column, through its struct if it lies in one. */
    public String path() {
        return part == null ? column : column + "." + part;
    }

    /** As the table stores it, to microseconds since 1970-01-01T00:00Z. */
    public long micros(long stored) {
        return days ? stored * DAY : stored;
    }

    /** A column of such times in microseconds, {@link Long#MIN_VALUE} where there is none. */
    long[] micros(Column column) {
        Column.Longs longs = (Column.Longs) column;
        if (longs.nulls() == null && !days) {
            return longs.values();
        }
        long[] times = new long[longs.size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = longs.isNull(i) ? Long.MIN_VALUE : micros(longs.values()[i]);
        }
        return times;
    }

    /** Rows from one time to another, in microseconds; of whole days those that the stretch touches. Null for no end; {@code to} is not in it. */
    public Condition.Range within(long from, Long to) {
        return days ? new Condition.Range(path(), Math.floorDiv(from, DAY), to == null ? null : (Long) (Math.floorDiv(to - 1, DAY) + 1))
                : new Condition.Range(path(), from, to);
    }
}
