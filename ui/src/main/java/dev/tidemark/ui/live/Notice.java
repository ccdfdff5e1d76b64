package dev.tidemark.ui.live;

/**
 * Something that is not as it should be while data is shown.
 *
 * @param kind which of the things an operator must tell apart
 * @param text for the operator: what, and since when
 */
public record Notice(Kind kind, String text) {

    /** What is wrong. */
    public enum Kind { SENSOR_SILENT, PIPELINE_STALLED, CANNOT_READ, SCHEMA_CHANGED, ATTENTION }
}
