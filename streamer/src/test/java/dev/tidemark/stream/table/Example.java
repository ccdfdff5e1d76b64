package dev.tidemark.stream.table;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** A small table that tests write. */
final class Example {

    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T08:00:00.123Z"));
    static final long DAY = LocalDate.of(2026, 11, 21).toEpochDay();
    static final String PATH = "silver/example";
    static final Schema SCHEMA = new Schema(List.of(
            new Schema.Field("id", Type.Primitive.LONG, true),
            new Schema.Field("at", Type.Primitive.TIMESTAMP, true),
            new Schema.Field("value", Type.Primitive.DOUBLE, true),
            new Schema.Field("late", Type.Primitive.BOOLEAN, true),
            new Schema.Field("name", Type.Primitive.STRING, true),
            new Schema.Field("tags", new Type.MapOf(Type.Primitive.STRING, Type.Primitive.STRING, true), true),
            new Schema.Field("date", Type.Primitive.DATE, true)));
    static final TableLayout LAYOUT = new TableLayout(SCHEMA, List.of("date"), Map.of("delta.checkpointInterval", "50"), false);

    private Example() {
    }

    static DeltaTable open(Path lake) {
        return open(lake, LAYOUT);
    }

    static DeltaTable open(Path lake, TableLayout layout) {
        return DeltaTable.open(Lake.at(lake.toString()), PATH, layout, CLOCK);
    }

    /** The same, forced to the disk, its folder first handed to the test. */
    static DeltaTable open(Path lake, java.util.function.UnaryOperator<TableFolder> folder) {
        TableSource source = TableSource.of(Lake.at(lake.toString()), PATH);
        TableState state = source.openOrCreate(LAYOUT, CLOCK);
        return new DeltaTable(source, folder.apply(source.folder()), state, source.keeper(50, CLOCK), true, CLOCK);
    }

    static Rows rows(DeltaTable table, long... ids) {
        Rows rows = table.newRows();
        add(rows, ids);
        return rows;
    }

    static void add(Rows rows, long... ids) {
        for (long id : ids) {
            rows.setLong(0, id);
            rows.setLong(1, DAY * 86_400_000_000L + id);
            rows.setDouble(2, id / 10.0);
            rows.setBoolean(3, id % 2 == 0);
            rows.setString(4, "name-" + id);
            rows.setLong(6, DAY);
            rows.end();
        }
    }
}
