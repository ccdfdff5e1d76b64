package dev.tidemark.lake.column;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A type of a table together with one of the ways in which writers store it, and random values of it. */
record Stored(Type type, BiFunction<Repetition, String, org.apache.parquet.schema.Type> field, Function<Random, Object> random, Put put) {

    /** Writes a value as the field {@code name} of a group. */
    interface Put {
        void put(Group group, String name, Object value);
    }

    /** One of the flat kinds. */
    static Stored flat(Random random) {
        int spread = random.nextBoolean() ? 5 : Integer.MAX_VALUE;
        return switch (random.nextInt(20)) {
            case 0 -> new Stored(Type.Primitive.LONG, primitive(PrimitiveTypeName.INT64, null), r -> few(r, spread), (g, n, v) -> g.add(n, (long) v));
            case 1 -> new Stored(Type.Primitive.LONG, primitive(PrimitiveTypeName.INT32, null), r -> (long) r.nextInt(), Stored::int32);
            case 2 -> new Stored(Type.Primitive.INTEGER, primitive(PrimitiveTypeName.INT32, null), r -> (long) r.nextInt(spread), Stored::int32);
            case 3 -> new Stored(Type.Primitive.SHORT, primitive(PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(16, true)), r -> (long) (short) r.nextInt(), Stored::int32);
            case 4 -> new Stored(Type.Primitive.BYTE, primitive(PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(8, true)), r -> (long) (byte) r.nextInt(), Stored::int32);
            case 5 -> new Stored(Type.Primitive.LONG, primitive(PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(32, false)), r -> r.nextInt() & 0xffffffffL,
                    (g, n, v) -> g.add(n, (int) (long) v));
            case 6, 7 -> new Stored(Type.Primitive.DOUBLE, primitive(PrimitiveTypeName.DOUBLE, null), r -> spread == 5 ? r.nextInt(5) / 4.0 : number(r), (g, n, v) -> g.add(n, (double) v));
            case 8 -> new Stored(Type.Primitive.FLOAT, primitive(PrimitiveTypeName.FLOAT, null), r -> (double) r.nextFloat(), (g, n, v) -> g.add(n, (float) (double) v));
            case 9 -> new Stored(Type.Primitive.DOUBLE, primitive(PrimitiveTypeName.FLOAT, null), r -> (double) (float) r.nextGaussian(), (g, n, v) -> g.add(n, (float) (double) v));
            case 10 -> new Stored(Type.Primitive.BOOLEAN, primitive(PrimitiveTypeName.BOOLEAN, null), Random::nextBoolean, (g, n, v) -> g.add(n, (boolean) v));
            case 11, 12 -> new Stored(Type.Primitive.STRING, primitive(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType()), r -> text(r, spread), (g, n, v) -> g.add(n, (String) v));
            case 13 -> new Stored(Type.Primitive.BINARY, primitive(PrimitiveTypeName.BINARY, null), Stored::bytes, (g, n, v) -> g.add(n, Binary.fromConstantByteArray((byte[]) v)));
            case 14 -> new Stored(Type.Primitive.DATE, primitive(PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType()), r -> (long) r.nextInt(40_000) - 20_000, Stored::int32);
            case 15 -> new Stored(Type.Primitive.TIMESTAMP, primitive(PrimitiveTypeName.INT96, null), r -> r.nextLong() / 4000, Stored::int96);
            case 16 -> timestamp(TimeUnit.MICROS, r -> r.nextLong() / 1000, v -> v);
            case 17 -> timestamp(TimeUnit.MILLIS, r -> r.nextInt() * 1000L, v -> v / 1000);
            case 18 -> timestamp(TimeUnit.NANOS, r -> r.nextLong() / 2000, v -> v * 1000 + 7);
            default -> decimal(random);
        };
    }

    /** Any kind, nested up to a depth. */
    static Stored any(Random random, int depth) {
        return depth == 0 || random.nextInt(3) > 0 ? flat(random) : switch (random.nextInt(3)) {
            case 0 -> struct(random, depth);
            case 1 -> array(random, depth);
            default -> map(random, depth);
        };
    }

    private static BiFunction<Repetition, String, org.apache.parquet.schema.Type> primitive(PrimitiveTypeName physical, LogicalTypeAnnotation logical) {
        return (repetition, name) -> Types.primitive(physical, repetition).as(logical).named(name);
    }

    private static void int32(Group group, String name, Object value) {
        group.add(name, Math.toIntExact((long) value));
    }

    private static void int96(Group group, String name, Object value) {
        long micros = (long) value;
        long day = Math.floorDiv(micros, 86_400_000_000L);
        group.add(name, new NanoTime((int) (day + 2_440_588), Math.floorMod(micros, 86_400_000_000L) * 1000));
    }

    private static Stored timestamp(TimeUnit unit, Function<Random, Object> random, Function<Long, Long> stored) {
        return new Stored(Type.Primitive.TIMESTAMP, primitive(PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(true, unit)), random,
                (g, n, v) -> g.add(n, (long) stored.apply((Long) v)));
    }

