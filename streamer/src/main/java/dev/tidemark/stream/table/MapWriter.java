package dev.tidemark.stream.table;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.BinaryStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Turns a column of maps from text to text into the pages of its two Parquet column chunks. What a map holds is worked out once, however many rows
 * share it. Used for many files; not thread-safe.
 */
final class MapWriter {

    private static final int PAGE_VALUES = 4 * ChunkWriter.PAGE_ROWS;
    private static final int NO_MAP = 0;
    private static final int NO_ENTRY = 1;
    private static final int ENTRY = 2;

    /** The keys, or the values, of all maps: a code for each entry of a map, {@link #NULL} for a value that is null. */
    private static final class Side {
        private static final int NULL = -1;

        private final Texts texts = new Texts();
        private final List<int[]> codes = new ArrayList<>();
        private int rows;

        void add(Iterable<String> entries, int count) {
            int[] all = new int[count];
            int i = 0;
            for (String entry : entries) {
                all[i++] = entry == null ? NULL : code(entry);
            }
            codes.add(all);
        }

        private int code(String entry) {
            texts.add(rows, entry);
            return texts.codes()[rows++];
        }
    }

    private final PageBuffer page = new PageBuffer();
    private int[] repetition = new int[1024];
    private int[] definition = new int[1024];
    private int[] codes = new int[1024];

    /**
     * Writes rows of one column of maps.
     *
     * @param buffer     its maps; null if no row has one
     * @param firstValue where among the maps those of {@code from} begin
     * @return where among the maps those of {@code to} begin
     */
    int write(ColumnDescriptor keyColumn, ColumnDescriptor valueColumn, ColumnBuffer.Maps buffer, int from, int to, int firstValue, boolean dictionary,
              PageWriter keysOut, PageWriter valuesOut) throws IOException {
        Side keys = new Side();
        Side values = new Side();
        int entries = 0;
        int next = firstValue;
        int first = buffer == null || next == buffer.values() ? 0 : buffer.codes()[next];
        for (int row = from; row < to; row++) {
            if (buffer != null && buffer.has(row)) {
                int map = buffer.codes()[next++];
                if (map - first == keys.codes.size()) {
                    Map<String, String> added = buffer.entries().get(map);
                    keys.add(added.keySet(), added.size());
                    values.add(added.values(), added.size());
                }
                entries += keys.codes.get(map - first).length;
            }
        }
        write(keyColumn, buffer, keys, first, from, to, firstValue, dictionary && ChunkWriter.writeDictionary(keys.texts, entries, keysOut), keysOut);
        write(valueColumn, buffer, values, first, from, to, firstValue, dictionary && ChunkWriter.writeDictionary(values.texts, entries, valuesOut), valuesOut);
        return next;
    }

    private void write(ColumnDescriptor column, ColumnBuffer.Maps buffer, Side side, int firstMap, int from, int to, int firstValue, boolean coded,
                       PageWriter out) throws IOException {
        int next = firstValue;
        int row = from;
        while (row < to) {
            int begin = row;
            int levels = 0;
            int count = 0;
            long bytes = 0;
            while (row < to && row - begin < ChunkWriter.PAGE_ROWS && levels < PAGE_VALUES && bytes < ChunkWriter.PAGE_BYTES) {
                boolean isMap = buffer != null && buffer.has(row);
                int[] map = isMap ? side.codes.get(buffer.codes()[next++] - firstMap) : null;
                int length = isMap ? map.length : 0;
                makeRoom(levels + length + 1, count + length);
                if (length == 0) {
                    repetition[levels] = 0;
                    definition[levels++] = isMap ? NO_ENTRY : NO_MAP;
                }
                for (int i = 0; i < length; i++) {
                    repetition[levels] = i == 0 ? 0 : 1;
                    definition[levels++] = map[i] == Side.NULL ? ENTRY : column.getMaxDefinitionLevel();
                    if (map[i] != Side.NULL) {
                        codes[count++] = map[i];
                        bytes += coded ? 0 : Integer.BYTES + side.texts.length(map[i]);
                    }
                }
                row++;
            }
            page.clear();
            page.putLevels(repetition, levels, 1);
            page.putLevels(definition, levels, 2);
            Statistics<?> statistics = Statistics.createStats(column.getPrimitiveType());
            statistics.setNumNulls(levels - count);
            if (count > 0) {
                bounds(side.texts, count, (BinaryStatistics) statistics);
                values(side.texts, count, coded);
            }
            out.writePage(page.bytes(), levels, row - begin, statistics, Encoding.RLE, Encoding.RLE, coded ? Encoding.RLE_DICTIONARY : Encoding.PLAIN);
        }
    }

    private void makeRoom(int levels, int count) {
        if (levels > repetition.length) {
            repetition = Arrays.copyOf(repetition, levels * 2);
            definition = Arrays.copyOf(definition, levels * 2);
        }
        if (count > codes.length) {
            codes = Arrays.copyOf(codes, count * 2);
        }
    }

    private void bounds(Texts texts, int count, BinaryStatistics statistics) {
        int min = codes[0];
        int max = min;
        for (int i = 1; i < count; i++) {
            int code = codes[i];
            if (code != min && code != max) {
                if (texts.compare(code, min) < 0) {
                    min = code;
                } else if (texts.compare(code, max) > 0) {
                    max = code;
                }
            }
        }
        statistics.updateStats(Binary.fromConstantByteArray(texts.entry(min)));
        statistics.updateStats(Binary.fromConstantByteArray(texts.entry(max)));
    }

    private void values(Texts texts, int count, boolean coded) {
        if (coded) {
            int width = ChunkWriter.width(texts.size());
            page.putByte(width);
            page.putCodes(codes, 0, count, width);
            return;
        }
        for (int i = 0; i < count; i++) {
            page.putBytes(texts.plain(), texts.start(codes[i]), texts.start(codes[i] + 1));
        }
    }
}
