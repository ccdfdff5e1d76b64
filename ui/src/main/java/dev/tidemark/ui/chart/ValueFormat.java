package dev.tidemark.ui.chart;

import java.util.Locale;

/** Writes values of one axis alike: the same decimals, the same SI suffix. Immutable. */
final class ValueFormat {

    private static final String SUFFIXES = "kMGTPE";

    private final double scale;
    private final int decimals;
    private final String suffix;
    private final boolean scientific;

    private ValueFormat(double scale, int decimals, String suffix, boolean scientific) {
        this.scale = scale;
        this.decimals = decimals;
        this.suffix = suffix;
        this.scientific = scientific;
    }

    /** For the ticks of an axis: from 10,000 on with a suffix. */
    static ValueFormat ofTicks(ValueAxis.Range range) {
        double largest = Math.max(Math.abs(range.low()), Math.abs(range.high()));
        int thousands = largest < 10_000 ? 0 : (int) Math.floor(Math.log10(largest) / 3 + 1e-12);
        int plain = decimals(range.step());
        if (thousands > SUFFIXES.length() || plain > 6) {
            return new ValueFormat(1, Math.max(0, decimals(range.step() / largest)), "", true);
        }
        double scale = Math.pow(1000, thousands);
        int decimals = decimals(range.step() / scale);
        return thousands == 0 || decimals > 3 ? new ValueFormat(1, plain, "", false)
                : new ValueFormat(scale, decimals, SUFFIXES.substring(thousands - 1, thousands), false);
    }

    /** For single values read off an axis: two digits finer than its step, in full. */
    static ValueFormat ofReadings(ValueAxis.Range range) {
        double largest = Math.max(Math.abs(range.low()), Math.abs(range.high()));
        int decimals = decimals(range.step() / 100);
        return largest >= 1e15 || decimals > 9 ? new ValueFormat(1, 5, "", true) : new ValueFormat(1, decimals, "", false);
    }

    String format(double value) {
        if (value == 0) {
            return scientific || !suffix.isEmpty() ? "0" : String.format(Locale.ROOT, "%." + decimals + "f", 0.0);
        }
        return String.format(Locale.ROOT, "%." + decimals + (scientific ? "e" : "f"), value / scale).replace('-', '\u2212') + suffix;
    }

    private static int decimals(double step) {
        return Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    }
}
