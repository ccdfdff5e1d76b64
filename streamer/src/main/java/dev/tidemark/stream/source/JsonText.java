package dev.tidemark.stream.source;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/** Writes one JSON object after another into a buffer. Names and texts are plain ASCII without quotes. Not thread-safe. */
final class JsonText {

    private static final long SECOND = 1_000_000;
    private static final long[] TENS = {1, 10, 100, 1_000};

    private byte[] buffer = new byte[512];
    private int length;
    private boolean first = true;
    /** The second whose date and time {@code prefix} holds. */
    private long prefixSecond = Long.MIN_VALUE;
    private byte[] prefix;

    void clear() {
        length = 0;
        first = true;
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    JsonText begin() {
        put('{');
        first = true;
        return this;
    }

    JsonText begin(String name) {
        name(name);
        return begin();
    }

    JsonText end() {
        put('}');
        first = false;
        return this;
    }

    JsonText beginArray(String name) {
        name(name);
        put('[');
        first = true;
        return this;
    }

    JsonText endArray() {
        put(']');
        first = false;
        return this;
    }

    JsonText element(double value, int decimals) {
        comma();
        decimal(value, decimals);
        return this;
    }

    JsonText text(String name, String text) {
        name(name);
        put('"');
        ascii(text);
        put('"');
        return this;
    }

    JsonText raw(String name, String json) {
        name(name);
        ascii(json);
        return this;
    }

    JsonText whole(String name, long value) {
        name(name);
        digits(value);
        return this;
    }

    /** A number with at most so many decimals. */
    JsonText number(String name, double value, int decimals) {
        name(name);
        decimal(value, decimals);
        return this;
    }

    /** ISO-8601 in UTC, with milliseconds, or microseconds if there are any. */
    JsonText time(String name, long micros) {
        name(name);
        long second = Math.floorDiv(micros, SECOND);
        if (second != prefixSecond) {
            prefixSecond = second;
            String whole = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC).toString();
            prefix = ('"' + (whole.length() == 16 ? whole + ":00" : whole) + '.').getBytes(StandardCharsets.US_ASCII);
        }
        room(prefix.length);
        System.arraycopy(prefix, 0, buffer, length, prefix.length);
        length += prefix.length;
        int fraction = (int) Math.floorMod(micros, SECOND);
        for (int unit = 100_000; unit >= (fraction % 1_000 == 0 ? 1_000 : 1); unit /= 10) {
            put('0' + fraction / unit % 10);
        }
        ascii("Z\"");
        return this;
    }

    private void name(String name) {
        comma();
        put('"');
        ascii(name);
        put('"');
        put(':');
    }

    private void comma() {
        if (!first) {
            put(',');
        }
        first = false;
    }

    private void decimal(double value, int decimals) {
        long scaled = Math.round(value * TENS[decimals]);
        if (scaled < 0) {
            put('-');
            scaled = -scaled;
        }
        digits(scaled / TENS[decimals]);
        put('.');
        for (int i = decimals - 1; i >= 0; i--) {
            put((int) ('0' + scaled / TENS[i] % 10));
        }
    }

    private void digits(long value) {
        int start = length;
        long rest = value;
        do {
            put((int) ('0' + rest % 10));
            rest /= 10;
        } while (rest != 0);
        for (int i = start, j = length - 1; i < j; i++, j--) {
            byte digit = buffer[i];
            buffer[i] = buffer[j];
            buffer[j] = digit;
        }
    }

    @SuppressWarnings("deprecation") // The one getBytes that copies ASCII without allocating.
    private void ascii(String text) {
        room(text.length());
        text.getBytes(0, text.length(), buffer, length);
        length += text.length();
    }

    private void put(int c) {
        room(1);
        buffer[length++] = (byte) c;
    }

    private void room(int count) {
        if (length + count > buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2 + count);
        }
    }
}
