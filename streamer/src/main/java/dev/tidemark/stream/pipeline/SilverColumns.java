package dev.tidemark.stream.pipeline;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.Type.Primitive;
import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.decode.Shape;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.RowBlock;
import dev.tidemark.stream.table.Rows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the leaves of payloads go in {@code silver/readings}: a column each, which is added when a leaf is new. A leaf
 * that does not fit its column (a text where numbers were) goes into {@code _rescued_data}.
 */
final class SilverColumns {

    /** Leaves beyond that many go into {@code _rescued_data}: a table cannot have columns without end. */
    static final int MOST = 2_000;

    /** How many columns are the same for every device; the leaves of payloads come after them. */
    static final int FIXED = LakeTables.SILVER_READINGS.layout().schema().fields().size();

    private static final int DEVICE = 0;
    private static final int EVENT_TIME = 1;
    private static final int LOCATION = 2;
    private static final int STATUS = 3;
    private static final int LATE = 4;
    private static final int SOURCE = 5;
    private static final int PARTITION = 6;
    private static final int OFFSET = 7;
    private static final int INGESTED = 8;
    private static final int RESCUED_DATA = 10;

    private static final Mapping NOTHING = new Mapping(null, new int[0], new Shape.Kind[0]);
    private static final int RESCUE = -1;
    private static final int MOST_SHAPES = 10_000;

    private final Map<String, Integer> byName = new HashMap<>();
    private final Map<Shape, Mapping> mappings = new IdentityHashMap<>();
    private Mapping last = NOTHING;
    private final StringBuilder json = new StringBuilder();
    private Schema schema;

    /** The columns of a shape's leaves. */
    private record Mapping(Shape shape, int[] columns, Shape.Kind[] kinds) {
    }

    SilverColumns(Schema schema) {
        grown(schema);
    }

    /** The table has these columns now. */
    void grown(Schema newSchema) {
        schema = newSchema;
        byName.clear();
        mappings.clear();
        last = NOTHING;
        for (int i = 0; i < schema.fields().size(); i++) {
            byName.put(key(schema.fields().get(i).name()), i);
        }
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Columns that these readings need and the table does not have, in the order of the readings. */
    Schema missing(Iterable<Reading> readings) {
        Map<String, Schema.Field> missing = new LinkedHashMap<>();
        Shape before = null;
        for (Reading reading : readings) {
            Shape shape = reading.shape();
            if (shape != before && !mappings.containsKey(shape)) {
                for (int i = 0; i < shape.leaves().size(); i++) {
                    String name = shape.leaves().get(i);
                    if (!byName.containsKey(key(name)) && schema.fields().size() + missing.size() < MOST) {
                        missing.putIfAbsent(key(name), new Schema.Field(name, type(shape.kinds().get(i)), true));
                    }
                }
            }
            before = shape;
        }
        return new Schema(new ArrayList<>(missing.values()));
    }

    static Type type(Shape.Kind kind) {
        return switch (kind) {
            case NUMBER -> Primitive.DOUBLE;
            case FLAG -> Primitive.BOOLEAN;
            case TEXT -> Primitive.STRING;
        };
    }

    private Mapping mapping(Shape shape) {
        if (last.shape != shape) {
            Mapping known = mappings.get(shape);
            last = known == null ? map(shape) : known;
        }
        return last;
    }

    private Mapping map(Shape shape) {
        int[] columns = new int[shape.leaves().size()];
        for (int i = 0; i < columns.length; i++) {
            int column = byName.getOrDefault(key(shape.leaves().get(i)), RESCUE);
            boolean fits = column >= FIXED && schema.fields().get(column).type().equals(type(shape.kinds().get(i)));
            columns[i] = fits ? column : RESCUE;
        }
        if (mappings.size() >= MOST_SHAPES) {
            mappings.clear();
        }
        Mapping mapping = new Mapping(shape, columns, shape.kinds().toArray(Shape.Kind[]::new));
        mappings.put(shape, mapping);
        return mapping;
    }

    /**
     * Adds the readings of a batch to rows of the present columns.
     *
     * @param late    for each reading
     * @param offsets for each reading
     */
    void write(Rows rows, List<Reading> readings, boolean[] late, String source, String partition, long[] offsets, long ingestedAt) {
        int count = readings.size();
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = readings.get(i).eventTime();
        }
        for (int from = 0, to; from < count; from = to) {
            long day = LakeTables.day(times[from]);
            to = from + 1;
            while (to < count && LakeTables.day(times[to]) == day) {
                to++;
            }
            RowBlock block = rows.block(from, to, day);
            block.longs(EVENT_TIME, times);
            block.flags(LATE, late);
            block.same(SOURCE, source);
            block.same(PARTITION, partition);
            block.longs(OFFSET, offsets);
            block.same(INGESTED, ingestedAt);
            for (int i = from; i < to; i++) {
                Reading reading = readings.get(i);
                block.setString(i, DEVICE, reading.deviceId());
                block.setString(i, LOCATION, reading.location());
                block.setString(i, STATUS, reading.status());
                leaves(block, i, reading);
            }
            block.end();
        }
    }

    private void leaves(RowBlock block, int row, Reading reading) {
        Mapping mapping = mapping(reading.shape());
        json.setLength(0);
        double[] numbers = reading.numbers();
        for (int i = 0; i < mapping.columns.length; i++) {
            int column = mapping.columns[i];
            double number = numbers[i];
            if (column == RESCUE) {
                rescue(mapping.shape.leaves().get(i), mapping.kinds[i], reading, i);
            } else if (mapping.kinds[i] == Shape.Kind.TEXT) {
                block.setString(row, column, reading.texts()[i]);
            } else if (number == number) {
                if (mapping.kinds[i] == Shape.Kind.NUMBER) {
                    block.setDouble(row, column, number);
                } else {
                    block.setBoolean(row, column, number != 0);
                }
            }
        }
        String rescued = rescued(reading.rescued());
        if (rescued != null) {
            block.setString(row, RESCUED_DATA, rescued);
        }
    }

    private void rescue(String leaf, Shape.Kind kind, Reading reading, int i) {
        double number = reading.numbers()[i];
        String text = kind == Shape.Kind.TEXT ? reading.texts()[i] : null;
        if (kind == Shape.Kind.TEXT ? text == null : number != number) {
            return;
        }
        json.append(json.length() == 0 ? "{" : ",");
        quote(leaf);
        json.append(':');
        switch (kind) {
            case NUMBER -> json.append(number);
            case FLAG -> json.append(number != 0);
            case TEXT -> quote(text);
        }
    }

    private void quote(String text) {
        json.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        json.append('"');
    }

    /** What the decoder could not place, and behind it what the columns could not hold, as one JSON object. */
    private String rescued(String byDecoder) {
        if (json.length() == 0) {
            return byDecoder;
        }
        json.append('}');
        if (byDecoder == null) {
            return json.toString();
        }
        return byDecoder.substring(0, byDecoder.lastIndexOf('}')) + ',' + json.substring(1);
    }
}
