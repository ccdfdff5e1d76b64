package dev.tidemark.stream.decode;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds to readings what their messages lack and reference data knows: location and units. What a message says itself stays. Applied again it changes nothing.
 * Shapes with units are made once and shared, like those of the {@link Decoder}. Not thread-safe.
 */
public final class Enrichment {

    private static final int MOST_SHAPES = 10_000;

    private final Reference reference;
    private final Map<Shape, Map<Map<String, String>, Shape>> shapes = new IdentityHashMap<>();
    private int made;

    public Enrichment(Reference reference) {
        this.reference = reference;
    }

    /** The reference data it adds. */
    public Reference reference() {
        return reference;
    }

    /** A reading with all that is known; the same if there is nothing to add. */
    public Reading apply(Reading reading) {
        Reference.Device device = reference.device(reading.deviceId());
        if (device == null) {
            return reading;
        }
        String location = reading.location() == null ? device.location() : reading.location();
        Shape shape = device.units().isEmpty() ? reading.shape() : shape(reading.shape(), device.units());
        return location == reading.location() && shape == reading.shape() ? reading
                : new Reading(reading.deviceId(), reading.eventTime(), location, reading.status(), shape, reading.numbers(), reading.texts(), reading.rescued());
    }

    private Shape shape(Shape plain, Map<String, String> units) {
        Map<Map<String, String>, Shape> byUnits = shapes.computeIfAbsent(plain, s -> new IdentityHashMap<>());
        Shape shape = byUnits.get(units);
        if (shape == null) {
            if (++made > MOST_SHAPES) {
                shapes.clear();
                made = 0;
            }
            shape = with(plain, units);
            byUnits.put(units, shape);
        }
        return shape;
    }

    private static Shape with(Shape plain, Map<String, String> units) {
        List<String> all = new ArrayList<>(plain.units());
        boolean added = false;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) == null) {
                String measure = plain.measures().get(i);
                all.set(i, units.containsKey(measure) ? units.get(measure) : units.get(null));
                added |= all.get(i) != null;
            }
        }
        return added ? new Shape(plain.leaves(), plain.kinds(), plain.measureLeaf(), plain.measures(), all) : plain;
    }
}
