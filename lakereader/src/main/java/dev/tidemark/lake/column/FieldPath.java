package dev.tidemark.lake.column;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;

import java.util.List;
import java.util.Optional;

/**
 * A column of a table, or a field of a struct in it.
 *
 * @param names the column's name, then those of the fields below it, as the schema spells them
 * @param type  the type of the last one
 */
public record FieldPath(List<String> names, Type type) {

    public FieldPath {
        names = List.copyOf(names);
    }

    /**
     * Finds what a name means: a column of this very name, or else one reached through structs ({@code window.start}). Case does not matter.
     */
    public static Optional<FieldPath> of(Schema schema, String name) {
        Optional<Schema.Field> column = schema.field(name);
        if (column.isPresent()) {
            return Optional.of(new FieldPath(List.of(column.get().name()), column.get().type()));
        }
        for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
            Optional<Schema.Field> outer = schema.field(name.substring(0, dot));
            if (outer.isPresent() && outer.get().type() instanceof Type.Struct struct) {
                Optional<FieldPath> inner = of(new Schema(struct.fields()), name.substring(dot + 1));
                if (inner.isPresent()) {
                    List<String> names = new java.util.ArrayList<>(List.of(outer.get().name()));
                    names.addAll(inner.get().names());
                    return Optional.of(new FieldPath(names, inner.get().type()));
                }
            }
        }
        return Optional.empty();
    }

    /** The names, joined by dots. */
    @Override
    public String toString() {
        return String.join(".", names);
    }
}
