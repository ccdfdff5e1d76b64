package dev.tidemark.stream.table;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.BinaryStatistics;
import org.apache.parquet.column.statistics.BooleanStatistics;
import org.apache.parquet.column.statistics.DoubleStatistics;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

import java.io.IOException;
import java.util.Arrays;

/**
 * Turns one column of primitive values into the pages of a Parquet column chunk: version 1 data pages, plain or with a dictionary. Works on
 * the arrays as a whole, which is what makes it several times as fast as writing value by value.
 */
final class ChunkWriter {

    /** Rows of a page at most: small enough that a reader who wants a minute need not read an hour. A multiple of 64. */
    static final int PAGE_ROWS = 16_384;
    static final int PAGE_BYTES = 1 << 20;
    private static final int DICTIONARY_BYTES = 1 << 20;

    private final PageBuffer page = new PageBuffer();
    private final NumberCodes numbers = new NumberCodes();
    private int[] seen = new int[0];

    /**
     * Writes rows of one column.
     *
     * @param column     its place in the schema
     * @param buffer     its values; null if no row has one
     * @param from       first row, a multiple of 64
     * @param to         the row after the last
     * @param firstValue where among the values those of {@code from} begin
     * @param dictionary whether a dictionary may be used
     * @param statistics hears what was written
     * @return where among the values those of {@code to} begin
     */
    int write(ColumnDescriptor descriptor, Kind kind, int column, ColumnBuffer buffer, int from, int to, int firstValue,
              boolean dictionary, PageWriter out, FileStatistics statistics) throws IOException {
        boolean coded = dictionary && (buffer instanceof Texts texts ? writeDictionary(texts, texts.values(), out) : writeDictionary(kind, buffer, from, to, firstValue, out));
        int value = firstValue;
        int row = from;
        int pages = 0;
        while (row < to) {
            int end = row;
            int valueEnd = value;
            long bytes = 0;
            while (end < to && end - row < PAGE_ROWS && bytes < PAGE_BYTES) {
                int next = Math.min(end + Long.SIZE, to);
                int count = buffer == null ? 0 : Long.bitCount(buffer.presence(end >> 6) & mask(next - end));
                if (!coded && buffer instanceof Texts texts) {
                    for (int i = valueEnd; i < valueEnd + count; i++) {
                        bytes += Integer.BYTES + texts.length(texts.codes()[i]);
                    }
                }
                end = next;
                valueEnd += count;
            }
            Statistics<?> pageStatistics = Statistics.createStats(descriptor.getPrimitiveType());
            pageStatistics.setNumNulls(end - row - (valueEnd - value));
            statistics.addValues(column, valueEnd - value);
            page.clear();
            page.putLevels(buffer, row, end - row, valueEnd - value);
            BytesInput body = value == valueEnd ? page.bytes()
                    : values(kind, column, buffer, value, valueEnd, coded ? firstValue : -1, pages++, pageStatistics, statistics);
            out.writePage(body, end - row, end - row, pageStatistics, Encoding.RLE, Encoding.RLE,
                    coded ? Encoding.RLE_DICTIONARY : Encoding.PLAIN);
            row = end;
            value = valueEnd;
        }
        return value;
    }

    private static long mask(int rows) {
        return rows == Long.SIZE ? -1L : (1L << rows) - 1;
    }

    /** @param coded where among the values those begin that have codes; -1 if they have none */
    private BytesInput values(Kind kind, int column, ColumnBuffer buffer, int from, int to, int coded, int pageNumber,
                              Statistics<?> pageStatistics, FileStatistics statistics) {
        if (buffer instanceof Texts texts) {
            textBounds(column, texts, from, to, pageNumber, (BinaryStatistics) pageStatistics, statistics);
            if (coded >= 0) {
                codes(texts.codes(), from, to, texts.size());
            } else {
                plain(texts, from, to);
            }
            return page.bytes();
        }
        if (coded >= 0) {
            codes(numbers.codes(), from - coded, to - coded, numbers.size());
        }
        if (buffer instanceof ColumnBuffer.Doubles doubles) {
            doubles(column, doubles.array(), from, to, coded < 0, (DoubleStatistics) pageStatistics, statistics);
        } else if (buffer instanceof ColumnBuffer.Longs longs) {
            longs(kind, column, longs.array(), from, to, coded < 0, pageStatistics, statistics);
        } else if (buffer instanceof ColumnBuffer.Booleans booleans) {
            booleans(booleans.array(), from, to, (BooleanStatistics) pageStatistics);
        }
        return page.bytes();
    }

