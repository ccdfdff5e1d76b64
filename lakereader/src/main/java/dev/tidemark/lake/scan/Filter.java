package dev.tidemark.lake.scan;

import dev.tidemark.lake.Type;
import dev.tidemark.lake.WrittenTime;
import dev.tidemark.lake.column.Bounds;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.column.FieldPath;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A condition on a known column: which rows satisfy it, and whether rows within some bounds can. */
final class Filter {

    private static final long DAY = 86_400_000_000L;

    private final FieldPath path;
    private final Condition condition;

    private Filter(FieldPath path, Condition condition) {
        this.path = path;
        this.condition = condition;
    }

    /**
     * The condition with its values in the column's class.
     *
     * @throws IllegalArgumentException if they cannot be compared with the column's
     */
    static Filter of(FieldPath path, Condition condition) {
        if (condition instanceof Condition.Range range) {
            return new Filter(path, new Condition.Range(range.column(), value(range.from(), path), value(range.to(), path)));
        }
        if (condition instanceof Condition.In in) {
            Set<Object> values = new HashSet<>();
            in.values().forEach(value -> values.add(value(value, path)));
            return new Filter(path, new Condition.In(in.column(), values));
        }
        if (condition instanceof Condition.Written && path.type() != Type.Primitive.STRING) {
            throw new IllegalArgumentException("column " + path + " is of type " + path.type() + " and holds no times that are written out");
        }
        return new Filter(path, condition);
    }

    FieldPath path() {
        return path;
    }

    /** The values of which a row must have one; empty if that is not what the condition asks. */
    Optional<Set<?>> values() {
        return condition instanceof Condition.In in ? Optional.of(in.values()) : Optional.empty();
    }

