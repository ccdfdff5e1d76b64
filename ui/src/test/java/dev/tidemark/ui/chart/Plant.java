package dev.tidemark.ui.chart;

import java.util.Random;

/** Made-up, repeatable data for tests, pictures and benchmarks. */
public final class Plant {

    /** 2026-11-21T05:24:09Z. */
    public static final long NOW = 1_795_238_649_000_000L;
    public static final long SECOND = 1_000_000L;
    public static final long MINUTE = 60 * SECOND;
    public static final long HOUR = 60 * MINUTE;
    public static final long DAY = 24 * HOUR;

    private Plant() { }

    /** A slowly wandering value: {@code n} samples up to {@code end}. */
    public static SeriesData wander(long seed, int n, long spacing, long end, double base, double swing, double noise) {
        Random random = new Random(seed);
        long[] time = new long[n];
        double[] value = new double[n];
        double slow = 0;
        double fast = 0;
        for (int i = 0; i < n; i++) {
            slow += random.nextGaussian() * 0.06 - slow * 0.004;
            fast += random.nextGaussian() * 0.4 - fast * 0.2;
            time[i] = end - (n - 1L - i) * spacing;
            value[i] = base + swing * (slow + 0.3 * Math.sin(i * 9.0 / n)) + noise * fast;
        }
        return SeriesData.of(spacing, time, value, null, null, null);
    }

    /** Windows with envelope and count, a few missing in the middle, and a provisional end. */
    public static SeriesData windows(long seed, int n, long spacing, long end, double base, double swing, int gapFrom, int gapTo,
                                     int provisional) {
        SeriesData shape = wander(seed, n, spacing, end, base, swing, swing * 0.05);
        Random random = new Random(seed + 1);
        SeriesWriter writer = new SeriesWriter(spacing);
        long[] time = new long[provisional];
        double[][] tail = new double[3][provisional];
        long[] count = new long[provisional];
        for (int i = 0; i < n; i++) {
            double down = swing * (0.10 + 0.25 * random.nextDouble());
            double up = swing * (0.10 + 0.35 * random.nextDouble());
            int open = i - (n - provisional);
            if (open >= 0) {
                time[open] = shape.time(i);
                tail[0][open] = shape.value(i);
                tail[1][open] = shape.value(i) - down / 2;
                tail[2][open] = shape.value(i) + up / 2;
                count[open] = 20;
            } else if (i < gapFrom || i >= gapTo) {
                writer.append(shape.time(i), shape.value(i), shape.value(i) - down, shape.value(i) + up, 58 + random.nextInt(4));
            }
        }
        writer.provisional(time, tail[0], tail[1], tail[2], count);
        return writer.snapshot();
    }
}