    private void doubles(int column, double[] values, int from, int to, boolean plain, DoubleStatistics pageStatistics, FileStatistics statistics) {
        if (plain) {
            page.putDoubles(values, from, to - from);
        }
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        int nans = 0;
        for (int i = from; i < to; i++) {
            double value = values[i];
            if (value != value) {
                nans++;
            } else {
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        pageStatistics.incrementNanCount(nans);
        if (nans < to - from) {
            pageStatistics.setMinMax(min == 0 ? -0.0 : min, max == 0 ? 0.0 : max);
        }
        statistics.addDoubles(column, min, max, nans > 0);
    }

    private void longs(Kind kind, int column, long[] values, int from, int to, boolean plain, Statistics<?> pageStatistics, FileStatistics statistics) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int i = from; i < to; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
        if (plain) {
            numbers(kind, values, from, to);
        }
        if (kind.isInt()) {
            ((IntStatistics) pageStatistics).setMinMax((int) min, (int) max);
        } else {
            ((LongStatistics) pageStatistics).setMinMax(min, max);
        }
        statistics.addLongs(column, min, max);
    }

    private void numbers(Kind kind, long[] values, int from, int to) {
        if (kind.isInt()) {
            page.putInts(values, from, to - from);
        } else {
            page.putLongs(values, from, to - from);
        }
    }

    private void booleans(boolean[] values, int from, int to, BooleanStatistics pageStatistics) {
        page.putBooleans(values, from, to - from);
        boolean all = true;
        boolean any = false;
        for (int i = from; i < to; i++) {
            all &= values[i];
            any |= values[i];
        }
        pageStatistics.setMinMax(all, any);
    }

    /** Each entry is looked at once a page, however often it occurs. */
    private void textBounds(int column, Texts texts, int from, int to, int pageNumber,
                            BinaryStatistics pageStatistics, FileStatistics statistics) {
        boolean repeating = !texts.isInOrder();
        if (repeating && pageNumber == 0) {
            seen = seen.length < texts.size() ? new int[texts.size()] : seen;
            Arrays.fill(seen, 0, texts.size(), -1);
        }
        int[] codes = texts.codes();
        int min = codes[from];
        int max = min;
        for (int i = from; i < to; i++) {
            int code = codes[i];
            if (repeating) {
                if (seen[code] == pageNumber) {
                    continue;
                }
                seen[code] = pageNumber;
            }
            if (texts.compare(code, min) < 0) {
                min = code;
            } else if (texts.compare(code, max) > 0) {
                max = code;
            }
        }
        byte[] lowest = texts.entry(min);
        byte[] highest = texts.entry(max);
        pageStatistics.updateStats(Binary.fromConstantByteArray(lowest));
        pageStatistics.updateStats(Binary.fromConstantByteArray(highest));
        statistics.addTexts(column, lowest, highest);
    }

    /** Writes some texts as a dictionary, if that is worth it, given how many values there are. */
    static boolean writeDictionary(Texts texts, int values, PageWriter out) throws IOException {
        if (!texts.isDistinct() || texts.size() == 0 || texts.size() > values / 2 || texts.start(texts.size()) > DICTIONARY_BYTES) {
            return false;
        }
        out.writeDictionaryPage(new DictionaryPage(BytesInput.from(texts.plain(), 0, texts.start(texts.size())), texts.size(), Encoding.PLAIN));
        return true;
    }

    /** The same of the numbers of some rows; their codes are in {@link #numbers} then. */
    private boolean writeDictionary(Kind kind, ColumnBuffer buffer, int from, int to, int firstValue, PageWriter out) throws IOException {
        int count = 0;
        for (int row = from; buffer != null && row < to; row += Long.SIZE) {
            count += Long.bitCount(buffer.presence(row >> 6) & mask(Math.min(Long.SIZE, to - row)));
        }
        if (!numbers.find(buffer, firstValue, firstValue + count)) {
            return false;
        }
        page.clear();
        numbers(kind, numbers.numbers(), 0, numbers.size());
        out.writeDictionaryPage(new DictionaryPage(page.bytes(), numbers.size(), Encoding.PLAIN));
        return true;
    }

    private void plain(Texts texts, int from, int to) {
        if (texts.isInOrder()) {
            page.putBytes(texts.plain(), texts.start(from), texts.start(to));
            return;
        }
        for (int i = from; i < to; i++) {
            int code = texts.codes()[i];
            page.putBytes(texts.plain(), texts.start(code), texts.start(code + 1));
        }
    }

    private void codes(int[] codes, int from, int to, int distinct) {
        int width = width(distinct);
        page.putByte(width);
        page.putCodes(codes, from, to, width);
    }

    /** Bits of a code, of so many. */
    static int width(int distinct) {
        return Math.max(1, BytesUtils.getWidthFromMaxInt(distinct - 1));
    }
}
