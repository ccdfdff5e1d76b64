package dev.tidemark.lake.column;

import java.util.List;
import java.util.stream.IntStream;

/** Columns of the same rows. */
public record Batch(int rows, List<String> names, List<Column> columns) {

    public Batch {
        names = List.copyOf(names);
        columns = List.copyOf(columns);
    }

    /** At most so many rows, the first. */
    public Batch first(long rows) {
        if (rows >= this.rows) {
            return this;
        }
        int[] some = IntStream.range(0, (int) Math.max(rows, 0)).toArray();
        return new Batch(some.length, names, columns.stream().map(column -> column.select(some)).toList());
    }

    /** The column of this name; names are compared without regard to case. */
    public Column column(String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return columns.get(i);
            }
        }
        throw new IllegalArgumentException("Cannot find column: not in this batch (expected one of " + names + ", actual " + name + ")");
    }

    public Column.Longs longs(String name) {
        return (Column.Longs) column(name);
    }

    public Column.Doubles doubles(String name) {
        return (Column.Doubles) column(name);
    }

    public Column.Strings strings(String name) {
        return (Column.Strings) column(name);
    }

    public Column.Booleans booleans(String name) {
        return (Column.Booleans) column(name);
    }
}
