package dev.tidemark.stream.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * What a payload consists of: the leaves beside the fixed columns, and which of them are measures. Readings of the same kind share one
 * instance (see {@link Decoder}), so that it can be compared by identity and looked up once for many readings.
 *
 * @param leaves       column names of {@code silver/readings}, in the payload's order
 * @param kinds        what each leaf holds
 * @param measureLeaf  measure → index into {@code leaves}
 * @param measures     measure → its name (the leaf's, or what {@code device_type}/{@code measure} says of {@code value})
 * @param units        measure → its unit; null where unknown
 */
public record Shape(List<String> leaves, List<Kind> kinds, int[] measureLeaf, List<String> measures, List<String> units) {

    /** What a leaf holds. */
    public enum Kind { NUMBER, FLAG, TEXT }

    /**
     * The shape of leaves that come back from {@code silver/readings}: its measures are called as the {@link Decoder} called them.
     *
     * @param leaves columns that have a value
     * @param text   leaf → its text, asked only for leaves of kind TEXT
     */
    public static Shape of(List<String> leaves, List<Kind> kinds, IntFunction<String> text) {
        int value = -1;
        int numbers = 0;
        int lastNumber = -1;
        for (int i = 0; i < leaves.size(); i++) {
            if (kinds.get(i) == Kind.NUMBER) {
                numbers++;
                lastNumber = i;
                value = leaves.get(i).equalsIgnoreCase("value") ? i : value;
            }
        }
        int named = value >= 0 ? value : numbers == 1 ? lastNumber : -1;
        String measure = value >= 0 ? text(leaves, kinds, Field.MEASURE_NAMES, text) : null;
        String unit = named >= 0 ? text(leaves, kinds, List.of("unit"), text) : null;
        List<String> measures = new ArrayList<>();
        List<String> units = new ArrayList<>();
        int[] measureLeaf = new int[numbers];
        for (int i = 0; i < leaves.size(); i++) {
            if (kinds.get(i) == Kind.NUMBER) {
                measureLeaf[measures.size()] = i;
                measures.add(i == named && measure != null ? measure : leaves.get(i));
                units.add(i == named ? unit : null);
            }
        }
        return new Shape(List.copyOf(leaves), List.copyOf(kinds), Arrays.copyOf(measureLeaf, numbers), measures, units);
    }

    /** The text of the leaf that goes by the first of these names; null if it is none, or blank. */
    private static String text(List<String> leaves, List<Kind> kinds, List<String> names, IntFunction<String> text) {
        for (String name : names) {
            for (int i = 0; i < leaves.size(); i++) {
                if (leaves.get(i).toLowerCase(Locale.ROOT).equals(name)) {
                    String found = kinds.get(i) == Kind.TEXT ? text.apply(i) : null;
                    return found == null || found.isBlank() ? null : found.strip();
                }
            }
        }
        return null;
    }
}
