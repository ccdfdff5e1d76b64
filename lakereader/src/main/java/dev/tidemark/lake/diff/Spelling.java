package dev.tidemark.lake.diff;

import dev.tidemark.lake.Type;

import java.util.List;

/** How the values of one side are written so that both sides write the same: the fields of structs under the names and in the order that both share. Immutable. */
sealed interface Spelling {

    /** Values without parts. */
    Spelling PLAIN = new Plain();

    /** A value that is written as it is. */
    record Plain() implements Spelling { }

    /** A struct's fields. */
    record Fields(List<Part> parts) implements Spelling { }

    /** A list's elements. */
    record Elements(Spelling each) implements Spelling { }

    /** The keys and values of a map. */
    record Entries(Spelling key, Spelling value) implements Spelling { }

    /**
     * A field of a struct.
     *
     * @param own    its name on this side
     * @param shared its name for both
     */
    record Part(String own, String shared, Spelling value) { }

    /** The spelling of a column's values on one side that has it. */
    static Spelling of(Counterpart column, byte side) {
        Type own = column.on(side).type();
        return column.before() == null || column.after() == null ? of(own, own, side) : of(column.before().type(), column.after().type(), side);
    }

    private static Spelling of(Type before, Type after, byte side) {
        Type own = side == RowSet.BEFORE ? before : after;
        if (own instanceof Type.Struct struct) {
            List<Counterpart> fields = before instanceof Type.Struct old && after instanceof Type.Struct now ? Counterpart.of(old.fields(), now.fields())
                    : Counterpart.of(struct.fields(), struct.fields());
            return new Fields(fields.stream().filter(field -> field.on(side) != null).map(field -> new Part(field.on(side).name(), field.name(), of(field, side))).toList());
        }
        if (own instanceof Type.Array array) {
            return new Elements(before instanceof Type.Array old && after instanceof Type.Array now ? of(old.element(), now.element(), side) : of(array.element(), array.element(), side));
        }
        if (own instanceof Type.MapOf map) {
            return before instanceof Type.MapOf old && after instanceof Type.MapOf now
                    ? new Entries(of(old.key(), now.key(), side), of(old.value(), now.value(), side))
                    : new Entries(of(map.key(), map.key(), side), of(map.value(), map.value(), side));
        }
        return PLAIN;
    }

    /** The spelling of values that have no other side. */
    static Spelling of(Type type) {
        return of(type, type, RowSet.AFTER);
    }
}
