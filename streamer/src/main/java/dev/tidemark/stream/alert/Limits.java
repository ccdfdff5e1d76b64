package dev.tidemark.stream.alert;

/** Limits that belong to single devices, from reference data. They go before those of the rules. Used by the pipeline's thread. */
public interface Limits {

    /** No device has limits of its own. */
    Limits NONE = (device, measure) -> null;

    /**
     * What a measure of a device should keep within.
     *
     * @param low  NaN if there is no lower limit
     * @param high NaN if there is no upper limit
     * @param unit of the limits; null if it is the readings'
     */
    record Range(double low, double high, String unit) {
    }

    /** The limits of a measure of a device; null if it has none. */
    Range of(String device, String measure);

    /** Another number after the limits have changed. */
    default long version() {
        return 0;
    }
}
