package dev.tidemark.stream.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Takes one JSON object (RFC 8259) apart into leaves, in one pass over its bytes. {@code NaN} and {@code Infinity} pass for null, as
 * many devices send them. Not thread-safe.
 */
final class JsonScanner {

    private static final int DEEPEST = 64;
    /** Numeric arrays up to this length become a leaf for each element. */
    private static final int LONGEST_SPREAD = 16;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[][] INDEXES = new byte[LONGEST_SPREAD][];

    static {
        for (int i = 0; i < LONGEST_SPREAD; i++) {
            INDEXES[i] = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
        }
    }

    private final Leaves leaves;
    private final NumberReader numbers = new NumberReader();
    private byte[] b;
    private int i;
    private int limit;
    /** The string scanned last: its text where that differs from its bytes, else null. */
    private String text;

    JsonScanner(Leaves leaves) {
        this.leaves = leaves;
    }

    /** Reads a whole body. */
    void scan(byte[] body) throws Malformed {
        b = body;
        i = 0;
        limit = body.length;
        if (limit >= 3 && b[0] == (byte) 0xEF && b[1] == (byte) 0xBB && b[2] == (byte) 0xBF) {
            i = 3;
        }
        requireUtf8();
        blanks();
        if (i == limit) {
            throw new Malformed("the message is empty (expected a JSON object)");
        }
        if (b[i] == '[') {
            throw new Malformed("the message is an array (expected one JSON object); send each of its elements as a message of its own");
        }
        if (b[i] != '{') {
            throw wrong("a JSON object");
        }
        object(leaves.root(), 0);
        blanks();
        if (i < limit) {
            throw wrong("nothing behind the object");
        }
    }

    private void object(Field at, int depth) throws Malformed {
        if (depth == DEEPEST) {
            throw new Malformed("nested deeper than " + DEEPEST + " levels at byte " + i);
        }
        i++;
        blanks();
        if (i < limit && b[i] == '}') {
            i++;
            return;
        }
        Field before = null;
        while (true) {
            blanks();
            if (i == limit || b[i] != '"') {
                throw wrong("a name in quotes");
            }
            i++;
            Field field = at.expected(before, b, i);
            if (field != null) {
                i += field.length() + 1;
            } else {
                int start = i;
                string();
                field = leaves.field(at, before, b, start, i - 1, text);
            }
            blanks();
            if (i == limit || b[i] != ':') {
                throw wrong("a colon");
            }
            i++;
            blanks();
            value(field, depth);
            before = field;
            blanks();
            if (i == limit || b[i] != ',' && b[i] != '}') {
                throw wrong("a comma or the end of the object");
            }
            if (b[i++] == '}') {
                return;
            }
        }
    }

    private void value(Field field, int depth) throws Malformed {
        if (i == limit) {
            throw wrong("a value");
        }
        int start = i;
        switch (b[i]) {
            case '"' -> {
                i++;
                string();
                leaves.text(field, start + 1, i - 1, text);
            }
            case '{' -> object(field, depth + 1);
            case '[' -> array(field, depth + 1);
            case 't' -> {
                word("true");
                leaves.flag(field, true, start, i);
            }
            case 'f' -> {
                word("false");
                leaves.flag(field, false, start, i);
            }
            case 'n' -> word("null");
            default -> {
                if (number()) {
                    leaves.number(field, numbers.value, start, i);
                }
            }
        }
    }

    /** A number at {@code i}; false if it is one of the words for none. */
    private boolean number() throws Malformed {
        int end = numbers.read(b, i, limit, true);
        if (end >= 0) {
            i = end;
            return true;
        }
        int sign = b[i] == '-' ? 1 : 0;
        if (i + sign < limit && (b[i + sign] == 'N' && sign == 0 || b[i + sign] == 'I')) {
            i += sign;
            word(b[i] == 'N' ? "NaN" : "Infinity");
            return false;
        }
        throw wrong("a value");
    }

    private void array(Field field, int depth) throws Malformed {
        int start = i;
        int count = leaves.count;
        if (!spread(field)) {
            leaves.backTo(count);
            i = start;
            skip(depth);
            leaves.text(field, start, i, null);
        }
    }

    /** Reads a short array of numbers and nulls into a leaf for each; false if it is something else, or holds no number. */
    private boolean spread(Field field) throws Malformed {
        i++;
        Field before = null;
        boolean any = false;
        for (int index = 0; index < LONGEST_SPREAD; index++) {
            blanks();
            if (i == limit) {
                throw wrong("a value");
            }
            int start = i;
            byte c = b[i];
            if (c == 'n') {
                word("null");
            } else if (c == '-' || c >= '0' && c <= '9' || c == 'N' || c == 'I') {
                any = true;
                if (number()) {
                    before = leaves.field(field, before, INDEXES[index], 0, INDEXES[index].length, null);
                    leaves.number(before, numbers.value, start, i);
                }
            } else {
                return false;
            }
            blanks();
            if (i == limit || b[i] != ',' && b[i] != ']') {
                throw wrong("a comma or the end of the array");
            }
            if (b[i++] == ']') {
                return any;
            }
        }
        return false;
    }

