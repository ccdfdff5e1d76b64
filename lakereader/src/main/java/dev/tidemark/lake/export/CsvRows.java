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
    private final char delimiter;
    private final int width;
    private Cell[] cells;

    /** Lines of the first {@code width} columns of each batch. */
    CsvRows(CsvText text, int width) {
        this.text = text;
        this.delimiter = text.format().delimiter();
        this.width = width;
    }

    /** What a file begins with: the names of the columns. */
    void header(List<String> names) {
        text.begin();
        for (int i = 0; i < width; i++) {
            if (i > 0) {
                text.raw(delimiter);
            }
            text.raw(text.field(names.get(i)));
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
                text.raw(delimiter);
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
                        fields[code] = text.field(strings.dictionary()[code]);
                    }
                    text.raw(fields[code]);
                }
            };
        }
        if (column instanceof Column.Longs longs) {
            return number(longs);
        }
        if (column instanceof Column.Doubles doubles && doubles.type() == Type.Primitive.DOUBLE) {
            double[] values = doubles.values();
            boolean[] nulls = doubles.nulls();
            return row -> {
                if (nulls == null || !nulls[row]) {
                    text.number(values[row]);
                }
            };
        }
        return row -> {
            if (!column.isNull(row)) {
                text.value(column.value(row), column.type());
            }
        };
    }

    private Cell number(Column.Longs longs) {
        long[] values = longs.values();
        boolean[] nulls = longs.nulls();
        return switch ((Type.Primitive) longs.type()) {
            case TIMESTAMP -> row -> {
                if (nulls == null || !nulls[row]) {
                    text.instant(values[row]);
                }
            };
            case TIMESTAMP_NTZ -> row -> {
                if (nulls == null || !nulls[row]) {
                    text.time(values[row]);
                }
            };
            case DATE -> row -> {
                if (nulls == null || !nulls[row]) {
                    text.date(values[row]);
                }
            };
            default -> row -> {
                if (nulls == null || !nulls[row]) {
                    text.number(values[row]);
                }
            };
        };
    }
}
