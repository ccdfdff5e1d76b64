package dev.tidemark.ui.export;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.export.Question;
import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.live.Asked;
import dev.tidemark.ui.live.Frame;
import dev.tidemark.ui.live.RowTime;
import dev.tidemark.ui.live.TableShape;
import dev.tidemark.ui.text.Micros;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the charts show, as a question in words: their measures, series and range. Pure. */
final class OnScreen {

    private OnScreen() {
    }

    /**
     * @param schema of the table at the version that is shown
     * @param range  of the charts
     * @param hidden keys of series that are not drawn
     */
    static Question question(Schema schema, Frame frame, TimeRange range, Set<String> hidden) {
        Asked asked = frame.asked();
        List<String> where = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        TableShape.Named named = asked.shape().named();
        if (asked.shape().kind() == TableShape.Kind.WINDOWS) {
            where.add(equal(schema, "window", List.of(asked.window())));
            where.add(equal(schema, "grain", List.of(asked.grain())));
        } else {
            Stream<String> what = named == null ? asked.measures().stream().filter(measure -> schema.field(measure).isPresent()) : Stream.of(named.by(), named.unit(), named.count(), named.value(), named.low(), named.high());
            Stream.of(Stream.of(asked.timePath(), asked.shape().time().end()), asked.shape().keys().stream(), what).flatMap(Function.identity())
                    .filter(Objects::nonNull).distinct().forEach(columns::add);
        }
        if (named != null) {
            where.add(equal(schema, named.by(), asked.measures()));
        }
        if ((!hidden.isEmpty() || asked.series() != null) && asked.split() != null) {
            where.add(shown(schema, frame, hidden));
        }
        RowTime.Spelling spelling = asked.shape().time().spelling();
        if (spelling.isNumber()) {
            // Which unit a number is in is not told to whoever makes the export again.
            where.add(column(asked.timePath()) + " >= " + since1970(range.from(), spelling) + " and " + column(asked.timePath()) + " < " + since1970(range.to(), spelling));
        }
        String from = spelling.isNumber() ? null : Micros.instant(range.from()).toString();
        String to = spelling.isNumber() ? null : Micros.instant(range.to()).toString();
        List<String> sort = new ArrayList<>(List.of(asked.timePath()));
        if (asked.split() != null) {
            sort.add(asked.split());
        }
        if (named != null) {
            sort.add(named.by());
        }
        return new Question(columns, where.isEmpty() ? null : String.join(" and ", where), from, to,
                asked.timePath(), sort, ZoneOffset.UTC);
    }

    private static String since1970(long micros, RowTime.Spelling spelling) {
        return BigDecimal.valueOf(micros, 6).multiply(BigDecimal.valueOf(spelling.perSecond())).stripTrailingZeros().toPlainString();
    }

    private static String shown(Schema schema, Frame frame, Set<String> hidden) {
        String split = frame.asked().split();
        Set<String> shown = new TreeSet<>();
        frame.lines().values().forEach(lines -> shown.addAll(lines.keySet()));
        shown.removeAll(hidden);
        // A series without a name is that of the rows that have none.
        boolean unnamed = shown.remove("");
        String none = column(split) + " is null";
        if (shown.isEmpty()) {
            return unnamed ? none : "not (" + none + " or " + column(split) + " is not null)";
        }
        return unnamed ? "(" + equal(schema, split, shown) + " or " + none + ")" : equal(schema, split, shown);
    }

    private static String equal(Schema schema, String column, Collection<String> values) {
        boolean text = schema.field(column).map(field -> field.type() == Type.Primitive.STRING || !(field.type() instanceof Type.Primitive)).orElse(true);
        List<String> literals = values.stream().map(value -> text || !value.matches("-?\\d+(\\.\\d+)?") ? "'" + value.replace("'", "''") + "'" : value).toList();
        return column(column) + (literals.size() == 1 ? " = " + literals.get(0) : literals.stream().collect(Collectors.joining(", ", " in (", ")")));
    }

    private static String column(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") && !name.matches("(?i)and|or|not|in|is|null|between|true|false|timestamp|date") ? name
                : "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