    private static Comparable<?> value(Object value, FieldPath path) {
        if (value == null) {
            return null;
        }
        if (path.type() instanceof Type.Decimal && value instanceof Number) {
            return new BigDecimal(value.toString()).stripTrailingZeros();
        }
        if (path.type() instanceof Type.Primitive primitive) {
            switch (primitive) {
                case STRING -> {
                    if (value instanceof String text) {
                        return text;
                    }
                }
                case BOOLEAN -> {
                    if (value instanceof Boolean truth) {
                        return truth;
                    }
                }
                case DOUBLE, FLOAT -> {
                    if (value instanceof Number number) {
                        // Makes -0.0 the 0.0 it equals.
                        return number.doubleValue() + 0.0;
                    }
                }
                case BINARY -> { }
                default -> {
                    if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
                        return ((Number) value).longValue();
                    }
                }
            }
        }
        throw new IllegalArgumentException("column " + path + " is of type " + path.type() + " and cannot be compared with the "
                + value.getClass().getSimpleName() + " " + value);
    }

    /** Whether a row within these bounds, one of {@code rows} (-1 if unknown), can satisfy the condition. */
    boolean canHold(Bounds bounds, long rows) {
        if (condition instanceof Condition.IsNull) {
            return bounds.nulls() != 0;
        }
        if (rows >= 0 && bounds.nulls() == rows) {
            return false;
        }
        if (condition instanceof Condition.NotNull) {
            return true;
        }
        Object min = bound(bounds.min());
        Object max = bound(bounds.max());
        if (condition instanceof Condition.Written times) {
            return canHold(times, min, max);
        }
        if (condition instanceof Condition.Range range) {
            return (range.from() == null || max == null || compare(max, range.from()) >= 0)
                    && (range.to() == null || min == null || compare(min, range.to()) < 0);
        }
        for (Object value : ((Condition.In) condition).values()) {
            // Writers leave NaN out of their bounds.
            if (value.equals(Double.NaN) || (min == null || compare(min, value) <= 0) && (max == null || compare(max, value) >= 0)) {
                return true;
            }
        }
        return false;
    }

    /** Texts are ordered by the dates they begin with, and no zone takes a time further than to the next day. A bound that is cut begins with its date all the same. */
    private static boolean canHold(Condition.Written times, Object min, Object max) {
        long first = min instanceof String text ? WrittenTime.day(text) : WrittenTime.NONE;
        long last = max instanceof String text ? WrittenTime.day(text) : WrittenTime.NONE;
        return (times.from() == null || last == WrittenTime.NONE || last >= Math.floorDiv(times.from(), DAY) - 1)
                && (times.to() == null || first == WrittenTime.NONE || first <= Math.floorDiv(times.to(), DAY) + 1);
    }

    /** Whether every value within these bounds satisfies the condition, as far as they tell. */
    boolean holdsForAll(Bounds bounds) {
        if (condition instanceof Condition.NotNull) {
            return true;
        }
        Object min = bound(bounds.min());
        Object max = bound(bounds.max());
        // Writers leave NaN out of their bounds, and it satisfies no range.
        if (min == null || max == null || min instanceof Double || condition instanceof Condition.IsNull || condition instanceof Condition.Written) {
            return false;
        }
        if (condition instanceof Condition.Range range) {
            return (range.from() == null || compare(min, range.from()) >= 0) && (range.to() == null || compare(max, range.to()) < 0);
        }
        return compare(min, max) == 0 && ((Condition.In) condition).values().contains(min);
    }

    /** A bound in the class of the condition's values; null if it says nothing. */
    private Object bound(Object noted) {
        try {
            Object bound = value(noted, path);
            if (bound instanceof Double number) {
                // A float's text is shorter than its value: 0.1 stands for 0.10000000149011612.
                double exact = path.type() == Type.Primitive.FLOAT ? number.floatValue() : number;
                return Double.isNaN(exact) ? null : exact;
            }
            return bound;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The rows among {@code rows} (null: all) that satisfy the condition, in their order; {@code rows} itself if all do. */
    int[] select(Column column, int[] rows) {
        int n = rows == null ? column.size() : rows.length;
        int[] selected = new int[n];
        int count;
        if (condition instanceof Condition.Range range && column instanceof Column.Longs longs) {
            count = between(longs, range, rows, n, selected);
        } else if (condition instanceof Condition.Written times) {
            count = between(WrittenTimes.micros(column), times, rows, n, selected);
        } else if (!(condition instanceof Condition.IsNull || condition instanceof Condition.NotNull) && column instanceof Column.Strings strings) {
            count = matching(strings, rows, n, selected);
        } else {
            count = 0;
            for (int i = 0; i < n; i++) {
                int row = rows == null ? i : rows[i];
                selected[count] = row;
                count += holds(column, row) ? 1 : 0;
            }
        }
        return count == n ? rows : Arrays.copyOf(selected, count);
    }

    private static int between(Column.Longs longs, Condition.Range range, int[] rows, int n, int[] selected) {
        long[] values = longs.values();
        boolean[] nulls = longs.nulls();
        long from = range.from() == null ? Long.MIN_VALUE : (Long) range.from();
        boolean open = range.to() == null;
        long to = open ? 0 : (Long) range.to();
        int count = 0;
        for (int i = 0; i < n; i++) {
            int row = rows == null ? i : rows[i];
            selected[count] = row;
            count += values[row] >= from && (open || values[row] < to) && (nulls == null || !nulls[row]) ? 1 : 0;
        }
        return count;
    }

    private static int between(long[] said, Condition.Written times, int[] rows, int n, int[] selected) {
        int count = 0;
        for (int i = 0; i < n; i++) {
            int row = rows == null ? i : rows[i];
            selected[count] = row;
            long micros = said[row];
            count += micros != WrittenTime.NONE && (times.from() == null || micros >= times.from()) && (times.to() == null || micros < times.to()) ? 1 : 0;
        }
        return count;
    }

    /** Asks each entry of the dictionary once. */
    private int matching(Column.Strings strings, int[] rows, int n, int[] selected) {
        boolean[] matches = new boolean[strings.dictionary().length];
        for (int code = 0; code < matches.length; code++) {
            matches[code] = holds(strings.dictionary()[code]);
        }
        int[] codes = strings.codes();
        int count = 0;
        for (int i = 0; i < n; i++) {
            int row = rows == null ? i : rows[i];
            selected[count] = row;
            count += codes[row] >= 0 && matches[codes[row]] ? 1 : 0;
        }
        return count;
    }

    private boolean holds(Column column, int row) {
        if (column.isNull(row)) {
            return condition instanceof Condition.IsNull;
        }
        if (condition instanceof Condition.NotNull) {
            return true;
        }
        if (condition instanceof Condition.Range range && column instanceof Column.Doubles doubles) {
            // NaN lies in no range, however wide.
            double value = doubles.values()[row];
            return value == value && (range.from() == null || value >= (Double) range.from()) && (range.to() == null || value < (Double) range.to());
        }
        return !(condition instanceof Condition.IsNull) && holds(column.value(row));
    }

    /** Whether a value that is there satisfies the condition. */
    private boolean holds(Object value) {
        if (condition instanceof Condition.Range range) {
            return (range.from() == null || compare(value, range.from()) >= 0) && (range.to() == null || compare(value, range.to()) < 0);
        }
        Object comparable = value instanceof BigDecimal decimal ? decimal.stripTrailingZeros()
                : value instanceof Double number ? (Object) (number + 0.0) : value;
        return ((Condition.In) condition).values().contains(comparable);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compare(Object a, Object b) {
        if (a instanceof String left && b instanceof String right) {
            return compareCodePoints(left, right);
        }
        if (a instanceof Double left && b instanceof Double right) {
            double x = left;
            double y = right;
            return x < y ? -1 : x > y ? 1 : 0;
        }
        return ((Comparable) a).compareTo(b);
    }

    /** The order of UTF-8 bytes, in which writers note bounds; {@link String#compareTo} differs beyond the basic plane. */
    private static int compareCodePoints(String a, String b) {
        int n = Math.min(a.length(), b.length());
        for (int i = 0; i < n; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean aSurrogate = Character.isSurrogate(x);
                return aSurrogate == Character.isSurrogate(y) ? Character.compare(x, y) : aSurrogate ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
