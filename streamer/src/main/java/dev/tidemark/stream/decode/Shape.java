package dev.tidemark.stream.decode;

import java.util.List;

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
}
