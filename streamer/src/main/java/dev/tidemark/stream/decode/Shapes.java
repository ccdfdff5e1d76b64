package dev.tidemark.stream.decode;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The layouts and shapes seen, so that the same is found again without making it anew. Bounded; not thread-safe. */
final class Shapes {

    private static final int MOST = 1 << 14;

    private record Key(List<String> leaves, List<Shape.Kind> kinds, List<String> measures, List<String> units) { }

    private Layout[] layouts = new Layout[64];
    private int size;
    private final Map<Key, Shape> shapes = new HashMap<>();

    /** The layout of the message at hand. */
    Layout of(Leaves leaves) {
        int hash = leaves.count;
        for (int i = 0; i < leaves.count; i++) {
            hash = hash * 31 + leaves.keys[i];
        }
        int slot = slot(leaves.keys, leaves.count, hash);
        if (layouts[slot] == null) {
            if (size == MOST) {
                layouts = new Layout[64];
                size = 0;
            } else if (++size * 2 > layouts.length) {
                Layout[] old = layouts;
                layouts = new Layout[old.length * 2];
                for (Layout layout : old) {
                    if (layout != null) {
                        layouts[slot(layout.keys, layout.keys.length, layout.hash)] = layout;
                    }
                }
            }
            slot = slot(leaves.keys, leaves.count, hash);
            layouts[slot] = new Layout(leaves, hash, this);
        }
        return layouts[slot];
    }

    private int slot(int[] keys, int count, int hash) {
        int slot = (hash ^ hash >>> 15) & layouts.length - 1;
        while (layouts[slot] != null && !(layouts[slot].hash == hash
                && Arrays.equals(layouts[slot].keys, 0, layouts[slot].keys.length, keys, 0, count))) {
            slot = slot + 1 & layouts.length - 1;
        }
        return slot;
    }

    /** The one instance of a shape. */
    Shape of(Shape shape) {
        if (shapes.size() == MOST) {
            shapes.clear();
        }
        return shapes.computeIfAbsent(new Key(shape.leaves(), shape.kinds(), shape.measures(), shape.units()), key -> shape);
    }
}
