package dev.tidemark.stream.decode;

import dev.tidemark.stream.source.Message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The leaves of the message at hand, as parallel arrays in the payload's order. Texts stay bytes until someone wants them. Reused from
 * message to message; not thread-safe.
 */
final class Leaves {

    /** More leaves than that in one message go to the rescued data: a table cannot have columns without end. */
    private static final int MOST = 1_000;
    /** Past so many fields the tree begins anew, so that devices which invent names do not fill the memory. */
    private static final int MOST_FIELDS = 50_000;

    byte[] body;
    int count;
    Field[] fields = new Field[32];
    Shape.Kind[] kinds = new Shape.Kind[32];
    /** Field and kind of each leaf in one number. */
    int[] keys = new int[32];
    /** The number; 1 and 0 for a flag. */
    double[] numbers = new double[32];
    /** The value's bytes in the body, without quotes. */
    int[] from = new int[32];
    int[] to = new int[32];
    /** The text where it differs from the bytes; else null. */
    private String[] texts = new String[32];

    private Columns columns;
    private final Texts interned = new Texts();
    private Field root = new Field();
    private int nextField = 1;
    private int fieldsOfTree;
    private long message;
    private StringBuilder rescued;

    Leaves(Columns columns) {
        this.columns = columns;
    }

    void begin(byte[] body) {
        this.body = body;
        count = 0;
        message++;
        rescued = null;
        if (fieldsOfTree > MOST_FIELDS) {
            root = new Field();
            columns = columns.anew();
            fieldsOfTree = 0;
        }
    }

    /** The top of the payload. */
    Field root() {
        return root;
    }

    /** The field named by {@code [from, to)}; {@code text} is the name where it differs from the bytes, else null. */
    Field field(Field parent, Field before, byte[] bytes, int from, int to, String text) {
        Field known = parent.child(before, bytes, from, to);
        if (known != null) {
            return known;
        }
        fieldsOfTree++;
        return parent.add(nextField++, before, bytes, from, to, text != null ? text : Message.text(bytes, from, to), columns);
    }

    void number(Field field, double number, int from, int to) {
        if (number - number == 0) {
            add(field, Shape.Kind.NUMBER, number, from, to, null);
        }
    }

    void flag(Field field, boolean flag, int from, int to) {
        add(field, Shape.Kind.FLAG, flag ? 1 : 0, from, to, null);
    }

    /** @param text where it differs from the bytes, else null */
    void text(Field field, int from, int to, String text) {
        if (field.isFixed() && (text == null ? blank(from, to) : text.isBlank())) {
            return;
        }
        add(field, Shape.Kind.TEXT, Double.NaN, from, to, text);
    }

    /** Takes back the leaves from {@code count} on. */
    void backTo(int count) {
        while (this.count > count) {
            fields[--this.count].column.message = 0;
        }
    }

    private void add(Field field, Shape.Kind kind, double number, int from, int to, String text) {
        Column column = field.column;
        if (column.message == message || count == MOST) {
            rescue(column.name, kind, from, to, text);
            return;
        }
        column.message = message;
        if (count == fields.length) {
            grow();
        }
        fields[count] = field;
        kinds[count] = kind;
        keys[count] = field.id << 2 | kind.ordinal();
        numbers[count] = number;
        this.from[count] = from;
        this.to[count] = to;
        texts[count++] = text;
    }

    /** The leaf's value as text. */
    String text(int leaf) {
        return texts[leaf] != null ? texts[leaf] : interned.of(body, from[leaf], to[leaf]);
    }

    /** The leaf's value as a time; {@link EventTime#UNREADABLE} if it is none. */
    long time(int leaf) {
        if (texts[leaf] == null) {
            return EventTime.read(body, from[leaf], to[leaf]);
        }
        byte[] text = texts[leaf].getBytes(StandardCharsets.UTF_8);
        return EventTime.read(text, 0, text.length);
    }

    /** Names of the leaves, for the user. */
    String names() {
        return count == 0 ? "nothing" : Arrays.stream(fields, 0, Math.min(count, 20)).map(field -> field.column.name)
                .collect(Collectors.joining(", ", "", count > 20 ? ", …" : ""));
    }

    /** JSON text of what fits no column; null if everything did. */
    String rescued() {
        return rescued == null ? null : rescued.append('}').toString();
    }

    private void rescue(String name, Shape.Kind kind, int from, int to, String text) {
        rescued = rescued == null ? new StringBuilder("{") : rescued.append(',');
        JsonQuote.append(rescued, name).append(':');
        String value = text != null ? text : Message.text(body, from, to);
        if (kind == Shape.Kind.TEXT) {
            JsonQuote.append(rescued, value);
        } else {
            rescued.append(value);
        }
    }

    private boolean blank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (body[i] != ' ' && body[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private void grow() {
        int length = count * 2;
        fields = Arrays.copyOf(fields, length);
        kinds = Arrays.copyOf(kinds, length);
        keys = Arrays.copyOf(keys, length);
        numbers = Arrays.copyOf(numbers, length);
        from = Arrays.copyOf(from, length);
        to = Arrays.copyOf(to, length);
        texts = Arrays.copyOf(texts, length);
    }
}
