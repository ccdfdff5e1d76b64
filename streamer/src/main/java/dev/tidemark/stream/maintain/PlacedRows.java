package dev.tidemark.stream.maintain;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.column.Bounds;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.column.DataFileReader;
import dev.tidemark.lake.column.FieldPath;
import dev.tidemark.stream.pipeline.WindowRows;
import dev.tidemark.stream.table.LiveFile;
import dev.tidemark.stream.table.TableEdit;
import dev.tidemark.stream.window.WindowRow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of {@code gold/windows} with where each of them is, so that it can be taken out. Not thread-safe. */
final class PlacedRows {

    private static final String START = "window_start";
    private static final int SLICE = 1 << 16;

    private final TableEdit edit;
    private final Map<String, DataFile> statistics = new HashMap<>();
    private final List<FieldPath> paths;
    private final FieldPath start;

    /** Takes rows. */
    interface Consumer {
        /** Row {@code number} of a file. */
        void accept(LiveFile file, int number, WindowRow row);
    }

    /** @param snapshot of the version that is edited */
    PlacedRows(TableEdit edit, Snapshot snapshot) {
        this.edit = edit;
        snapshot.files().forEach(file -> statistics.put(file.location(), file));
        this.paths = WindowRows.COLUMNS.stream().map(name -> new FieldPath(List.of(name), snapshot.schema().field(name).orElseThrow().type())).toList();
        this.start = paths.get(WindowRows.COLUMNS.indexOf(START));
    }

    /** The rows of windows that begin from one time to before another. */
    void starting(long from, long to, Consumer consumer) {
        for (LiveFile file : edit.files()) {
            DataFile data = edit.location(file);
            Optional<DataFile.Statistics> known = Optional.ofNullable(statistics.get(data.location())).flatMap(DataFile::statistics);
            if (known.isPresent() && !mayHold(known.get().min().get(START), known.get().max().get(START), from, to)) {
                continue;
            }
            try (DataFileReader reader = DataFileReader.open(data)) {
                int before = 0;
                for (int group = 0; group < reader.footer().groups(); group++) {
                    Optional<Bounds> bounds = reader.footer().bounds(group, start);
                    if (bounds.isEmpty() || mayHold(bounds.get().min(), bounds.get().max(), from, to)) {
                        read(reader, group, before, file, from, to, consumer);
                    }
                    before += reader.footer().rows(group);
                }
            }
        }
    }

    private static boolean mayHold(Object min, Object max, long from, long to) {
        return !(min instanceof Long least && least >= to) && !(max instanceof Long most && most < from);
    }

    private void read(DataFileReader reader, int group, int before, LiveFile file, long from, long to, Consumer consumer) {
        int size = reader.footer().rows(group);
        for (int first = 0; first < size; first += SLICE) {
            int last = Math.min(first + SLICE, size);
            Column.Longs starts = (Column.Longs) reader.read(group, start, first, last);
            Column[] columns = null;
            for (int row = 0; row < last - first; row++) {
                if (!starts.isNull(row) && starts.values()[row] >= from && starts.values()[row] < to) {
                    if (columns == null) {
                        columns = new Column[paths.size()];
                        for (int i = 0; i < columns.length; i++) {
                            columns[i] = reader.read(group, paths.get(i), first, last);
                        }
                    }
                    consumer.accept(file, before + first + row, WindowRows.read(columns, row));
                }
            }
        }
    }
}
