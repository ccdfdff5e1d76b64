package dev.tidemark.stream.decode;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A name at its place in a payload: a node of the tree of all paths seen. Its children are found by the bytes of their names, most
 * often at the first guess, because devices send their fields in the same order every time.
 */
final class Field {

    /** What a field at the top of the payload means, beside being a leaf. */
    enum Role { NONE, DEVICE, TIME, LOCATION, STATUS, VALUE, MEASURE, UNIT }

    /** Accepted names of the device, in order of precedence. */
    static final List<String> DEVICE_NAMES = List.of("deviceId", "device_id", "sensor_id", "sensorId");
    /** Accepted names of the event time, in order of precedence. */
    static final List<String> TIME_NAMES = List.of("timestamp", "event_time", "time", "ts");
    /** Accepted names of what {@code value} measures, in order of precedence. */
    static final List<String> MEASURE_NAMES = List.of("measure", "device_type");

    /** Unique among the fields of a tree. */
    final int id;
    final Role role;
    /** Among fields of the same role the lowest that has a value wins. */
    final int rank;
    /** What the leaf is called; null for the root. */
    final Column column;
    /** Path of the parent's columns; null for the root. */
    private final String path;
    private final byte[] name;
    private final int hash;

    private Field[] children = new Field[4];
    private int size;
    /** The child that came first, and the sibling that followed, when last seen. */
    private Field first;
    private Field next;

    /** A root. */
    Field() {
        this.id = 0;
        this.role = Role.NONE;
        this.rank = 0;
        this.column = null;
        this.path = null;
        this.name = new byte[0];
        this.hash = 0;
    }

    private Field(int id, Field parent, byte[] name, int hash, String text, Columns columns) {
        this.id = id;
        this.name = name;
        this.hash = hash;
        String plain = Columns.plain(text);
        this.path = parent.path == null ? plain : parent.path + '_' + plain;
        this.column = columns.of(path);
        String lower = parent.path == null ? text.strip().toLowerCase(Locale.ROOT) : "";
        if (rank(DEVICE_NAMES, lower) >= 0) {
            role = Role.DEVICE;
            rank = rank(DEVICE_NAMES, lower);
        } else if (rank(TIME_NAMES, lower) >= 0) {
            role = Role.TIME;
            rank = rank(TIME_NAMES, lower);
        } else if (rank(MEASURE_NAMES, lower) >= 0) {
            role = Role.MEASURE;
            rank = rank(MEASURE_NAMES, lower);
        } else {
            role = switch (lower) {
                case "location" -> Role.LOCATION;
                case "status" -> Role.STATUS;
                case "value" -> Role.VALUE;
                case "unit" -> Role.UNIT;
                default -> Role.NONE;
            };
            rank = 0;
        }
    }

    private static int rank(List<String> names, String lower) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).toLowerCase(Locale.ROOT).equals(lower)) {
                return i;
            }
        }
        return -1;
    }

    /** Of its name as it stands in the payload, in bytes. */
    int length() {
        return name.length;
    }

    /** Whether it is not an ordinary leaf when it wins its role. */
    boolean isFixed() {
        return role == Role.DEVICE || role == Role.TIME || role == Role.LOCATION || role == Role.STATUS;
    }

    /**
     * The child that is expected after {@code before} (null: as the first) if its name stands at {@code from} and a quote behind it; else
     * null.
     */
    Field expected(Field before, byte[] bytes, int from) {
        Field guess = before == null ? first : before.next;
        if (guess == null) {
            return null;
        }
        int end = from + guess.name.length;
        return end < bytes.length && bytes[end] == '"' && Arrays.equals(bytes, from, end, guess.name, 0, guess.name.length) ? guess : null;
    }

    /** The child with the name in {@code [from, to)}, remembered as what comes after {@code before}; null if it is new. */
    Field child(Field before, byte[] bytes, int from, int to) {
        Field found = children[slot(hash(bytes, from, to), bytes, from, to)];
        if (found != null) {
            follow(before, found);
        }
        return found;
    }

    /** Makes the child with the name in {@code [from, to)}, which reads {@code text}. */
    Field add(int id, Field before, byte[] bytes, int from, int to, String text, Columns columns) {
        if (++size * 2 > children.length) {
            Field[] old = children;
            children = new Field[old.length * 2];
            for (Field field : old) {
                if (field != null) {
                    children[slot(field.hash, field.name, 0, field.name.length)] = field;
                }
            }
        }
        int hash = hash(bytes, from, to);
        Field made = new Field(id, this, Arrays.copyOfRange(bytes, from, to), hash, text, columns);
        children[slot(hash, bytes, from, to)] = made;
        follow(before, made);
        return made;
    }

    private void follow(Field before, Field child) {
        if (before == null) {
            first = child;
        } else {
            before.next = child;
        }
    }

    private int slot(int hash, byte[] bytes, int from, int to) {
        int slot = hash & children.length - 1;
        while (children[slot] != null && !(children[slot].hash == hash
                && Arrays.equals(children[slot].name, 0, children[slot].name.length, bytes, from, to))) {
            slot = slot + 1 & children.length - 1;
        }
        return slot;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash ^ hash >>> 15;
    }
}
