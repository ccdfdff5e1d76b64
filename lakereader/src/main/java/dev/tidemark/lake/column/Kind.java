package dev.tidemark.lake.column;

import dev.tidemark.lake.Type;

/** Which of the columns' representations a type has. */
enum Kind {
    LONGS, DOUBLES, BOOLEANS, STRINGS, OBJECTS;

    static Kind of(Type type) {
        if (type instanceof Type.Primitive primitive) {
            return switch (primitive) {
                case LONG, INTEGER, SHORT, BYTE, DATE, TIMESTAMP, TIMESTAMP_NTZ -> LONGS;
                case DOUBLE, FLOAT -> DOUBLES;
                case BOOLEAN -> BOOLEANS;
                case STRING -> STRINGS;
                case BINARY -> OBJECTS;
            };
        }
        return OBJECTS;
    }
}
