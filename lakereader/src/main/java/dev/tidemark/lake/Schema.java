package dev.tidemark.lake;

import java.util.List;
import java.util.Optional;

/** The columns of a table at one version, in order. Names are compared as Delta does: without regard to case. */
public record Schema(List<Field> fields) {

    /** One column, or one field of a struct. */
    public record Field(String name, Type type, boolean nullable) {
    }

    public Schema {
        fields = List.copyOf(fields);
    }

    /** The column of this name. */
    public Optional<Field> field(String name) {
        return fields.stream().filter(f -> f.name().equalsIgnoreCase(name)).findFirst();
    }

    /** The columns' names, in order. */
    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }
}
