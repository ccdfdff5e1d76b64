package dev.tidemark.lake.export;

import dev.tidemark.lake.Type;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;

/**
 * A growing run of bytes that values are written into as text, without a String for each. Doubles are written as
 * {@link Double#toString} lays them out (plain from 0.001 up to 10 million, else like 1.0E-5), with the shortest digits that
 * read back as the same number. Not thread-safe.
 */
final class CsvText {

    private static final long MICROS_OF_DAY = 86_400_000_000L;
    private static final int MICROS_OF_SECOND = 1_000_000;
    private static final byte[] NOTHING = {};
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    /** The numbers 00 to 99, two digits each. */
    private static final byte[] PAIRS = new byte[200];
    private static final long[] POWERS = new long[19];

    static {
        for (int i = 0; i < 100; i++) {
            PAIRS[2 * i] = (byte) ('0' + i / 10);
            PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
        }
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    private final CsvFormat format;
    private final boolean iso;
    private final byte decimal;
    private final ShortestDecimal shortest = new ShortestDecimal();
    private final WallClock clock;
    private final JsonText json = new JsonText(this::plain);
    private byte[] bytes = new byte[Outlet.BUFFER + (Outlet.BUFFER >> 2)];
    private int size;
    private long lastDay = Long.MIN_VALUE;
    private byte[] lastDate = NOTHING;
    private long lastSecond = Long.MIN_VALUE;
    private final byte[] lastTime = new byte[64];
    private int lastLength;

    CsvText() {
        this(CsvFormat.STANDARD);
    }

    CsvText(CsvFormat format) {
        this.format = format;
        this.iso = format.times() == CsvFormat.TimeStyle.ISO;
        this.decimal = (byte) format.decimal();
        this.clock = new WallClock(format.zone());
    }

    CsvFormat format() {
        return format;
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Goes on in another, empty run of bytes. */
    void goOnIn(byte[] other) {
        bytes = other;
        size = 0;
    }

    /** Makes room for {@code more} bytes. */
    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length + (bytes.length >> 1)));
        }
    }

    /** What a file begins with. */
    void begin() {
        if (format.bom()) {
            raw(MARK);
        }
    }

    void raw(char ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
    }

    void raw(byte[] text) {
        raw(text, 0, text.length);
    }

    void raw(byte[] text, int from, int length) {
        reserve(length);
        System.arraycopy(text, from, bytes, size, length);
        size += length;
    }

    private void ascii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    /** A field of text, quoted if it must be or if it is empty, as an unquoted empty field stands for null. */
    byte[] field(String text) {
        String harmless = format.defused() && isFormula(text) ? "'" + text : text;
        boolean quoted = harmless.isEmpty();
        for (int i = 0; i < harmless.length() && !quoted; i++) {
            char c = harmless.charAt(i);
            quoted = c == format.delimiter() || c == '"' || c == '\n' || c == '\r';
        }
        return (quoted ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isFormula(String text) {
        return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
    }

    void number(long value) {
        if (value == Long.MIN_VALUE) {
            ascii("-9223372036854775808");
            return;
        }
        reserve(20);
        long rest = value;
        if (rest < 0) {
            bytes[size++] = '-';
            rest = -rest;
        }
        digits(rest, length(rest));
    }

    private static int length(long positive) {
        int length = 1;
        while (length < POWERS.length && positive >= POWERS[length]) {
            length++;
        }
        return length;
    }

    /** The last {@code length} digits; there is room for them. */
    private void digits(long value, int length) {
        byte[] to = bytes;
        int i = size + length;
        long rest = value;
        while (rest > Integer.MAX_VALUE && i - 2 >= size) {
            long next = rest / 100;
            int pair = (int) (rest - next * 100) << 1;
            to[--i] = PAIRS[pair + 1];
            to[--i] = PAIRS[pair];
            rest = next;
        }
        int small = (int) rest;
        while (i - 2 >= size) {
            int next = small / 100;
            int pair = small - next * 100 << 1;
            to[--i] = PAIRS[pair + 1];
            to[--i] = PAIRS[pair];
            small = next;
        }
        if (i > size) {
            to[--i] = (byte) ('0' + small % 10);
        }
        size += length;
    }

    void number(double value) {
        if (value != value || Double.isInfinite(value) || value == 0) {
            ascii(value == 0 ? Double.doubleToRawLongBits(value) < 0 ? "-0" : "0" : Double.toString(value));
            if (value == 0) {
                reserve(2);
                bytes[size++] = decimal;
                bytes[size++] = '0';
            }
            return;
        }
        reserve(32);
        if (value < 0) {
            bytes[size++] = '-';
        }
        shortest.of(Math.abs(value));
        long digits = shortest.digits;
        int fraction = -shortest.exponent;
        int length = length(digits);
        int point = length - fraction;
        if (point > 7 || point < -2) {
            long first = digits / POWERS[length - 1];
            bytes[size++] = (byte) ('0' + first);
            fraction(digits - first * POWERS[length - 1], length - 1);
            bytes[size++] = 'E';
            number(point - 1L);
        } else if (fraction <= 0) {
            digits(digits * POWERS[-fraction], length - fraction);
            fraction(0, 0);
        } else if (point <= 0) {
            bytes[size++] = '0';
            fraction(digits, fraction);
        } else {
            long whole = digits / POWERS[fraction];
            digits(whole, point);
            fraction(digits - whole * POWERS[fraction], fraction);
        }
    }

    /** The point and the digits after it, at least one. */
    private void fraction(long digits, int length) {
        bytes[size++] = decimal;
        if (length == 0) {
            bytes[size++] = '0';
        } else {
            digits(digits, length);
        }
    }

    /** A float that was widened, by the shortest digits of the float. */
    private void single(double value) {
        ascii(localized(Float.toString((float) value)));
    }

    private String localized(String number) {
        return decimal == '.' ? number : number.replace('.', (char) decimal);
    }

    /** Days since 1970-01-01 as yyyy-MM-dd. */
    void date(long day) {
        if (day != lastDay) {
            lastDate = LocalDate.ofEpochDay(day).toString().getBytes(StandardCharsets.US_ASCII);
            lastDay = day;
        }
        raw(lastDate);
    }

    /** Microseconds since 1970-01-01T00:00Z, on the wall clock of the format's zone. */
    void instant(long micros) {
        time(micros + clock.offset(micros));
        if (iso) {
            ascii(clock.text());
        }
    }

    /** Microseconds since 1970-01-01T00:00 as yyyy-MM-ddTHH:mm:ss.SSSSSS, or plain. */
    void time(long micros) {
        long second = Math.floorDiv(micros, (long) MICROS_OF_SECOND);
        if (second != lastSecond) {
            remember(second, micros);
        }
        raw(lastTime, 0, lastLength);
        int rest = (int) (micros - second * MICROS_OF_SECOND);
        if (iso || rest != 0) {
            reserve(7);
            bytes[size++] = '.';
            if (iso || rest % 1000 != 0) {
                digits(rest, 6);
            } else {
                digits(rest / 1000, 3);
            }
        }
    }

    /** Most times share their second with the one before. */
    private void remember(long second, long micros) {
        int from = size;
        date(Math.floorDiv(micros, MICROS_OF_DAY));
        reserve(9);
        int ofDay = (int) Math.floorMod(second, 86_400L);
        bytes[size++] = (byte) (iso ? 'T' : ' ');
        digits(ofDay / 3600, 2);
        bytes[size++] = ':';
        digits(ofDay / 60 % 60, 2);
        bytes[size++] = ':';
        digits(ofDay % 60, 2);
        lastLength = size - from;
        System.arraycopy(bytes, from, lastTime, 0, lastLength);
        lastSecond = second;
        size = from;
    }

    /** A value of any type but text, as a field. */
    void value(Object value, Type type) {
        if (type instanceof Type.Struct || type instanceof Type.Array || type instanceof Type.MapOf) {
            raw(field(json.of(value, type)));
        } else {
            scalar(value, type);
        }
    }

    /** A number, truth value, time or base64 text. */
    private void scalar(Object value, Type type) {
        if (type instanceof Type.Decimal) {
            ascii(localized(((BigDecimal) value).toPlainString()));
            return;
        }
        switch ((Type.Primitive) type) {
            case LONG, INTEGER, SHORT, BYTE -> number((long) value);
            case DOUBLE -> number((double) value);
            case FLOAT -> single((double) value);
            case BOOLEAN -> ascii(value.toString());
            case DATE -> date((long) value);
            case TIMESTAMP -> instant((long) value);
            case TIMESTAMP_NTZ -> time((long) value);
            case BINARY -> raw(Base64.getEncoder().encode((byte[]) value));
            case STRING -> throw new IllegalArgumentException("text is written by field()");
        }
    }

    /** A value without parts as a String; numbers with a point, as JSON wants them. */
    private String plain(Object value, Type type) {
        int from = size;
        scalar(value, type);
        String text = new String(bytes, from, size - from, StandardCharsets.US_ASCII);
        size = from;
        boolean number = type instanceof Type.Decimal || type == Type.Primitive.DOUBLE || type == Type.Primitive.FLOAT;
        return number && decimal != '.' ? text.replace((char) decimal, '.') : text;
    }
}
