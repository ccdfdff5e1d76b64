package dev.tidemark.stream.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What follows from which leaves a message has: where its device, time and state stand, and what is left as its shape. */
final class Layout {

    private static final int MOST_NAMES = 1_000;

    /** What the message calls the measure of its {@code value}, and the unit; both may be null. */
    private record Named(String measure, String unit) { }

    final int[] keys;
    final int hash;
    /** Leaves by their role; -1 where there is none. */
    final int device;
    final int time;
    final int location;
    final int status;
    /** The leaves that are columns beside the fixed ones. */
    final int[] slots;
    final boolean texts;
    /** Leaves that tell the name and the unit of a measure; -1 where there are none. */
    private final int name;
    private final int unit;
    /** The measure that they tell about, as an index into {@code slots}; -1 if none. */
    private final int named;
    private final List<String> columns;
    private final List<Shape.Kind> kinds;
    private final Shapes shapes;
    private final Map<Named, Shape> byName = new HashMap<>();
    private Named lastNamed;
    private Shape last;

    Layout(Leaves leaves, int hash, Shapes shapes) {
        this.keys = Arrays.copyOf(leaves.keys, leaves.count);
        this.hash = hash;
        this.shapes = shapes;
        device = winner(leaves, Field.Role.DEVICE);
        time = winner(leaves, Field.Role.TIME);
        location = winner(leaves, Field.Role.LOCATION);
        status = winner(leaves, Field.Role.STATUS);
        List<String> columns = new ArrayList<>();
        List<Shape.Kind> kinds = new ArrayList<>();
        int[] slots = new int[leaves.count];
        int value = -1;
        int numbers = 0;
        int lastNumber = -1;
        for (int i = 0; i < leaves.count; i++) {
            if (i == device || i == time || i == location || i == status) {
                continue;
            }
            if (leaves.kinds[i] == Shape.Kind.NUMBER) {
                numbers++;
                lastNumber = columns.size();
                value = leaves.fields[i].role == Field.Role.VALUE ? lastNumber : value;
            }
            slots[columns.size()] = i;
            columns.add(leaves.fields[i].column.name);
            kinds.add(leaves.kinds[i]);
        }
        this.slots = Arrays.copyOf(slots, columns.size());
        this.columns = List.copyOf(columns);
        this.kinds = List.copyOf(kinds);
        this.texts = kinds.contains(Shape.Kind.TEXT);
        this.named = value >= 0 ? value : numbers == 1 ? lastNumber : -1;
        this.name = value >= 0 ? text(leaves, Field.Role.MEASURE) : -1;
        this.unit = named >= 0 ? text(leaves, Field.Role.UNIT) : -1;
    }

    /** The shape of a message that has this layout. */
    Shape shape(Leaves leaves) {
        if (last != null && name < 0 && unit < 0) {
            return last;
        }
        String measure = name < 0 ? null : leaves.text(name);
        String unitText = unit < 0 ? null : leaves.text(unit);
        if (last != null && same(measure, lastNamed.measure) && same(unitText, lastNamed.unit)) {
            return last;
        }
        if (byName.size() == MOST_NAMES) {
            byName.clear();
        }
        lastNamed = new Named(measure, unitText);
        last = byName.computeIfAbsent(lastNamed, this::shape);
        return last;
    }

    private Shape shape(Named by) {
        List<String> measures = new ArrayList<>();
        List<String> units = new ArrayList<>();
        int[] measureLeaf = new int[columns.size()];
        for (int i = 0; i < columns.size(); i++) {
            if (kinds.get(i) == Shape.Kind.NUMBER) {
                measureLeaf[measures.size()] = i;
                boolean isNamed = i == named;
                measures.add(isNamed && by.measure != null && !by.measure.isBlank() ? by.measure.strip() : columns.get(i));
                units.add(isNamed && by.unit != null && !by.unit.isBlank() ? by.unit.strip() : null);
            }
        }
        return shapes.of(new Shape(columns, kinds, Arrays.copyOf(measureLeaf, measures.size()), measures, units));
    }

    private static boolean same(String a, String b) {
        return a == b || a != null && a.equals(b);
    }

    /** The leaf of a role with the lowest rank; -1 if there is none. */
    private static int winner(Leaves leaves, Field.Role role) {
        int best = -1;
        for (int i = 0; i < leaves.count; i++) {
            if (leaves.fields[i].role == role && (best < 0 || leaves.fields[i].rank < leaves.fields[best].rank)) {
                best = i;
            }
        }
        return best;
    }

    private static int text(Leaves leaves, Field.Role role) {
        int leaf = winner(leaves, role);
        return leaf >= 0 && leaves.kinds[leaf] == Shape.Kind.TEXT ? leaf : -1;
    }
}
