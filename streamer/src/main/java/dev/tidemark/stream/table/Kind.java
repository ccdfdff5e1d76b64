package dev.tidemark.stream.table;

import dev.tidemark.lake.Type;

/** How the values of a column are held in memory and written. */
enum Kind {
    LONG, INTEGER, DATE, TIMESTAMP, DOUBLE, BOOLEAN, TEXT, MAP,
    /** A type that this writer does not write: such a column stays null. */
    OTHER;

    /** The kind of a column's type. */
    static Kind of(Type type) {
        if (type instanceof Type.MapOf map) {
            return map.key() == Type.Primitive.STRING && map.value() == Type.Primitive.STRING ? MAP : OTHER;
        }
        if (!(type instanceof Type.Primitive primitive)) {
            return OTHER;
        }
        return switch (primitive) {
            case LONG -> LONG;
            case INTEGER -> INTEGER;
            case DATE -> DATE;
            case TIMESTAMP -> TIMESTAMP;
            case DOUBLE -> DOUBLE;
            case BOOLEAN -> BOOLEAN;
            case STRING -> TEXT;
            default -> OTHER;
        };
    }

    /** Whether values are held as {@code long} and written with 32 bits. */
    boolean isInt() {
        return this == INTEGER || this == DATE;
    }

    /** Whether values are held as {@code long}. */
    boolean isLong() {
        return this == LONG || this == INTEGER || this == DATE || this == TIMESTAMP;
    }
}