    private static Stored decimal(Random random) {
        int kind = random.nextInt(4);
        int precision = new int[] {9, 18, 38, 20}[kind];
        int scale = random.nextInt(precision);
        BiFunction<Repetition, String, org.apache.parquet.schema.Type> field = (repetition, name) -> {
            LogicalTypeAnnotation logical = LogicalTypeAnnotation.decimalType(scale, precision);
            return switch (kind) {
                case 0 -> Types.primitive(PrimitiveTypeName.INT32, repetition).as(logical).named(name);
                case 1 -> Types.primitive(PrimitiveTypeName.INT64, repetition).as(logical).named(name);
                case 2 -> Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition).length(16).as(logical).named(name);
                default -> Types.primitive(PrimitiveTypeName.BINARY, repetition).as(logical).named(name);
            };
        };
        Put put = (group, name, value) -> {
            BigInteger unscaled = ((BigDecimal) value).unscaledValue();
            switch (kind) {
                case 0 -> group.add(name, unscaled.intValueExact());
                case 1 -> group.add(name, unscaled.longValueExact());
                case 2 -> group.add(name, Binary.fromConstantByteArray(fixed(unscaled)));
                default -> group.add(name, Binary.fromConstantByteArray(unscaled.toByteArray()));
            }
        };
        return new Stored(new Type.Decimal(precision, scale), field,
                r -> new BigDecimal(new BigInteger(kind == 0 ? 29 : kind == 1 ? 59 : 60, r).subtract(BigInteger.TEN.pow(6)), scale), put);
    }

    private static byte[] fixed(BigInteger unscaled) {
        byte[] bytes = new byte[16];
        java.util.Arrays.fill(bytes, (byte) (unscaled.signum() < 0 ? -1 : 0));
        byte[] shortest = unscaled.toByteArray();
        System.arraycopy(shortest, 0, bytes, 16 - shortest.length, shortest.length);
        return bytes;
    }

    private static Stored struct(Random random, int depth) {
        int size = 1 + random.nextInt(3);
        List<Stored> parts = new ArrayList<>();
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            parts.add(any(random, depth - 1));
            fields.add(new Schema.Field("f" + i, parts.get(i).type, true));
        }
        return new Stored(new Type.Struct(fields), (repetition, name) -> {
            var group = Types.buildGroup(repetition);
            for (int i = 0; i < size; i++) {
                group.addField(parts.get(i).field.apply(Repetition.OPTIONAL, "f" + i));
            }
            return group.named(name);
        }, r -> {
            Map<String, Object> value = new LinkedHashMap<>();
            for (int i = 0; i < size; i++) {
                value.put("f" + i, r.nextInt(4) == 0 ? null : parts.get(i).random.apply(r));
            }
            return value;
        }, (group, name, value) -> {
            Group struct = group.addGroup(name);
            for (int i = 0; i < size; i++) {
                Object part = ((Map<?, ?>) value).get("f" + i);
                if (part != null) {
                    parts.get(i).put.put(struct, "f" + i, part);
                }
            }
        });
    }

    private static Stored array(Random random, int depth) {
        Stored element = any(random, depth - 1);
        // Three levels as the format asks for; two as Avro and Thrift wrote them, where elements cannot be null.
        boolean threeLevels = random.nextInt(4) > 0;
        return new Stored(new Type.Array(element.type, true), (repetition, name) -> {
            var list = Types.buildGroup(repetition).as(LogicalTypeAnnotation.listType());
            return threeLevels
                    ? list.addField(Types.repeatedGroup().addField(element.field.apply(Repetition.OPTIONAL, "element")).named("list")).named(name)
                    : list.addField(element.field.apply(Repetition.REPEATED, "array")).named(name);
        }, r -> {
            List<Object> value = new ArrayList<>();
            for (int n = r.nextInt(5); n > 0; n--) {
                value.add(threeLevels && r.nextInt(4) == 0 ? null : element.random.apply(r));
            }
            return value;
        }, (group, name, value) -> {
            Group list = group.addGroup(name);
            for (Object one : (List<?>) value) {
                if (!threeLevels) {
                    element.put.put(list, "array", one);
                } else {
                    Group entry = list.addGroup("list");
                    if (one != null) {
                        element.put.put(entry, "element", one);
                    }
                }
            }
        });
    }

    private static Stored map(Random random, int depth) {
        Stored held = any(random, depth - 1);
        return new Stored(new Type.MapOf(Type.Primitive.STRING, held.type, true), (repetition, name) -> Types.buildGroup(repetition).as(LogicalTypeAnnotation.mapType())
                .addField(Types.repeatedGroup().required(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named("key")
                        .addField(held.field.apply(Repetition.OPTIONAL, "value")).named("key_value")).named(name),
                r -> {
                    Map<String, Object> value = new LinkedHashMap<>();
                    for (int n = r.nextInt(4); n > 0; n--) {
                        value.put("k" + r.nextInt(9), r.nextInt(4) == 0 ? null : held.random.apply(r));
                    }
                    return value;
                }, (group, name, value) -> {
                    Group map = group.addGroup(name);
                    ((Map<?, ?>) value).forEach((key, one) -> {
                        Group entry = map.addGroup("key_value");
                        entry.add("key", (String) key);
                        if (one != null) {
                            held.put.put(entry, "value", one);
                        }
                    });
                });
    }

    private static Object few(Random random, int spread) {
        return spread == 5 ? (long) random.nextInt(5) : random.nextLong();
    }

    private static double number(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> Double.NaN;
            case 1 -> Double.NEGATIVE_INFINITY;
            case 2 -> -0.0;
            default -> random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10);
        };
    }

    private static String text(Random random, int spread) {
        String[] pieces = {"", "a", "SENSOR", "ünï😀", "倉庫-1", "\u0000", " , \"\n"};
        return spread == 5 ? pieces[random.nextInt(pieces.length)] : pieces[random.nextInt(pieces.length)] + random.nextInt();
    }

    private static byte[] bytes(Random random) {
        return ("b" + random.nextInt(random.nextBoolean() ? 3 : 100_000)).getBytes(StandardCharsets.UTF_8);
    }
}
