package dev.tidemark.stream.table;

import dev.tidemark.lake.column.Column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text as codes into a list of UTF-8 entries, which lie behind one another in one array the way Parquet's plain encoding wants them: length,
 * then bytes. Texts that repeat share an entry, until it has shown that they do not repeat; single ones handed over as bytes get one each.
 */
final class Texts extends ColumnBuffer {

    private static final int TRIAL = 4096;
    private static final int MOST = 1 << 16;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private int[] codes = new int[FIRST];
    private byte[] plain = new byte[1024];
    /** Where each entry begins, its length before it. */
    private int[] starts = new int[16];
    private int size;
    private boolean distinct = true;
    private boolean inOrder = true;
    /** Spares those who bring the same strings again and again from making bytes of them. */
    private final TextCodes known = new TextCodes();
    /** Of distinct entries, open addressing by their hashes: code + 1, 0 for free; never more than half full. */
    private int[] slots = new int[64];
    private int[] hashes = new int[16];

    /** Adds a text; returns about how many bytes of memory it took. */
    int add(int row, String text) {
        int before = starts[size];
        put(row, code(text));
        return taken(before);
    }

    /** Adds valid UTF-8, which is copied. */
    int add(int row, byte[] utf8) {
        int before = starts[size];
        distinct = false;
        append(utf8, 0, utf8.length);
        put(row, size - 1);
        return taken(before);
    }

    /** Adds a text for so many rows. */
    int add(int row, String text, int count) {
        int before = starts[size];
        int code = code(text);
        for (int i = 0; i < count; i++) {
            put(row + i, code);
        }
        return taken(before) + (count - 1) * Integer.BYTES;
    }

    private int taken(int before) {
        return starts[size] == before ? Integer.BYTES : 2 * Integer.BYTES + starts[size] - before;
    }

    private void put(int row, int code) {
        int at = next(row);
        needCodes(at + 1);
        codes[at] = code;
        inOrder &= code == at;
    }

    private void needCodes(int count) {
        if (count > codes.length) {
            codes = Arrays.copyOf(codes, Math.max(count, codes.length * 2));
        }
    }

    /** Adds the texts of rows one after the other, which are copied; what is no valid UTF-8 in them becomes U+FFFD. Returns about how many bytes of memory that took. */
    long addAll(int firstRow, Column.Utf8 texts) {
        int before = starts[size];
        int count = 0;
        boolean once = true;
        for (int entry : texts.codes()) {
            once &= entry < 0 || entry == count;
            count += entry < 0 ? 0 : 1;
        }
        boolean full = count == texts.size();
        int at = full ? nextAll(firstRow, count) : values();
        for (int i = 0; i < texts.size() && !full; i++) {
            if (texts.codes()[i] >= 0) {
                next(firstRow + i);
            }
        }
        needCodes(at + count);
        if (!once) {
            translate(texts, at);
        } else if (distinct || count != texts.entries() || !appendAll(texts, at)) {
            lookUp(texts, at, count);
        }
        return starts[size] - before + (long) Integer.BYTES * count;
    }

    /** Adds the codes of texts that come without codes: each is looked at, and most are what the one before was, or one that was not long ago. */
    private void lookUp(Column.Utf8 texts, int at, int count) {
        for (int entry = 0; entry < count; entry++) {
            int from = texts.starts()[entry] + Integer.BYTES;
            int to = texts.starts()[entry + 1];
            int last = entry == 0 ? -1 : codes[at + entry - 1];
            boolean same = last >= 0 && starts[last + 1] - starts[last] - Integer.BYTES == to - from
                    && Arrays.equals(plain, starts[last] + Integer.BYTES, starts[last + 1], texts.bytes(), from, to);
            codes[at + entry] = same && distinct ? last : code(texts.bytes(), from, to);
            inOrder &= codes[at + entry] == at + entry;
        }
    }

    /** Adds the codes of texts that come as codes: each entry is looked up once. */
    private void translate(Column.Utf8 texts, int firstValue) {
        int[] translated = new int[texts.entries()];
        int at = firstValue;
        for (int entry : texts.codes()) {
            if (entry >= 0) {
                if (translated[entry] == 0) {
                    translated[entry] = 1 + code(texts.bytes(), texts.starts()[entry] + Integer.BYTES, texts.starts()[entry + 1]);
                }
                codes[at] = translated[entry] - 1;
                inOrder &= codes[at] == at++;
            }
        }
    }

