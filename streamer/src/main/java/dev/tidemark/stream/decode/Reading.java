package dev.tidemark.stream.decode;

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
}
