package dev.tidemark.stream.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/**
 * What the log says of a data file's columns, so that readers need not open it: rows, nulls, and bounds that enclose every value. A bound
 * may lie farther out than the value it stands for (text is cut, times are rounded to milliseconds), never nearer.
 *
 * <p>By the Delta protocol's per-file statistics. Of a column with a NaN there is no upper bound, because Spark sorts NaN above
 * everything; infinities are no JSON numbers and give none either. Maps have none.
 */
final class FileStatistics {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int TEXT_LENGTH = 32;
    private static final long MILLI = 1_000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    /** Years 1 to 9999: outside of them readers disagree on the text. */
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final long DAY_MICROS = 86_400_000_000L;

    private final Columns columns;
    private long rows;
    private final long[] values;
    private final long[] longMin;
    private final long[] longMax;
    private final double[] doubleMin;
    private final double[] doubleMax;
    private final boolean[] nan;
    private final byte[][] textMin;
    private final byte[][] textMax;

    FileStatistics(Columns columns, long rows) {
        int size = columns.size();
        this.columns = columns;
        this.rows = rows;
        this.values = new long[size];
        this.longMin = new long[size];
        this.longMax = new long[size];
        this.doubleMin = new double[size];
        this.doubleMax = new double[size];
        this.nan = new boolean[size];
        this.textMin = new byte[size][];
        this.textMax = new byte[size][];
        Arrays.fill(longMin, Long.MAX_VALUE);
        Arrays.fill(longMax, Long.MIN_VALUE);
        Arrays.fill(doubleMin, Double.POSITIVE_INFINITY);
        Arrays.fill(doubleMax, Double.NEGATIVE_INFINITY);
    }

    /** The file has so many rows more. */
    void addRows(long count) {
        rows += count;
    }

    /** {@code count} more rows have a value. */
    void addValues(int column, int count) {
        values[column] += count;
    }

    /** All values of some rows lie between these. */
    void addLongs(int column, long min, long max) {
        longMin[column] = Math.min(longMin[column], min);
        longMax[column] = Math.max(longMax[column], max);
    }

    /** All values of some rows but NaN lie between these; {@code min > max} if there is none. */
    void addDoubles(int column, double min, double max, boolean hasNan) {
        doubleMin[column] = Math.min(doubleMin[column], min);
        doubleMax[column] = Math.max(doubleMax[column], max);
        nan[column] |= hasNan;
    }

    /** All values of some rows lie between these, by their bytes. */
    void addTexts(int column, byte[] min, byte[] max) {
        if (textMin[column] == null || Arrays.compareUnsigned(min, textMin[column]) < 0) {
            textMin[column] = min;
        }
        if (textMax[column] == null || Arrays.compareUnsigned(max, textMax[column]) > 0) {
            textMax[column] = max;
        }
    }

    /** The statistics as JSON text. */
    String json() {
        StringWriter text = new StringWriter(64 * columns.data().length);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("numRecords", rows);
            json.writeObjectFieldStart("minValues");
            for (int column : columns.data()) {
                writeMin(json, column);
            }
            json.writeEndObject();
            json.writeObjectFieldStart("maxValues");
            for (int column : columns.data()) {
                writeMax(json, column);
            }
            json.writeEndObject();
            json.writeObjectFieldStart("nullCount");
            for (int column : columns.data()) {
                if (columns.kind(column) != Kind.MAP) {
                    json.writeNumberField(columns.name(column), rows - values[column]);
                }
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void writeMin(JsonGenerator json, int column) throws IOException {
        if (values[column] == 0) {
            return;
        }
        String name = columns.name(column);
        switch (columns.kind(column)) {
            case LONG, INTEGER -> json.writeNumberField(name, longMin[column]);
            case DATE -> writeDate(json, name, longMin[column]);
            case TIMESTAMP -> writeTime(json, name, Math.floorDiv(longMin[column], MILLI));
            case DOUBLE -> {
                if (doubleMin[column] <= doubleMax[column] && Double.isFinite(doubleMin[column])) {
                    // Zero has two signs, and readers differ in which one is less.
                    json.writeNumberField(name, doubleMin[column] == 0 ? -0.0 : doubleMin[column]);
                }
            }
            case TEXT -> json.writeStringField(name, cut(textMin[column]));
            case BOOLEAN, MAP, OTHER -> { }
        }
    }

    private void writeMax(JsonGenerator json, int column) throws IOException {
        if (values[column] == 0) {
            return;
        }
        String name = columns.name(column);
        switch (columns.kind(column)) {
            case LONG, INTEGER -> json.writeNumberField(name, longMax[column]);
            case DATE -> writeDate(json, name, longMax[column]);
            case TIMESTAMP -> writeTime(json, name, -Math.floorDiv(-longMax[column], MILLI));
            case DOUBLE -> {
                if (doubleMin[column] <= doubleMax[column] && Double.isFinite(doubleMax[column]) && !nan[column]) {
                    json.writeNumberField(name, doubleMax[column] == 0 ? 0.0 : doubleMax[column]);
                }
            }
            case TEXT -> {
                String bound = cutUp(textMax[column]);
                if (bound != null) {
                    json.writeStringField(name, bound);
                }
            }
            case BOOLEAN, MAP, OTHER -> { }
        }
    }

    private static void writeDate(JsonGenerator json, String name, long day) throws IOException {
        if (day >= FIRST_DAY && day <= LAST_DAY) {
            json.writeStringField(name, LocalDate.ofEpochDay(day).toString());
        }
    }

    private static void writeTime(JsonGenerator json, String name, long millis) throws IOException {
        long day = Math.floorDiv(millis, DAY_MICROS / MILLI);
        if (day >= FIRST_DAY && day <= LAST_DAY) {
            json.writeStringField(name, TIME.format(Instant.ofEpochMilli(millis)));
        }
    }

    /** At most the first 32 characters: never above the whole. */
    private static String cut(byte[] utf8) {
        String text = new String(utf8, 0, Math.min(utf8.length, 4 * TEXT_LENGTH + 4), StandardCharsets.UTF_8);
        return text.codePointCount(0, text.length()) <= TEXT_LENGTH ? text : text.substring(0, text.offsetByCodePoints(0, TEXT_LENGTH));
    }

    /**
     * At most 32 characters that are never below the whole: if something was cut off, the last character that has a successor is
     * replaced by it. Null if none has.
     */
    private static String cutUp(byte[] utf8) {
        String head = cut(utf8);
        if (head.getBytes(StandardCharsets.UTF_8).length == utf8.length) {
            return head;
        }
        int[] points = head.codePoints().toArray();
        for (int i = points.length - 1; i >= 0; i--) {
            if (points[i] < Character.MAX_CODE_POINT) {
                int successor = points[i] + 1;
                if (successor >= Character.MIN_SURROGATE && successor <= Character.MAX_SURROGATE) {
                    successor = Character.MAX_SURROGATE + 1;
                }
                points[i] = successor;
                return new String(points, 0, i + 1);
            }
        }
        return null;
    }
}
