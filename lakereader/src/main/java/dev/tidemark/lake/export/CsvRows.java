package dev.tidemark.lake.export;

import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;

import java.util.List;

/** Writes rows of batches as lines. The batch is bound once, so that a cell costs one call. Not thread-safe. */
final class CsvRows {

    private interface Cell {
        void write(int row);
    }

    private final CsvText text;
    private final int width;
    private Cell[] cells;

    /** Lines of the first {@code width} columns of each batch. */
    CsvRows(CsvText text, int width) {
        this.text = text;
        this.width = width;
    }

    void header(List<String> names) {
        for (int i = 0; i < width; i++) {
            if (i > 0) {
                text.raw(',');
            }
            text.raw(CsvText.field(names.get(i)));
        }
        text.raw('\n');
    }

    void bind(Batch batch) {
        cells = batch.columns().stream().limit(width).map(this::cell).toArray(Cell[]::new);
    }

    /** A row of the bound batch. */
    void line(int row) {
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) {
                text.raw(',');
            }
            cells[i].write(row);
        }
        text.raw('\n');
    }

    private Cell cell(Column column) {
        if (column instanceof Column.Strings strings) {
            byte[][] fields = new byte[strings.dictionary().length][];
            int[] codes = strings.codes();
            return row -> {
                int code = codes[row];
                if (code >= 0) {
                    if (fields[code] == null) {
                        fields[code] = CsvText.field(strings.dictionary()[code]);
                    }
                    text.raw(fields[code]);
                }
            };
        }
        Cell value = value(column);
        return row -> {
            if (!column.isNull(row)) {
                value.write(row);
            }
        };
    }

    private Cell value(Column column) {
        Type type = column.type();
        if (column instanceof Column.Doubles doubles && type == Type.Primitive.DOUBLE) {
            double[] values = doubles.values();
            return row -> text.number(values[row]);
        }
        if (column instanceof Column.Longs longs) {
            long[] values = longs.values();
            if (type == Type.Primitive.TIMESTAMP) {
                return row -> {
                    text.time(values[row]);
                    text.raw('Z');
                };
            }
            if (type != Type.Primitive.DATE && type != Type.Primitive.TIMESTAMP_NTZ) {
                return row -> text.number(values[row]);
            }
        }
        return row -> text.value(column.value(row), type);
    }
}
