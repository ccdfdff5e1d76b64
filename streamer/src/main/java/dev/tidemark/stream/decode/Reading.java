package dev.tidemark.stream.decode;

import java.util.function.IntPredicate;

/**
 * One accepted message.
 *
 * @param deviceId  the device, never null
 * @param eventTime when it was measured, microseconds since 1970-01-01T00:00Z
 * @param location  null if unknown
 * @param status    the device's own word for its state; null if it gave none
 * @param shape     which leaves there are
 * @param numbers   leaf → number, or 1 and 0 for a flag; NaN where the leaf is null or text
 * @param texts     leaf → text; null where the leaf is null or no text; the array is null if no leaf is text
 * @param rescued   JSON text of fields that fit no column; null if there are none
 */
public record Reading(String deviceId, long eventTime, String location, String status, Shape shape, double[] numbers,
                      String[] texts, String rescued) {

    /** A leaf's value as JSON text: what goes into {@code _rescued_data} if the leaf does not fit its column. Null if the leaf is null. */
    public String json(int leaf) {
        return switch (shape.kinds().get(leaf)) {
            case NUMBER -> Double.isFinite(numbers[leaf]) ? Double.toString(numbers[leaf]) : null;
            case FLAG -> numbers[leaf] != 0 ? "true" : "false";
            case TEXT -> texts[leaf] == null ? null : JsonQuote.append(new StringBuilder(), texts[leaf]).toString();
        };
    }

    /**
     * {@link #rescued()} with more leaves.
     *
     * @param misfits which leaves do not fit their columns
     * @return a JSON object, or null if there is nothing to rescue
     */
    public String rescued(IntPredicate misfits) {
        StringBuilder object = new StringBuilder(rescued == null ? "{" : rescued.substring(0, rescued.length() - 1));
        for (int leaf = 0; leaf < shape.leaves().size(); leaf++) {
            String json = misfits.test(leaf) ? json(leaf) : null;
            if (json != null) {
                JsonQuote.append(object.length() > 1 ? object.append(',') : object, shape.leaves().get(leaf)).append(':').append(json);
            }
        }
        return object.length() == 1 ? null : object.append('}').toString();
    }
}
