package dev.tidemark.lake.column;

import dev.tidemark.lake.Type;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Puts the arrays of columns together and picks rows out of them. */
final class Join {

    private Join() {
    }

    /** Copies the arrays of all parts, one after the other, into {@code all}. */
    static <T> T into(T all, List<Column> parts, Function<Column, T> array) {
        int at = 0;
        for (Column part : parts) {
            System.arraycopy(array.apply(part), 0, all, at, part.size());
            at += part.size();
        }
        return all;
    }

    static boolean[] nulls(int rows, List<Column> parts, Function<Column, boolean[]> nulls) {
        boolean[] all = null;
        int at = 0;
        for (Column part : parts) {
            boolean[] some = nulls.apply(part);
            if (some != null) {
                all = all == null ? new boolean[rows] : all;
                System.arraycopy(some, 0, all, at, some.length);
            }
            at += part.size();
        }
        return all;
    }

    /** Brings the codes of all parts into one dictionary. */
    static Column.Strings strings(Type type, int rows, List<Column> parts) {
        int[] codes = new int[rows];
        Map<String, Integer> known = new HashMap<>();
        int at = 0;
        for (Column part : parts) {
            Column.Strings strings = (Column.Strings) part;
            int[] translated = new int[strings.dictionary().length];
            for (int i = 0; i < translated.length; i++) {
                Integer code = known.putIfAbsent(strings.dictionary()[i], known.size());
                translated[i] = code == null ? known.size() - 1 : code;
            }
            for (int code : strings.codes()) {
                codes[at++] = code < 0 ? -1 : translated[code];
            }
        }
        String[] dictionary = new String[known.size()];
        known.forEach((string, code) -> dictionary[code] = string);
        return new Column.Strings(type, codes, dictionary);
    }

    static boolean[] select(boolean[] nulls, int[] rows) {
        if (nulls == null) {
            return null;
        }
        boolean[] selected = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            selected[i] = nulls[rows[i]];
        }
        return selected;
    }

    /** Roughly the memory of a value, in bytes. */
    static long weight(Object value) {
        if (value == null) {
            return 0;
        }
        if (value instanceof String string) {
            return 56 + string.length();
        }
        if (value instanceof byte[] bytes) {
            return 16 + bytes.length;
        }
        if (value instanceof BigDecimal) {
            return 48;
        }
        long weight = 24;
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                // The keys of structs are shared; those of maps are not.
                weight += 72 + weight(entry.getValue());
            }
        } else if (value instanceof Collection<?> list) {
            for (Object element : list) {
                weight += 8 + weight(element);
            }
        }
        return weight;
    }
}
