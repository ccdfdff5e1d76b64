package dev.tidemark.lake.scan;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.FieldPath;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads a condition as text, by the columns of a table:
 *
 * <pre>
 * window = '1m' and (avg &gt; 30 or avg is null) and not device_id in ('m-1', 'm-2') and window_start &gt;= '2026-11-21 05:00'
 * </pre>
 *
 * {@code = != <> < <= > >=}, {@code between … and …}, {@code [not] in (…)}, {@code is [not] null}, {@code and}, {@code or}, {@code not}, parentheses; words in any
 * case. Text and times stand in single quotes (doubled inside); a column whose name is no plain word stands in double quotes or backticks, a field of a struct
 * after a dot ({@code window.start}). A value that is not there satisfies only {@code is null}.
 */
public final class Where {

    private static final Map<String, String> FLIPPED = Map.of("=", "=", "!=", "!=", "<", ">", "<=", ">=", ">", "<", ">=", "<=");
    private static final Set<String> WORDS = Set.of("and", "or", "not", "in", "is", "null", "between", "true", "false");

    private final WhereTokens tokens;
    private final Schema schema;
    private final ZoneId zone;

    private Where(String text, Schema schema, ZoneId zone) {
        this.tokens = new WhereTokens(text);
        this.schema = schema;
        this.zone = zone;
    }

    /**
     * Understands a condition.
     *
     * @param zone where times lie that name no zone
     * @throws LakeException INVALID; the message says what is wrong, and at which character
     */
    public static Predicate parse(String text, Schema schema, ZoneId zone) {
        Where where = new Where(text, schema, zone);
        Predicate predicate = where.any();
        if (where.tokens.kind() != WhereTokens.Kind.END) {
            throw where.tokens.expected("and, or, or the end");
        }
        return predicate;
    }

    private boolean accept(String word) {
        if (tokens.is(word)) {
            tokens.next();
            return true;
        }
        return false;
    }

    private void require(String word) {
        if (!accept(word)) {
            throw tokens.expected(word);
        }
    }

    private Predicate any() {
        List<Predicate> parts = new ArrayList<>(List.of(all()));
        while (accept("or")) {
            parts.add(all());
        }
        return parts.size() == 1 ? parts.get(0) : new Predicate.Or(parts);
    }

    private Predicate all() {
        List<Predicate> parts = new ArrayList<>(List.of(one()));
        while (accept("and")) {
            parts.add(one());
        }
        return parts.size() == 1 ? parts.get(0) : new Predicate.And(parts);
    }

    private Predicate one() {
        if (accept("not")) {
            return new Predicate.Not(one());
        }
        if (accept("(")) {
            Predicate inner = any();
            require(")");
            return inner;
        }
        if (isLiteral()) {
            return flipped();
        }
        return comparison(column());
    }

    /** A value before its column: {@code 5 < avg}. */
    private Predicate flipped() {
        int at = tokens.at();
        Object literal = literal();
        String operator = operator();
        FieldPath column = column();
        return compare(column, FLIPPED.get(operator), literal, at);
    }

    private FieldPath column() {
        boolean name = tokens.kind() == WhereTokens.Kind.QUOTED || tokens.kind() == WhereTokens.Kind.WORD && !WORDS.contains(tokens.text().toLowerCase(Locale.ROOT));
        if (!name) {
            throw tokens.expected("a column");
        }
        FieldPath path = FieldPath.of(schema, tokens.text()).orElseThrow(() -> tokens.wrong("there is no such column (expected one of "
                + String.join(", ", schema.names()) + ", actual " + tokens.text() + ")"));
        tokens.next();
        return path;
    }

    private Predicate comparison(FieldPath column) {
        int at = tokens.at();
        if (accept("is")) {
            boolean not = accept("not");
            require("null");
            Predicate none = new Predicate.Is(new Condition.IsNull(column.toString()));
            return not ? new Predicate.Not(none) : none;
        }
        boolean not = accept("not");
        if (accept("in")) {
            Predicate in = in(column);
            return not ? new Predicate.Not(in) : in;
        }
        if (accept("between")) {
            int from = tokens.at();
            Predicate low = compare(column, ">=", literal(), from);
            require("and");
            int to = tokens.at();
            Predicate both = new Predicate.And(List.of(low, compare(column, "<=", literal(), to)));
            return not ? new Predicate.Not(both) : both;
        }
        if (not) {
            throw tokens.expected("in or between");
        }
        if (!(tokens.kind() == WhereTokens.Kind.OPERATOR && FLIPPED.containsKey(tokens.text())) && column.type() == Type.Primitive.BOOLEAN) {
            return compare(column, "=", true, at);
        }
        String operator = operator();
        int value = tokens.at();
        return compare(column, operator, literal(), value);
    }

    private Predicate in(FieldPath column) {
        require("(");
        List<Predicate> values = new ArrayList<>();
        do {
            int at = tokens.at();
            values.add(compare(column, "=", literal(), at));
        } while (accept(","));
        require(")");
        return merged(column, values);
    }

    /** One condition that asks for any of the values, as that is what files can be skipped by. */
    private static Predicate merged(FieldPath column, List<Predicate> values) {
        List<Object> all = new ArrayList<>();
        for (Predicate value : values) {
            all.addAll(((Condition.In) ((Predicate.Is) value).condition()).values());
        }
        return new Predicate.Is(new Condition.In(column.toString(), Set.copyOf(all)));
    }

    private String operator() {
        if (tokens.kind() != WhereTokens.Kind.OPERATOR || !FLIPPED.containsKey(tokens.text())) {
            throw tokens.expected("=, !=, <, <=, >, >=, in, between or is");
        }
        String operator = tokens.text();
        tokens.next();
        return operator;
    }

    private boolean isLiteral() {
        return tokens.kind() == WhereTokens.Kind.TEXT || tokens.kind() == WhereTokens.Kind.NUMBER || tokens.is("true") || tokens.is("false")
                || (tokens.is("timestamp") || tokens.is("date")) && tokens.textFollows();
    }

    private Object literal() {
        if (!isLiteral()) {
            throw tokens.is("null") ? tokens.wrong("nothing equals null (expected is null or is not null)")
                    : tokens.expected(tokens.kind() == WhereTokens.Kind.WORD ? "a value; text stands in single quotes" : "a value");
        }
        if (tokens.is("timestamp") || tokens.is("date")) {
            tokens.next();
        }
        Object value = switch (tokens.kind()) {
            case TEXT -> tokens.text();
            case NUMBER -> number();
            default -> Boolean.valueOf(tokens.text());
        };
        tokens.next();
        return value;
    }

    private BigDecimal number() {
        try {
            BigDecimal number = new BigDecimal(tokens.text());
            if (Math.abs((long) number.scale()) > 400) {
                throw tokens.wrong("the number is too large or too small (actual " + tokens.text() + ")");
            }
            return number;
        } catch (NumberFormatException e) {
            throw tokens.wrong("this is no number (actual " + tokens.text() + ")");
        }
    }

    private Predicate compare(FieldPath column, String operator, Object literal, int at) {
        try {
            return new Comparison(column, zone).with(operator, literal);
        } catch (IllegalArgumentException e) {
            throw tokens.wrong(e.getMessage(), at);
        }
    }
}
