package dev.tidemark.stream.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into records. Where the cuts lie depends on the bytes alone, never on how they arrived nor on where reading
 * was resumed. Not thread-safe.
 */
final class RecordReader implements Closeable {

    /** How records are told apart. Blank lines between them are no records. */
    enum Framing {
        /** One a line. */
        LINES,
        /** One a line, but line ends inside a quoted cell belong to the record. */
        CSV,
        /** JSON values, each over any number of lines; commas and closing brackets between them are skipped. */
        VALUES
    }

    /** The longest record, in bytes; what is longer is a fault of the file. */
    static final int LONGEST = 16 << 20;

    /**
     * How far a quoted cell may reach, in bytes. A quote that is not closed within it is a fault of its line alone, which ends the
     * record at the end of that line instead of swallowing the rest of the file.
     */
    private static final int LONGEST_QUOTE = 64 << 10;

    private static final int BUFFER = 64 << 10;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private final InputStream in;
    private byte[] buffer = new byte[BUFFER];
    /** Offset in the stream of {@code buffer[0]}. */
    private long base;
    private int pos;
    private int limit;
    private boolean ended;
    private Framing framing = Framing.LINES;
    private byte separator = ',';
    private boolean anySeparator;
    /** Bounds of the record found last. */
    private int from;
    private int to;

    /** @param offset how far into the (unpacked) stream {@code in} stands */
    RecordReader(InputStream in, long offset) {
        this.in = in;
        this.base = offset;
    }

    void framing(Framing framing) {
        this.framing = framing;
    }

    /** The separator of CSV cells; {@code 0} for any, as long as the header is unknown. */
    void separator(char separator) {
        this.separator = (byte) separator;
        this.anySeparator = separator == 0;
    }

    /** How far into the stream everything returned or skipped so far reaches. */
    long offset() {
        return base + pos;
    }

    /** The next record without its line end; null at the end. */
    byte[] next() throws IOException {
        return skip() ? Arrays.copyOfRange(buffer, from, to) : null;
    }

    /** Passes over the next record; false at the end. */
    boolean skip() throws IOException {
        return switch (framing) {
            case LINES -> line();
            case CSV -> csv();
            case VALUES -> value();
        };
    }

    /** Whether no record follows. Reads on, so that a fault at the very end (a checksum, say) shows. */
    boolean atEnd() throws IOException {
        for (int i = 0; has(i + 1); i++) {
            byte b = buffer[pos + i];
            if (!blank(b) && !(framing == Framing.VALUES && (b == ',' || b == ']'))) {
                return false;
            }
            if (b == '\n') {
                // Blank lines are passed over; blanks before the next record may be part of it.
                pos += i + 1;
                i = -1;
            }
        }
        return true;
    }

    /** Skips a byte order mark. Called at the start. */
    void skipByteOrderMark() throws IOException {
        if (has(3) && buffer[pos] == (byte) 0xEF && buffer[pos + 1] == (byte) 0xBB && buffer[pos + 2] == (byte) 0xBF) {
            pos += 3;
        } else if (has(2) && (buffer[pos] == (byte) 0xFF && buffer[pos + 1] == (byte) 0xFE
                || buffer[pos] == (byte) 0xFE && buffer[pos + 1] == (byte) 0xFF)) {
            throw new IOException("its text is UTF-16 (expected UTF-8); save it as UTF-8 under the same name");
        }
    }

    /**
     * Looks at the start of a {@code .json} file and sets the framing: the elements of an array, one value a line (its first line is
     * complete, or its second begins an object, too), or values over several lines.
     */
    void sniffJson() throws IOException {
        while (has(1) && blank(buffer[pos])) {
            pos++;
        }
        if (!has(1)) {
            return;
        }
        if (buffer[pos] == '[') {
            pos++;
            framing = Framing.VALUES;
            return;
        }
        framing = Framing.LINES;
        if (buffer[pos] == '{' && secondLineStart() != '{') {
            value();
            if (find((byte) '\n', from, to) >= 0) {
                framing = Framing.VALUES;
            }
            pos = from;
        }
    }

    /** The first byte of the line behind that at {@code pos}; 0 if there is none. */
    private byte secondLineStart() throws IOException {
        int i = 0;
        while (has(i + 1) && buffer[pos + i] != '\n') {
            i++;
        }
        while (has(i + 1) && blank(buffer[pos + i])) {
            i++;
        }
        return has(i + 1) ? buffer[pos + i] : 0;
    }

