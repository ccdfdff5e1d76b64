package dev.tidemark.lake.diff;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Schema.Field;
import dev.tidemark.lake.Type;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * A column, or a field of a struct, as each of two versions has it. Immutable.
 *
 * @param before how the older version has it; null if it does not
 * @param after  how the newer version has it; null if it does not
 */
record Counterpart(Field before, Field after) {

    /**
     * Pairs the fields of two versions: by what the files know them as, which a change of their names leaves as it is; then by name, as of a column that was
     * dropped and made anew. In the order of the newer version, those that it has no more at the end.
     */
    static List<Counterpart> of(List<Field> before, List<Field> after) {
        List<Field> olds = new ArrayList<>(before);
        Map<Field, Field> found = new HashMap<>();
        for (BiPredicate<Field, Field> same : List.<BiPredicate<Field, Field>>of(
                (old, now) -> old.stored().name().equalsIgnoreCase(now.stored().name()), (old, now) -> old.name().equalsIgnoreCase(now.name()))) {
            for (Field now : after) {
                olds.stream().filter(old -> !found.containsKey(now) && same.test(old, now)).findFirst().ifPresent(old -> {
                    found.put(now, old);
                    olds.remove(old);
                });
            }
        }
        List<Counterpart> pairs = new ArrayList<>();
        after.forEach(now -> pairs.add(new Counterpart(found.get(now), now)));
        olds.forEach(old -> pairs.add(new Counterpart(old, null)));
        return pairs;
    }

    /** What it goes by in both: the newer name. */
    String name() {
        return (after == null ? before : after).name();
    }

    /** How the version of one side has it; null if it does not. */
    Field on(byte side) {
        return side == RowSet.BEFORE ? before : after;
    }

    /** Its fields, if it is a struct. */
    List<Counterpart> inner() {
        return of(before == null ? List.of() : fields(before.type()), after == null ? List.of() : fields(after.type()));
    }

    private static List<Field> fields(Type type) {
        return type instanceof Type.Struct struct ? struct.fields() : List.of();
    }

    /** The columns as one side has them, under the names that both share; what the side does not have is of the other's type. */
    static Schema shared(List<Counterpart> columns, byte side) {
        return new Schema(columns.stream().map(column -> {
            Type type = (column.on(side) == null ? column.before == null ? column.after : column.before : column.on(side)).type();
            return new Field(column.name(), type instanceof Type.Struct ? new Type.Struct(shared(column.inner(), side).fields()) : type, true);
        }).toList());
    }
}
