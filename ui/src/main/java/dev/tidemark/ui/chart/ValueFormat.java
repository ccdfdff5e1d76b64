package dev.tidemark.ui.chart;

import java.util.Locale;

/** Writes values of one axis alike: the same decimals, the same SI suffix. Immutable. */
final class ValueFormat {

    private static final String SUFFIXES = "kMGTPE";

    private final double scale;
    private final String suffix;
    private final String pattern;

    private ValueFormat(double scale, String suffix, String pattern) {
        this.scale = scale;
        this.suffix = suffix;
        this.pattern = pattern;
    }

    /** For the ticks of an axis: from 10,000 on with a suffix. */
    static ValueFormat ofTicks(ValueAxis.Range range) {
        double largest = Math.max(Math.abs(range.low()), Math.abs(range.high()));
        int thousands = largest < 10_000 ? 0 : (int) Math.floor(Math.log10(largest) / 3 + 1e-12);
        int plain = decimals(range.step());
        if (thousands > SUFFIXES.length() || plain > 6) {
            return new ValueFormat(1, "", "%." + decimals(range.step() / largest) + "e");
        }
        double scale = Math.pow(1000, thousands);
        int decimals = decimals(range.step() / scale);
        return thousands == 0 || decimals > 3 ? new ValueFormat(1, "", "%." + plain + "f")
                : new ValueFormat(scale, SUFFIXES.substring(thousands - 1, thousands), "%." + decimals + "f");
    }

    /** For single values read off an axis: two digits finer than its step, in full. */
    static ValueFormat ofReadings(ValueAxis.Range range) {
        double largest = Math.max(Math.abs(range.low()), Math.abs(range.high()));
        int decimals = decimals(range.step() / 100);
        return new ValueFormat(1, "", largest >= 1e15 || decimals > 9 ? "%.5e" : "%,." + decimals + "f");
    }

    /** The value as text, thousands apart by a thin space, with a true minus sign. */
    String format(double value) {
        if (value == 0 && !suffix.isEmpty()) {
            return "0";
        }
        return String.format(Locale.ROOT, pattern, value / scale + 0.0).replace('-', '\u2212').replace(',', '\u2009') + suffix;
    }

    private static int decimals(double step) {
        return Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    }
}