    /** Passes over a value, looking at its grammar only. */
    private void skip(int depth) throws Malformed {
        if (depth > DEEPEST) {
            throw new Malformed("nested deeper than " + DEEPEST + " levels at byte " + i);
        }
        if (i == limit) {
            throw wrong("a value");
        }
        switch (b[i]) {
            case '"' -> {
                i++;
                string();
            }
            case '{', '[' -> skipContainer(depth);
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    private void skipContainer(int depth) throws Malformed {
        boolean object = b[i++] == '{';
        byte close = (byte) (object ? '}' : ']');
        blanks();
        if (i < limit && b[i] == close) {
            i++;
            return;
        }
        while (true) {
            blanks();
            if (object) {
                if (i == limit || b[i] != '"') {
                    throw wrong("a name in quotes");
                }
                i++;
                string();
                blanks();
                if (i == limit || b[i] != ':') {
                    throw wrong("a colon");
                }
                i++;
                blanks();
            }
            skip(depth + 1);
            blanks();
            if (i == limit || b[i] != ',' && b[i] != close) {
                throw wrong("a comma or the end of the " + (object ? "object" : "array"));
            }
            if (b[i++] == close) {
                return;
            }
        }
    }

    /** Reads a string whose opening quote was read, and sets {@code text} if it has escapes. */
    private void string() throws Malformed {
        text = null;
        int start = i;
        while (i < limit) {
            byte c = b[i++];
            if (c == '"') {
                return;
            }
            if (c == '\\') {
                escaped(start, i - 1);
                return;
            }
            if (c >= 0 && c < ' ') {
                i--;
                throw wrong("no control character in a string");
            }
        }
        throw wrong("a closing quote");
    }

    private void escaped(int start, int firstEscape) throws Malformed {
        StringBuilder out = new StringBuilder(new String(b, start, firstEscape - start, StandardCharsets.UTF_8));
        i = firstEscape;
        int plain = i;
        while (i < limit) {
            byte c = b[i];
            if (c >= 0 && c < ' ') {
                throw wrong("no control character in a string");
            }
            if (c != '"' && c != '\\') {
                i++;
                continue;
            }
            out.append(new String(b, plain, i - plain, StandardCharsets.UTF_8));
            i++;
            if (c == '"') {
                text = out.toString();
                return;
            }
            out.append(escape());
            plain = i;
        }
        throw wrong("a closing quote");
    }

    private char escape() throws Malformed {
        if (i == limit) {
            throw wrong("a closing quote");
        }
        byte c = b[i++];
        switch (c) {
            case '"', '\\', '/':
                return (char) c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                int code = 0;
                for (int end = i + 4; i < end; i++) {
                    int digit = i < limit ? Character.digit(b[i], 16) : -1;
                    if (digit < 0) {
                        throw wrong("four hexadecimal digits");
                    }
                    code = code << 4 | digit;
                }
                return (char) code;
            default:
                i--;
                throw wrong("an escape of JSON");
        }
    }

    private void word(String word) throws Malformed {
        for (int k = 0; k < word.length(); k++) {
            if (i == limit || b[i] != word.charAt(k)) {
                throw wrong(word);
            }
            i++;
        }
    }

    private void blanks() {
        while (i < limit && b[i] <= ' ' && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t')) {
            i++;
        }
    }

    private void requireUtf8() throws Malformed {
        int k = i;
        while (k + 8 <= limit && ((long) LONGS.get(b, k) & 0x8080808080808080L) == 0) {
            k += 8;
        }
        while (k < limit && b[k] >= 0) {
            k++;
        }
        if (k < limit) {
            ByteBuffer rest = ByteBuffer.wrap(b, k, limit - k);
            try {
                StandardCharsets.UTF_8.newDecoder().decode(rest);
            } catch (CharacterCodingException e) {
                throw new Malformed("invalid UTF-8 at byte " + rest.position());
            }
        }
    }

    private Malformed wrong(String expected) {
        String actual = i >= limit ? "the end of the message" : b[i] > ' ' && b[i] < 0x7F ? "'" + (char) b[i] + "'"
                : "0x" + Integer.toHexString(b[i] & 0xFF);
        return new Malformed("no JSON at byte " + i + " (expected " + expected + ", actual " + actual + ")");
    }
}
