package dev.tidemark.ui.chart;

import java.util.Objects;

/**
 * What a line of a chart stands for. Immutable.
 *
 * @param key    identity within the chart; keeps visibility and data across refreshes
 * @param label  what the legend shows
 * @param unit   unit of the values, shown in the readout; empty if there is none
 * @param colour index into {@link ChartPalette#series()}; wraps around
 * @param past   whether it is only there to compare with: drawn dashed and pale, without its envelope
 * @param whole  whether its readings are counts, so that an axis between two of them says nothing
 */
public record Series(String key, String label, String unit, int colour, boolean past, boolean whole) {

    /** A line of its own. */
    public Series(String key, String label, String unit, int colour) {
        this(key, label, unit, colour, false);
    }

    /** A line of readings that need not be whole. */
    public Series(String key, String label, String unit, int colour, boolean past) {
        this(key, label, unit, colour, past, false);
    }

    /** @throws NullPointerException if a text is null */
    public Series {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(unit, "unit");
    }
}
