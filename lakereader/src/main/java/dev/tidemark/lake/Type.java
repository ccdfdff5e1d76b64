package dev.tidemark.lake;

import java.util.List;

/** The type of a column, by Delta's names. */
public sealed interface Type {

    /** A type without parts. Times are microseconds since 1970-01-01T00:00Z, dates are days since then. */
    enum Primitive implements Type {
        STRING, LONG, INTEGER, SHORT, BYTE, DOUBLE, FLOAT, BOOLEAN, BINARY, DATE, TIMESTAMP, TIMESTAMP_NTZ;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A fixed-point number of up to 38 digits. */
    record Decimal(int precision, int scale) implements Type {
        @Override
        public String toString() {
            return "decimal(" + precision + "," + scale + ")";
        }
    }

    /** Named fields, in order. */
    record Struct(List<Schema.Field> fields) implements Type {
        public Struct {
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            return fields.stream().map(f -> f.name() + ":" + f.type())
                    .collect(java.util.stream.Collectors.joining(",", "struct<", ">"));
        }
    }

    /** A type whose values cannot be read here: {@code variant}, say. Columns beside it can. */
    record Unreadable(String name) implements Type {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Any number of elements of one type. */
    record Array(Type element, boolean containsNull) implements Type {
        @Override
        public String toString() {
            return "array<" + element + ">";
        }
    }

    /** Keys, each with a value. */
    record MapOf(Type key, Type value, boolean valueContainsNull) implements Type {
        @Override
        public String toString() {
            return "map<" + key + "," + value + ">";
        }
    }
}
