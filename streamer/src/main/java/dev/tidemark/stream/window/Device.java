package dev.tidemark.stream.window;

import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.decode.Shape;
import dev.tidemark.stream.state.StateReader;
import dev.tidemark.stream.state.StateWriter;

import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * One device at one location, and its part in each open window. What a payload's leaves mean is worked out once for each {@link Shape}, so
 * that adding a reading touches arrays only.
 */
final class Device extends Subject {

    private static final int MOST_SHAPES = 64;

    /** By id, then location; a device without a location first. */
    static final Comparator<Device> ORDER = Comparator.comparing((Device device) -> device.deviceId)
            .thenComparing(device -> device.location, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** Null if its location is not known. */
    final Location place;

    /** The same device at another location, or null. */
    Device elsewhere;

    /** Specification → its newest part there; null if there is none. */
    private final Part[] newest;
    private Map<Shape, Mapping> mappings;
    private Mapping lastMapping = new Mapping(null, new int[0], new int[0], new String[0]);
    private int[] atLocation = new int[0];

    Device(String id, Location place, int specs) {
        super(WindowRow.DEVICE, id, place == null ? null : place.location, specs);
        this.place = place;
        this.newest = new Part[specs];
    }

    /** This device's part in one window: an aggregate for each measure it had there. */
    static final class Part {

        final Device device;
        final long start;
        private Part older;
        private Aggregate[] aggregates;

        private Part(Device device, long start, Part older) {
            this.device = device;
            this.start = start;
            this.older = older;
            this.aggregates = new Aggregate[device.measures()];
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
                aggregates = Arrays.copyOf(aggregates, device.measures());
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

        private void write(StateWriter out) {
            out.number(start);
            out.number(aggregates.length);
            for (Aggregate aggregate : aggregates) {
                out.bool(aggregate != null);
                if (aggregate != null) {
                    aggregate.write(out);
                }
            }
        }

        private void read(StateReader in) {
            for (int i = 0, count = in.count(1); i < count; i++) {
                if (in.bool()) {
                    int measure = i;
                    aggregates = measure < aggregates.length ? aggregates : Arrays.copyOf(aggregates, measure + 1);
                    aggregates[measure] = Aggregate.read(in);
                }
            }
        }
    }

    /** Where the measures of a shape stand: leaf in the reading, number in the device, unit. */
    record Mapping(Shape shape, int[] leaf, int[] measure, String[] unit) {
    }

    /** What the leaves of a shape are to this device. */
    Mapping mapping(Shape shape) {
        if (lastMapping.shape != shape) {
            lastMapping = mappingSeldomUsed(shape);
        }
        return lastMapping;
    }

    private Mapping mappingSeldomUsed(Shape shape) {
        if (lastMapping.shape == null) {
            return map(shape);
        }
        // Most devices have one shape only.
        if (mappings == null) {
            mappings = new IdentityHashMap<>();
        } else if (mappings.size() >= MOST_SHAPES) {
            mappings.clear();
        }
        mappings.put(lastMapping.shape, lastMapping);
        Mapping known = mappings.get(shape);
        return known == null ? map(shape) : known;
    }

    private Mapping map(Shape shape) {
        int[] numbers = shape.measures().stream().mapToInt(this::number).toArray();
        return new Mapping(shape, shape.measureLeaf(), numbers, shape.units().toArray(String[]::new));
    }

    /** The number that its location has for a measure. */
    int atLocation(int measure) {
        if (measure >= atLocation.length) {
            int known = atLocation.length;
            atLocation = Arrays.copyOf(atLocation, measures());
            for (int i = known; i < atLocation.length; i++) {
                atLocation[i] = place.number(measure(i));
            }
        }
        return atLocation[measure];
    }

    /** The part in the window of the spec with this number that starts then; null if there is none yet. */
    Part find(int spec, long start) {
        Part part = newest[spec];
        while (part != null && part.start > start) {
            part = part.older;
        }
        return part != null && part.start == start ? part : null;
    }

    /** Begins a part; there must be none yet. */
    Part begin(int spec, long start) {
        opened();
        Part newer = null;
        Part older = newest[spec];
        while (older != null && older.start > start) {
            newer = older;
            older = older.older;
        }
        Part part = new Part(this, start, older);
        link(spec, newer, part);
        return part;
    }

    /** Forgets a part. */
    void end(int spec, Part gone) {
        Part newer = null;
        for (Part part = newest[spec]; part != gone; part = part.older) {
            newer = part;
        }
        link(spec, newer, gone.older);
        ended();
    }

    private void link(int spec, Part newer, Part part) {
        if (newer == null) {
            newest[spec] = part;
        } else {
            newer.older = part;
        }
    }

    @Override
    void write(StateWriter out) {
        super.write(out);
        for (Part part : newest) {
            int count = 0;
            for (Part each = part; each != null; each = each.older) {
                count++;
            }
            out.number(count);
            for (Part each = part; each != null; each = each.older) {
                each.write(out);
            }
        }
    }

    /** @param begun hears of each part read, with the number of its specification */
    void read(StateReader in, SessionsRead due, PartRead begun) {
        read(in, due);
        for (int spec = 0; spec < newest.length; spec++) {
            for (int i = in.count(12); i > 0; i--) {
                Part part = begin(spec, in.longNumber());
                part.read(in);
                begun.accept(spec, part);
            }
        }
    }

    /** Takes parts that were read. */
    interface PartRead {
        void accept(int spec, Part part);
    }
}
