package dev.tidemark.stream.pipeline;

import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.Rows;
import dev.tidemark.stream.window.WindowRow;

/** Window rows as rows of {@code gold/windows} and {@code gold/live}. */
final class WindowRows {

    private WindowRows() {
    }

    static void write(Rows rows, WindowRow row) {
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
}