    private int code(String text) {
        int code = distinct ? known.find(text) : -1;
        if (code < 0) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            code = code(utf8, 0, utf8.length);
            if (distinct) {
                known.put(text, code);
            }
        }
        return code;
    }

    private int code(byte[] utf8, int from, int to) {
        if (!distinct) {
            return appendMended(utf8, from, to);
        }
        int hash = hash(utf8, from, to);
        int slot = hash & slots.length - 1;
        while (slots[slot] != 0) {
            int code = slots[slot] - 1;
            if (hashes[code] == hash && Arrays.equals(plain, starts[code] + Integer.BYTES, starts[code + 1], utf8, from, to)) {
                return code;
            }
            slot = slot + 1 & slots.length - 1;
        }
        if (!Utf8.isValid(utf8, from, to)) {
            byte[] mended = mended(utf8, from, to);
            return code(mended, 0, mended.length);
        }
        slots[slot] = size + 1;
        hashes = size < hashes.length ? hashes : Arrays.copyOf(hashes, 2 * size);
        hashes[size] = hash;
        append(utf8, from, to);
        if (size > MOST || size > TRIAL && size > values() / 2) {
            distinct = false;
            known.clear();
        } else if (size * 2 > slots.length) {
            makeSlots();
        }
        return size - 1;
    }

    private void makeSlots() {
        slots = new int[slots.length * 4];
        for (int code = 0; code < size; code++) {
            int slot = hashes[code] & slots.length - 1;
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = code + 1;
        }
    }

    private static int hash(byte[] bytes, int from, int to) {
        long hash = to - from;
        if (to - from >= Long.BYTES) {
            for (int i = from; i < to - Long.BYTES; i += Long.BYTES) {
                hash = (hash ^ (long) LONGS.get(bytes, i)) * 0x9E3779B97F4A7C15L;
                hash ^= hash >>> 32;
            }
            hash ^= (long) LONGS.get(bytes, to - Long.BYTES);
        } else {
            for (int i = from; i < to; i++) {
                hash = hash << Byte.SIZE ^ bytes[i];
            }
        }
        hash *= 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
        return (int) (hash ^ hash >>> 32);
    }

    private int appendMended(byte[] bytes, int from, int to) {
        if (Utf8.isValid(bytes, from, to)) {
            append(bytes, from, to);
        } else {
            byte[] mended = mended(bytes, from, to);
            append(mended, 0, mended.length);
        }
        return size - 1;
    }

    private static byte[] mended(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }

    private void append(byte[] utf8, int from, int to) {
        int start = starts[size];
        needPlain(Integer.BYTES + to - from);
        INTS.set(plain, start, to - from);
        System.arraycopy(utf8, from, plain, start + Integer.BYTES, to - from);
        if (++size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
        }
        starts[size] = start + Integer.BYTES + to - from;
    }

    /** Appends all entries as they are, a value each; false, without having done it, if there is one that must be mended. */
    private boolean appendAll(Column.Utf8 texts, int at) {
        int[] others = texts.starts();
        int count = texts.entries();
        for (int entry = 0; entry < count; entry++) {
            if (!Utf8.isValid(texts.bytes(), others[entry] + Integer.BYTES, others[entry + 1])) {
                return false;
            }
        }
        int start = starts[size];
        needPlain(others[count]);
        System.arraycopy(texts.bytes(), 0, plain, start, others[count]);
        if (size + count >= starts.length) {
            starts = Arrays.copyOf(starts, Math.max(size + count + 1, starts.length * 2));
        }
        inOrder &= size == at || count == 0;
        for (int entry = 0; entry < count; entry++) {
            codes[at + entry] = size++;
            starts[size] = start + others[entry + 1];
        }
        return true;
    }

    private void needPlain(int more) {
        int end = Math.addExact(starts[size], more);
        if (end > plain.length) {
            plain = Arrays.copyOf(plain, (int) Math.max(end, Math.min(Integer.MAX_VALUE - 8, plain.length + (plain.length >> 1) + 1024L)));
        }
    }

    int[] codes() {
        return codes;
    }

    /** All entries in plain encoding. */
    byte[] plain() {
        return plain;
    }

    /** Where an entry begins in {@link #plain}, its length before its text. That of {@link #size} is the end. */
    int start(int entry) {
        return starts[entry];
    }

    /** Bytes of an entry's text. */
    int length(int entry) {
        return starts[entry + 1] - starts[entry] - Integer.BYTES;
    }

    /** A copy of an entry's text. */
    byte[] entry(int entry) {
        return Arrays.copyOfRange(plain, starts[entry] + Integer.BYTES, starts[entry + 1]);
    }

    /** Compares two entries by their bytes. */
    int compare(int a, int b) {
        return Arrays.compareUnsigned(plain, starts[a] + Integer.BYTES, starts[a + 1], plain, starts[b] + Integer.BYTES, starts[b + 1]);
    }

    /** Number of entries. */
    int size() {
        return size;
    }

    /** Whether all entries differ, so that they can serve as a dictionary. */
    boolean isDistinct() {
        return distinct;
    }

    /** Whether every value has its own entry, in the order of the values. */
    boolean isInOrder() {
        return inOrder;
    }

    @Override
    void clear() {
        super.clear();
        if (size > 0) {
            Arrays.fill(slots, 0);
        }
        size = 0;
        distinct = true;
        inOrder = true;
        known.clear();
    }
}
