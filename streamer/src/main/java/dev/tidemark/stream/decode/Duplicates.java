package dev.tidemark.stream.decode;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Knows the readings of the last while: same device, same event time, same measures' names is the same reading, and the first one wins.
 * Exact, no false positives. A reading takes about 30 bytes. Not thread-safe.
 */
public final class Duplicates {

    /** Readings are kept apart by the minute, so that forgetting drops whole tables. */
    private static final long SLICE = TimeUnit.MINUTES.toMicros(1);
    private static final int MOST_SHAPES = 10_000;

    private final Map<String, Integer> devices = new HashMap<>();
    private final Map<List<String>, Integer> measureSets = new HashMap<>();
    private final Map<Shape, Integer> shapes = new IdentityHashMap<>();
    private final TreeMap<Long, Slice> slices = new TreeMap<>();
    /** Readings from before the horizon that came since it was set. */
    private Slice old = new Slice();
    private long horizon = Long.MIN_VALUE;
    private long lastMinute;
    private Slice lastSlice;

    public Duplicates() {
    }

    /** Remembers a reading. False if it was known already. */
    public boolean add(Reading reading) {
        long who = (long) devices.computeIfAbsent(reading.deviceId(), device -> devices.size()) << 32 | measures(reading.shape());
        long time = reading.eventTime();
        if (time < horizon) {
            return old.add(time, who);
        }
        long minute = Math.floorDiv(time, SLICE);
        if (lastSlice == null || minute != lastMinute) {
            lastMinute = minute;
            lastSlice = slices.computeIfAbsent(minute, key -> new Slice());
        }
        return lastSlice.add(time, who);
    }

    /**
     * Forgets readings whose event time lies before {@code horizon} (microseconds). A horizon that lies before an earlier one changes
     * nothing.
     */
    public void forgetBefore(long horizon) {
        if (horizon <= this.horizon) {
            return;
        }
        this.horizon = horizon;
        old = new Slice();
        // What the slice of the horizon holds from before it is not found any more, because such readings are looked up among the old.
        slices.headMap(Math.floorDiv(horizon, SLICE)).clear();
        lastSlice = null;
        if (slices.isEmpty()) {
            devices.clear();
            measureSets.clear();
            shapes.clear();
        }
    }

    /** How many it remembers. */
    public int size() {
        long size = old.size;
        for (Map.Entry<Long, Slice> slice : slices.entrySet()) {
            size += slice.getKey() * SLICE >= horizon ? slice.getValue().size : slice.getValue().countFrom(horizon);
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    private int measures(Shape shape) {
        Integer known = shapes.get(shape);
        if (known == null) {
            if (shapes.size() == MOST_SHAPES) {
                shapes.clear();
            }
            known = measureSets.computeIfAbsent(shape.measures().stream().sorted().distinct().toList(), set -> measureSets.size());
            shapes.put(shape, known);
        }
        return known;
    }

    /** A set of pairs of longs, with open addressing. */
    private static final class Slice {

        private static final long FREE = -1;

        /** Time and device with measures by turns; the latter is never below zero. */
        private long[] pairs = free(16);
        private int size;

        boolean add(long time, long who) {
            int at = find(time, who);
            if (pairs[at + 1] != FREE) {
                return false;
            }
            pairs[at] = time;
            pairs[at + 1] = who;
            if (++size * 3L > pairs.length) {
                long[] before = pairs;
                pairs = free(before.length * 2);
                for (int i = 0; i < before.length; i += 2) {
                    if (before[i + 1] != FREE) {
                        int to = find(before[i], before[i + 1]);
                        pairs[to] = before[i];
                        pairs[to + 1] = before[i + 1];
                    }
                }
            }
            return true;
        }

        int countFrom(long time) {
            int count = 0;
            for (int i = 0; i < pairs.length; i += 2) {
                count += pairs[i + 1] != FREE && pairs[i] >= time ? 1 : 0;
            }
            return count;
        }

        private int find(long time, long who) {
            long hash = (time * 0x9E3779B97F4A7C15L ^ who) * 0xBF58476D1CE4E5B9L;
            int at = (int) (hash >>> 32) & pairs.length - 2;
            while (pairs[at + 1] != FREE && (pairs[at] != time || pairs[at + 1] != who)) {
                at = at + 2 & pairs.length - 2;
            }
            return at;
        }

        private static long[] free(int length) {
            long[] pairs = new long[length];
            Arrays.fill(pairs, FREE);
            return pairs;
        }
    }
}
