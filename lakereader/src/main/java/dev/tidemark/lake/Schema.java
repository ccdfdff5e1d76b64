package dev.tidemark.lake;

import java.util.List;
import java.util.Optional;

/** The columns of a table at one version, in order. Names are compared as Delta does: without regard to case. */
public record Schema(List<Field> fields) {

    /**
     * How the data files know a column (Delta protocol, "Column Mapping").
     *
     * @param name its name in the files, in the keys of statistics and of partition values
     * @param id   the field id by which the files have it; -1 if it goes by name
     */
    public record Stored(String name, int id) {
    }

    /** One column, or one field of a struct. */
    public record Field(String name, Type type, boolean nullable, Stored stored) {

        /** A field that the files know by the same name. */
        public Field(String name, Type type, boolean nullable) {
            this(name, type, nullable, new Stored(name, -1));
        }
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
