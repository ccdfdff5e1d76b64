package dev.tidemark.lake.diff;

import dev.tidemark.lake.Schema.Field;
import dev.tidemark.lake.column.FieldPath;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Predicate;
import dev.tidemark.lake.scan.Where;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A condition on columns of two versions, put to one of them: by the names that it has there, and what it does not have is null. */
final class SharedCondition {

    private static final Predicate ALWAYS = new Predicate.And(List.of());
    private static final Predicate NEVER = new Predicate.Or(List.of());

    private final List<Counterpart> columns;
    private final byte side;

    private SharedCondition(List<Counterpart> columns, byte side) {
        this.columns = columns;
        this.side = side;
    }

    /** LakeException INVALID as {@link Where#parse} says it. */
    static Predicate of(String text, ZoneId zone, List<Counterpart> columns, byte side) {
        return new SharedCondition(columns, side).own(Where.parse(text, Counterpart.shared(columns, side), zone), false);
    }

    /** Negations go down to the conditions: what is asked of a value that is not there does not hold, and neither does its negation. */
    private Predicate own(Predicate predicate, boolean negated) {
        if (predicate instanceof Predicate.Not not) {
            return own(not.part(), !negated);
        }
        if (predicate instanceof Predicate.Is is) {
            return own(is.condition(), negated);
        }
        boolean all = predicate instanceof Predicate.And != negated;
        List<Predicate> parts = (predicate instanceof Predicate.And and ? and.parts() : ((Predicate.Or) predicate).parts()).stream().map(part -> own(part, negated)).toList();
        return all ? new Predicate.And(parts) : new Predicate.Or(parts);
    }

    private Predicate own(Condition condition, boolean negated) {
        Optional<String> column = own(condition.column());
        if (column.isEmpty()) {
            return condition instanceof Condition.IsNull && !negated || condition instanceof Condition.NotNull && negated ? ALWAYS : NEVER;
        }
        Condition own = condition instanceof Condition.Range range ? new Condition.Range(column.get(), range.from(), range.to())
                : condition instanceof Condition.Written times ? new Condition.Written(column.get(), times.from(), times.to())
                : condition instanceof Condition.In in ? new Condition.In(column.get(), in.values())
                : condition instanceof Condition.IsNull ? new Condition.IsNull(column.get()) : new Condition.NotNull(column.get());
        return negated ? new Predicate.Not(new Predicate.Is(own)) : new Predicate.Is(own);
    }

    /** The path that a column, or field, has on this side; empty if it is not there. */
    private Optional<String> own(String shared) {
        List<String> path = new ArrayList<>();
        List<Counterpart> level = columns;
        for (String name : FieldPath.of(Counterpart.shared(columns, side), shared).orElseThrow().names()) {
            Counterpart found = level.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst().orElseThrow();
            Field own = found.on(side);
            if (own == null) {
                return Optional.empty();
            }
            path.add(own.name());
            level = found.inner();
        }
        return Optional.of(String.join(".", path));
    }
}
