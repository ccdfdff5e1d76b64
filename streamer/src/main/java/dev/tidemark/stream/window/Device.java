package dev.tidemark.stream.window;

import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.decode.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * One device at one location: its measures, numbered, and its part in each open window. What a payload's leaves mean is worked out
 * once for each {@link Shape}, so that adding a reading touches arrays only.
 */
final class Device {

    private static final int MOST_SHAPES = 64;

    /** By id, then location; a device without a location first. */
    static final Comparator<Device> ORDER = Comparator.comparing((Device device) -> device.id)
            .thenComparing(device -> device.location, Comparator.nullsFirst(Comparator.naturalOrder()));

    final String id;
    final String location;

    /** The same device at another location, or null. */
    Device elsewhere;

    private final List<List<Part>> parts = new ArrayList<>();
    private final List<String> measures = new ArrayList<>();
    private final Map<Shape, Mapping> mappings = new IdentityHashMap<>();
    private Mapping newest = new Mapping(null, new int[0], new int[0], new String[0]);
    private Integer[] byName = new Integer[0];
    private int open;

    Device(String id, String location, int specs) {
        this.id = id;
        this.location = location;
        for (int i = 0; i < specs; i++) {
            parts.add(new ArrayList<>(2));
        }
    }

    /** This device's part in one window: an aggregate for each measure it had there. */
    static final class Part {

        final Device device;
        private final long start;
        private Aggregate[] aggregates;

        private Part(Device device, long start) {
            this.device = device;
            this.start = start;
            this.aggregates = new Aggregate[device.measures.size()];
        }

        void add(Mapping mapping, Reading reading) {
            double[] numbers = reading.numbers();
            long time = reading.eventTime();
            for (int i = 0; i < mapping.leaf.length; i++) {
                double value = numbers[mapping.leaf[i]];
                if (value == value) {
                    Aggregate aggregate = aggregate(mapping.measure[i]);
                    aggregate.add(value, time);
                    aggregate.unit(mapping.unit[i]);
                }
            }
        }

        private Aggregate aggregate(int measure) {
            if (measure >= aggregates.length) {
                aggregates = Arrays.copyOf(aggregates, device.measures.size());
            }
            Aggregate aggregate = aggregates[measure];
            if (aggregate == null) {
                aggregate = new Aggregate();
                aggregates[measure] = aggregate;
            }
            return aggregate;
        }

        /** The aggregate of the device's measure with this number; null if there is none in this window. */
        Aggregate get(int measure) {
            return measure < aggregates.length ? aggregates[measure] : null;
        }
    }

    /** Where the measures of a shape stand: leaf in the reading, number in the device, unit. */
    record Mapping(Shape shape, int[] leaf, int[] measure, String[] unit) {
    }

    /** What the leaves of a shape are to this device. */
    Mapping mapping(Shape shape) {
        if (newest.shape != shape) {
            if (mappings.size() >= MOST_SHAPES) {
                mappings.clear();
            }
            newest = mappings.computeIfAbsent(shape, this::map);
        }
        return newest;
    }

    private Mapping map(Shape shape) {
        int[] numbers = new int[shape.measures().size()];
        for (int i = 0; i < numbers.length; i++) {
            String name = shape.measures().get(i);
            numbers[i] = measures.indexOf(name);
            if (numbers[i] < 0) {
                numbers[i] = measures.size();
                measures.add(name);
            }
        }
        return new Mapping(shape, shape.measureLeaf(), numbers, shape.units().toArray(String[]::new));
    }

    /** The part in the window of the spec with this number that starts then; null if there is none yet. */
    Part find(int spec, long start) {
        List<Part> known = parts.get(spec);
        int i = position(known, start);
        return i >= 0 ? known.get(i) : null;
    }

    /** Begins a part; there must be none yet. */
    Part begin(int spec, long start) {
        List<Part> known = parts.get(spec);
        Part part = new Part(this, start);
        known.add(-position(known, start) - 1, part);
        open++;
        return part;
    }

    /** Forgets a part. Returns whether the device has none left. */
    boolean end(int spec, long start) {
        List<Part> known = parts.get(spec);
        known.remove(position(known, start));
        return --open == 0;
    }

    private static int position(List<Part> sorted, long start) {
        int high = sorted.size() - 1;
        if (high >= 0 && sorted.get(high).start <= start) {
            return sorted.get(high).start == start ? high : -high - 2;
        }
        int low = 0;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long there = sorted.get(middle).start;
            if (there == start) {
                return middle;
            }
            if (there < start) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    /** Numbers of the measures, in the order of their names. */
    Integer[] measuresByName() {
        if (byName.length != measures.size()) {
            byName = new Integer[measures.size()];
            Arrays.setAll(byName, i -> i);
            Arrays.sort(byName, Comparator.comparing(measures::get));
        }
        return byName;
    }

    String measure(int number) {
        return measures.get(number);
    }
}
