package dev.tidemark.stream.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.Type.Primitive;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;
import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.decode.Shape;
import dev.tidemark.stream.reference.ReferenceHistory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Readings back from rows of {@code silver/readings}, as far as windows, alerts and duplicates need them: device, event time, location, status and measures. Readings of
 * the same kind share a shape. Not thread-safe.
 */
final class SilverReader {

    private static final List<String> FIXED = List.of("device_id", "event_time", "location", "status", "source", "partition", "offset", "ingested_at", "_rescued_data");
    /** Texts that have a say in what a measure is called. */
    private static final Set<String> NAMING = Set.of("measure", "device_type", "unit");

    /** The name of a leaf that a row does not have. */
    private static final String ABSENT = "";

    private final ReferenceHistory references;
    private final ObjectMapper json = new ObjectMapper();
    private final List<String> leaves = new ArrayList<>();
    private final List<Shape.Kind> kinds = new ArrayList<>();
    private final int[] naming;
    private final Map<Key, Shape> shapes = new HashMap<>();

    private Batch batch;
    private Column.Strings device;
    private Column.Longs eventTime;
    private Column.Strings location;
    private Column.Strings status;
    private Column.Strings rescued;
    private Column.Longs ingested;
    private Column[] columns;

    private record Key(BitSet present, List<String> naming) {
    }

    /** @param references what windows need to know beside the table: units */
    SilverReader(Schema schema, ReferenceHistory references) {
        this.references = references;
        for (Schema.Field field : schema.fields().subList(SilverColumns.FIXED, schema.fields().size())) {
            if (field.type() instanceof Primitive type && kind(type) != null) {
                leaves.add(field.name());
                kinds.add(kind(type));
            }
        }
        naming = IntStream.range(0, leaves.size())
                .filter(i -> kinds.get(i) == Shape.Kind.TEXT && NAMING.contains(leaves.get(i).toLowerCase(Locale.ROOT))).toArray();
    }

    private static Shape.Kind kind(Type type) {
        return type == Primitive.DOUBLE ? Shape.Kind.NUMBER : type == Primitive.BOOLEAN ? Shape.Kind.FLAG : type == Primitive.STRING ? Shape.Kind.TEXT : null;
    }

    /** The columns that a scan must bring. */
    List<String> columns() {
        List<String> all = new ArrayList<>(FIXED);
        all.addAll(leaves);
        return all;
    }

    /** The reading in a row of a batch with {@link #columns()}. */
    Reading reading(Batch from, int row) {
        if (batch != from) {
            open(from);
        }
        String rest = rescued.get(row);
        BitSet present = new BitSet(columns.length);
        double[] numbers = new double[columns.length];
        Arrays.fill(numbers, Double.NaN);
        for (int i = 0; i < columns.length; i++) {
            if (!columns[i].isNull(row)) {
                present.set(i);
                if (columns[i] instanceof Column.Doubles doubles) {
                    numbers[i] = doubles.values()[row];
                }
            }
        }
        Reading reading = rest == null ? whole(row, present, numbers) : mended(row, present, numbers, rest);
        return references.at(ingested.values()[row]).apply(reading);
    }

    private void open(Batch from) {
        batch = from;
        device = from.strings("device_id");
        eventTime = from.longs("event_time");
        location = from.strings("location");
        status = from.strings("status");
        rescued = from.strings("_rescued_data");
        ingested = from.longs("ingested_at");
        columns = leaves.stream().map(from::column).toArray(Column[]::new);
    }

    private Reading whole(int row, BitSet present, double[] numbers) {
        List<String> texts = naming.length == 0 ? List.of()
                : Arrays.stream(naming).mapToObj(i -> String.valueOf(((Column.Strings) columns[i]).get(row))).toList();
        Shape shape = shapes.computeIfAbsent(new Key(present, texts), key -> {
            Shape some = Shape.of(present.stream().mapToObj(leaves::get).toList(), present.stream().mapToObj(kinds::get).toList(), i -> text(nth(present, i), row));
            return spread(some, present.stream().toArray());
        });
        return new Reading(device.get(row), eventTime.values()[row], location.get(row), status.get(row), shape, numbers, null, null);
    }

    private static int nth(BitSet set, int n) {
        return set.stream().skip(n).findFirst().orElseThrow();
    }

    private String text(int leaf, int row) {
        return ((Column.Strings) columns[leaf]).get(row);
    }

    /** The same shape over all columns of the table, so that a row's numbers need not be moved together. */
    private Shape spread(Shape shape, int[] places) {
        int[] measureLeaf = Arrays.stream(shape.measureLeaf()).map(leaf -> places[leaf]).toArray();
        String[] present = new String[leaves.size()];
        Arrays.fill(present, ABSENT);
        for (int place : places) {
            present[place] = leaves.get(place);
        }
        return new Shape(List.of(present), List.copyOf(kinds), measureLeaf, shape.measures(), shape.units());
    }

    /** A row of which some leaves did not fit their columns: they stand in the rescued data. */
    private Reading mended(int row, BitSet present, double[] numbers, String rest) {
        List<String> names = new ArrayList<>();
        List<Shape.Kind> mendedKinds = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        present.stream().forEach(i -> {
            names.add(leaves.get(i));
            mendedKinds.add(kinds.get(i));
            texts.add(kinds.get(i) == Shape.Kind.TEXT ? text(i, row) : null);
            values.add(numbers[i]);
        });
        for (Map.Entry<String, JsonNode> field : parse(rest).properties()) {
            JsonNode value = field.getValue();
            if (value.isValueNode() && !value.isNull() && names.stream().noneMatch(field.getKey()::equalsIgnoreCase)) {
                names.add(field.getKey());
                mendedKinds.add(value.isNumber() ? Shape.Kind.NUMBER : value.isBoolean() ? Shape.Kind.FLAG : Shape.Kind.TEXT);
                texts.add(value.isTextual() ? value.textValue() : null);
                values.add(value.isNumber() ? value.doubleValue() : Double.NaN);
            }
        }
        Shape shape = Shape.of(names, mendedKinds, texts::get);
        return new Reading(device.get(row), eventTime.values()[row], location.get(row), status.get(row), shape,
                values.stream().mapToDouble(Double::doubleValue).toArray(), null, null);
    }

    private JsonNode parse(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            return json.createObjectNode();
        }
    }
}
