package dev.tidemark.lake.scan;

import dev.tidemark.lake.WrittenTime;
import dev.tidemark.lake.column.Column;

/** Columns of text that say times ({@link WrittenTime}). */
public final class WrittenTimes {

    private WrittenTimes() {
    }

    /** The times of a column's rows in microseconds since 1970-01-01T00:00Z; {@link WrittenTime#NONE} for a text that says none, and for no text. */
    public static long[] micros(Column column) {
        int[] codes;
        long[] said;
        if (column instanceof Column.Utf8 texts) {
            codes = texts.codes();
            said = new long[texts.entries()];
            View view = new View(texts.bytes());
            for (int entry = 0; entry < said.length; entry++) {
                view.from = texts.starts()[entry] + Integer.BYTES;
                view.length = texts.starts()[entry + 1] - view.from;
                said[entry] = WrittenTime.micros(view);
            }
        } else {
            Column.Strings texts = (Column.Strings) column;
            codes = texts.codes();
            said = new long[texts.dictionary().length];
            for (int entry = 0; entry < said.length; entry++) {
                said[entry] = WrittenTime.micros(texts.dictionary()[entry]);
            }
        }
        long[] times = new long[codes.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = codes[i] < 0 ? WrittenTime.NONE : said[codes[i]];
        }
        return times;
    }

    /** One text after the other among the same bytes: what is no ASCII is no time either. */
    private static final class View implements CharSequence {
        private final byte[] bytes;
        private int from;
        private int length;

        View(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public char charAt(int index) {
            return (char) (bytes[from + index] & 0xff);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            View part = new View(bytes);
            part.from = from + start;
            part.length = end - start;
            return part;
        }
    }
}
