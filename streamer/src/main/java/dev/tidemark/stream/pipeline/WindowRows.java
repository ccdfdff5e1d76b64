package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.column.Column;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.Rows;
import dev.tidemark.stream.window.WindowRow;

import java.util.List;

/** Window rows as rows of {@code gold/windows} and {@code gold/live}, and back. */
public final class WindowRows {

    /** The columns from which a row can be read again. */
    public static final List<String> COLUMNS = LakeTables.GOLD_WINDOWS.layout().schema().names().stream().filter(name -> !name.equals("date")).toList();

    private WindowRows() {
    }

    /** Adds a row to rows of either table. */
    public static void write(Rows rows, WindowRow row) {
        rows.setString(0, row.window());
        rows.setLong(1, row.start());
        rows.setLong(2, row.end());
        rows.setString(3, row.grain());
        rows.setString(4, row.deviceId());
        rows.setString(5, row.location());
        rows.setString(6, row.measure());
        rows.setString(7, row.unit());
        rows.setLong(8, row.count());
        rows.setDouble(9, row.avg());
        rows.setDouble(10, row.min());
        rows.setDouble(11, row.max());
        rows.setDouble(12, row.sum());
        rows.setDouble(13, row.stddev());
        rows.setDouble(14, row.first());
        rows.setDouble(15, row.last());
        rows.setLong(16, row.lastEventTime());
        rows.setLong(17, LakeTables.day(row.start()));
        rows.end();
    }

    /** The row with a number of some columns, which are those of {@link #COLUMNS}. Of a table that others wrote: a number that is missing is 0 or NaN. */
    public static WindowRow read(Column[] columns, int row) {
        return new WindowRow(text(columns[0], row), number(columns[1], row), number(columns[2], row), text(columns[3], row), text(columns[4], row), text(columns[5], row),
                text(columns[6], row), text(columns[7], row), number(columns[8], row), real(columns[9], row), real(columns[10], row), real(columns[11], row), real(columns[12], row),
                real(columns[13], row), real(columns[14], row), real(columns[15], row), number(columns[16], row));
    }

    private static String text(Column column, int row) {
        return ((Column.Strings) column).get(row);
    }

    private static long number(Column column, int row) {
        return column.isNull(row) ? 0 : ((Column.Longs) column).values()[row];
    }

    private static double real(Column column, int row) {
        return column.isNull(row) ? Double.NaN : ((Column.Doubles) column).values()[row];
    }
}
