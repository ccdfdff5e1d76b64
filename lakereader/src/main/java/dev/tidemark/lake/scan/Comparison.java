package dev.tidemark.lake.scan;

import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.FieldPath;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;

/** A column compared with a value that someone wrote, as a {@link Predicate} in the column's own values. */
final class Comparison {

    private final FieldPath column;
    private final ZoneId zone;

    /** @param zone where times lie that name no zone */
    Comparison(FieldPath column, ZoneId zone) {
        this.column = column;
        this.zone = zone;
    }

    /**
     * @param operator {@code =}, {@code !=}, {@code <}, {@code <=}, {@code >} or {@code >=}
     * @param literal  String, BigDecimal or Boolean
     * @throws IllegalArgumentException if the two cannot be compared; the message says why
     */
    Predicate with(String operator, Object literal) {
        if (operator.equals("!=")) {
            return new Predicate.Not(with("=", literal));
        }
        if (!(column.type() instanceof Type.Primitive primitive)) {
            if (column.type() instanceof Type.Decimal decimal) {
                return stepped(operator, number(literal), decimal.scale());
            }
            throw new IllegalArgumentException("column " + column + " is a " + column.type() + " and can only be asked whether it is null");
        }
        return switch (primitive) {
            case STRING -> text(operator, literal);
            case BOOLEAN -> truth(operator, literal);
            case LONG, INTEGER, SHORT, BYTE -> stepped(operator, number(literal), 0);
            case TIMESTAMP -> stepped(operator, BigDecimal.valueOf(time(literal, zone)), 0);
            case TIMESTAMP_NTZ -> stepped(operator, BigDecimal.valueOf(time(literal, ZoneOffset.UTC)), 0);
            case DATE -> stepped(operator, BigDecimal.valueOf(day(literal)), 0);
            case DOUBLE, FLOAT -> real(operator, number(literal).doubleValue(), primitive == Type.Primitive.FLOAT);
            case BINARY -> throw new IllegalArgumentException("column " + column + " is binary and can only be asked whether it is null");
        };
    }

    private IllegalArgumentException mismatch(String expected, Object literal) {
        String actual = literal instanceof String ? "'" + literal + "'" : String.valueOf(literal);
        return new IllegalArgumentException("column " + column + " is a " + column.type() + " (expected " + expected + ", actual " + actual + ")");
    }

    private BigDecimal number(Object literal) {
        if (literal instanceof BigDecimal number) {
            return number;
        }
        throw mismatch("a number", literal);
    }

    private long time(Object literal, ZoneId where) {
        if (literal instanceof String text) {
            return TimeText.micros(text, where);
        }
        throw mismatch("a time in quotes, as '2024-11-12 10:30:00'", literal);
    }

    private long day(Object literal) {
        try {
            if (literal instanceof String text) {
                return LocalDate.parse(text.strip()).toEpochDay();
            }
        } catch (DateTimeException e) {
            throw mismatch("a date in quotes, as '2024-11-12'", literal);
        }
        throw mismatch("a date in quotes, as '2024-11-12'", literal);
    }

    private Predicate range(Comparable<?> from, Comparable<?> to) {
        return new Predicate.Is(new Condition.Range(column.toString(), from, to));
    }

    private Predicate in(Set<?> values) {
        return new Predicate.Is(new Condition.In(column.toString(), values));
    }

    private Predicate text(String operator, Object literal) {
        if (!(literal instanceof String text)) {
            throw mismatch("text in quotes", literal);
        }
        // The text that follows next on another is that text and the lowest character.
        return switch (operator) {
            case "=" -> in(Set.of(text));
            case "<" -> range(null, text);
            case "<=" -> range(null, text + '\0');
            case ">" -> range(text + '\0', null);
            default -> range(text, null);
        };
    }

    private Predicate truth(String operator, Object literal) {
        if (!operator.equals("=")) {
            throw new IllegalArgumentException("column " + column + " is a boolean and has no order (expected = or !=, actual " + operator + ")");
        }
        if (literal instanceof Boolean) {
            return in(Set.of(literal));
        }
        throw mismatch("true or false", literal);
    }

    /** Of values that are multiples of 10^-scale. */
    private Predicate stepped(String operator, BigDecimal value, int scale) {
        BigDecimal below = value.setScale(scale, RoundingMode.FLOOR);
        BigDecimal after = below.add(BigDecimal.ONE.movePointLeft(scale));
        boolean exact = below.compareTo(value) == 0;
        return switch (operator) {
            case "=" -> exact && fits(below) ? in(Set.of(stored(below))) : in(Set.of());
            case "<" -> upTo(exact ? below : after);
            case "<=" -> upTo(after);
            case ">" -> from(after);
            default -> from(exact ? below : after);
        };
    }

    private boolean isDecimal() {
        return column.type() instanceof Type.Decimal;
    }

    private boolean fits(BigDecimal value) {
        return isDecimal() || value.toBigInteger().bitLength() < Long.SIZE;
    }

    private Comparable<?> stored(BigDecimal value) {
        return isDecimal() ? value : (Comparable<?>) value.longValueExact();
    }

    private Predicate upTo(BigDecimal end) {
        return fits(end) ? range(null, stored(end)) : end.signum() > 0 ? range(null, null) : in(Set.of());
    }

    private Predicate from(BigDecimal start) {
        return fits(start) ? range(stored(start), null) : start.signum() < 0 ? range(null, null) : in(Set.of());
    }

    private Predicate real(String operator, double literal, boolean single) {
        double value = single ? (float) literal : literal;
        double next = single ? Math.nextUp((float) value) : Math.nextUp(value);
        return switch (operator) {
            case "=" -> in(Set.of(value));
            case "<" -> range(null, value);
            case "<=" -> range(null, next);
            case ">" -> range(next, null);
            default -> range(value, null);
        };
    }
}