    Framing framing() {
        return framing;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean line() throws IOException {
        int scanned = pos;
        while (true) {
            int end = find((byte) '\n', scanned, limit);
            if (end < 0) {
                int seen = limit - pos;
                if (fill()) {
                    scanned = pos + seen;
                    continue;
                }
                if (pos == limit) {
                    return false;
                }
                end = limit;
            }
            if (record(end)) {
                return true;
            }
            scanned = pos;
        }
    }

    private boolean csv() throws IOException {
        while (line()) {
            if (find((byte) '"', from, to) < 0) {
                return true;
            }
            int length = to - from;
            boolean lastLine = pos == limit && buffer[pos - 1] != '\n';
            if (lastLine) {
                return true;
            }
            // Back to the start of the record: the offsets below are relative to it, because filling moves the buffer.
            pos = from;
            int end = quotedEnd();
            if (end < 0) {
                from = pos;
                to = from + length;
                pos = find((byte) '\n', to, limit) + 1;
                return true;
            }
            if (record(pos + end)) {
                return true;
            }
        }
        return false;
    }

    /** Length of the CSV record with quotes at {@code pos}, without its line end; -1 if a quote is not closed. */
    private int quotedEnd() throws IOException {
        boolean quoted = false;
        boolean cellStart = true;
        for (int i = 0; ; i++) {
            if (!has(i + 1)) {
                return quoted ? -1 : limit - pos;
            }
            byte b = buffer[pos + i];
            if (quoted) {
                if (b == '"') {
                    if (has(i + 2) && buffer[pos + i + 1] == '"') {
                        i++;
                    } else {
                        quoted = false;
                    }
                } else if (i > LONGEST_QUOTE) {
                    return -1;
                }
            } else if (b == '\n') {
                return i;
            } else {
                quoted = cellStart && b == '"';
                cellStart = anySeparator ? b == ',' || b == ';' || b == '\t' || b == '|' : b == separator;
            }
        }
    }

    private boolean value() throws IOException {
        while (true) {
            if (!has(1)) {
                return false;
            }
            byte b = buffer[pos];
            if (!blank(b) && b != ',' && b != ']') {
                break;
            }
            pos++;
        }
        int depth = 0;
        boolean text = false;
        int length = 0;
        for (; has(length + 1); length++) {
            byte b = buffer[pos + length];
            if (text) {
                if (b == '\\') {
                    length++;
                } else if (b == '"') {
                    text = false;
                }
            } else if (b == '"') {
                text = true;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                if (depth == 0) {
                    length = Math.max(length, 1);
                    break;
                }
                if (--depth == 0) {
                    length++;
                    break;
                }
            } else if (depth == 0 && (b == ',' || blank(b))) {
                break;
            }
        }
        length = Math.min(length, limit - pos);
        from = pos;
        to = pos + length;
        pos = to;
        return true;
    }

    /** Takes what lies between {@code pos} and {@code end} for a record unless it is blank, and steps over the line end. */
    private boolean record(int end) {
        from = pos;
        to = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
        pos = Math.min(limit, end + 1);
        for (int i = from; i < to; i++) {
            if (!blank(buffer[i])) {
                return true;
            }
        }
        return false;
    }

    /** Sees to it that {@code count} bytes lie at {@code pos}, if the stream has them. */
    private boolean has(int count) throws IOException {
        while (limit - pos < count) {
            if (!fill()) {
                return false;
            }
        }
        return true;
    }

    /** Reads more behind {@code limit}; the bytes from {@code pos} on may move to the front. */
    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        if (pos > 0 && (limit == buffer.length || pos == limit)) {
            System.arraycopy(buffer, pos, buffer, 0, limit - pos);
            base += pos;
            limit -= pos;
            pos = 0;
        }
        if (limit == buffer.length) {
            if (limit >= LONGEST) {
                throw new IOException("a record is longer than " + (LONGEST >> 20) + " MiB; split the file into smaller records");
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read < 0) {
            ended = true;
            return false;
        }
        limit += read;
        return true;
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Index of the first {@code wanted} in {@code [from, to)}, eight bytes at a time; -1 if there is none. */
    private int find(byte wanted, int from, int to) {
        long pattern = (wanted & 0xFF) * ONES;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long x = (long) LONGS.get(buffer, i) ^ pattern;
            long hit = (x - ONES) & ~x & HIGHS;
            if (hit != 0) {
                return i + (Long.numberOfTrailingZeros(hit) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (buffer[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
