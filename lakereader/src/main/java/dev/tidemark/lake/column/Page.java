package dev.tidemark.lake.column;

import org.apache.parquet.column.Encoding;

/**
 * One decompressed page of a column chunk: where in {@code bytes} its parts lie. Levels are hybrid-encoded, without a
 * length before them; empty where the column has none. {@link Hybrid#SLACK} bytes after each part can be read. The array is
 * used again for the next page.
 *
 * @param row    number of its first row; -1 if it is not known
 * @param values rows of a flat column, nulls included; entries of a dictionary
 */
record Page(byte[] bytes, int row, int values, Encoding encoding,
            int repetitionFrom, int repetitionTo, int definitionFrom, int definitionTo, int from, int to) {
}
