package dev.tidemark.stream.pipeline;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.Type.Primitive;
import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.decode.Shape;
import dev.tidemark.stream.table.LakeTables;
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
    private static final int DATE = 9;
    private static final int RESCUED_DATA = 10;

    private static final int RESCUE = -1;
    private static final int MOST_SHAPES = 10_000;

    private final Map<String, Integer> byName = new HashMap<>();
    private final Map<Shape, int[]> mappings = new IdentityHashMap<>();
    private final StringBuilder json = new StringBuilder();
    private Schema schema;

    SilverColumns(Schema schema) {
        grown(schema);
    }

    /** The table has these columns now. */
    void grown(Schema newSchema) {
        schema = newSchema;
        byName.clear();
        mappings.clear();
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

    private int[] mapping(Shape shape) {
        int[] known = mappings.get(shape);
        if (known != null) {
            return known;
        }
        int[] mapping = new int[shape.leaves().size()];
        for (int i = 0; i < mapping.length; i++) {
            int column = byName.getOrDefault(key(shape.leaves().get(i)), RESCUE);
            boolean fits = column >= FIXED && schema.fields().get(column).type().equals(type(shape.kinds().get(i)));
            mapping[i] = fits ? column : RESCUE;
        }
        if (mappings.size() >= MOST_SHAPES) {
            mappings.clear();
        }
        mappings.put(shape, mapping);
        return mapping;
    }

    /** Adds a reading to rows of the present columns. */
    void write(Rows rows, Reading reading, boolean late, String source, String partition, long offset, long ingestedAt) {
        rows.setString(DEVICE, reading.deviceId());
        rows.setLong(EVENT_TIME, reading.eventTime());
        rows.setString(LOCATION, reading.location());
        rows.setString(STATUS, reading.status());
        rows.setBoolean(LATE, late);
        rows.setString(SOURCE, source);
        rows.setString(PARTITION, partition);
        rows.setLong(OFFSET, offset);
        rows.setLong(INGESTED, ingestedAt);
        rows.setLong(DATE, LakeTables.day(reading.eventTime()));
        json.setLength(0);
        Shape shape = reading.shape();
        List<Shape.Kind> kinds = shape.kinds();
        int[] mapping = mapping(shape);
        for (int i = 0; i < mapping.length; i++) {
            if (mapping[i] == RESCUE) {
                rescue(shape.leaves().get(i), kinds.get(i), reading, i);
                continue;
            }
            switch (kinds.get(i)) {
                case NUMBER -> {
                    double number = reading.numbers()[i];
                    if (number == number) {
                        rows.setDouble(mapping[i], number);
                    }
                }
                case FLAG -> {
                    double flag = reading.numbers()[i];
                    if (flag == flag) {
                        rows.setBoolean(mapping[i], flag != 0);
                    }
                }
                case TEXT -> rows.setString(mapping[i], reading.texts()[i]);
            }
        }
        rows.setString(RESCUED_DATA, rescued(reading.rescued()));
        rows.end();
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
