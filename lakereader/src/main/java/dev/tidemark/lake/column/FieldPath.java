package dev.tidemark.lake.column;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A column of a table, or a field of a struct in it.
 *
 * @param names  the column's name, then those of the fields below it, as the schema spells them
 * @param type   the type of the last one
 * @param stored how the data files know each of them
 */
public record FieldPath(List<String> names, Type type, List<Schema.Stored> stored) {

    public FieldPath {
        names = List.copyOf(names);
        stored = List.copyOf(stored);
    }

    /** A path that the files know by the same names. */
    public FieldPath(List<String> names, Type type) {
        this(names, type, names.stream().map(name -> new Schema.Stored(name, -1)).toList());
    }

    /** A whole column. */
    public static FieldPath of(Schema.Field column) {
        return new FieldPath(List.of(column.name()), column.type(), List.of(column.stored()));
    }

    /**
     * Finds what a name means: a column of this very name, or else one reached through structs ({@code window.start}). Case does not matter.
     */
    public static Optional<FieldPath> of(Schema schema, String name) {
        Optional<Schema.Field> column = schema.field(name);
        if (column.isPresent()) {
            return column.map(FieldPath::of);
        }
        for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
            Optional<Schema.Field> outer = schema.field(name.substring(0, dot));
            if (outer.isPresent() && outer.get().type() instanceof Type.Struct struct) {
                Optional<FieldPath> inner = of(new Schema(struct.fields()), name.substring(dot + 1));
                if (inner.isPresent()) {
                    List<String> names = new ArrayList<>(List.of(outer.get().name()));
                    names.addAll(inner.get().names());
                    List<Schema.Stored> stored = new ArrayList<>(List.of(outer.get().stored()));
                    stored.addAll(inner.get().stored());
                    return Optional.of(new FieldPath(names, inner.get().type(), stored));
                }
            }
        }
        return Optional.empty();
    }

    /** The names in the files, joined by dots: what statistics are kept under. */
    public String inFiles() {
        return stored.stream().map(Schema.Stored::name).collect(Collectors.joining("."));
    }

    /** The names, joined by dots. */
    @Override
    public String toString() {
        return String.join(".", names);
    }
}
