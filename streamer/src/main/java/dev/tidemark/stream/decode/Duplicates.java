package dev.tidemark.stream.decode;

import dev.tidemark.stream.state.StatePart;
import dev.tidemark.stream.state.StateReader;
import dev.tidemark.stream.state.StateWriter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Knows the readings of the last while: same device, same event time, same measures' names is the same reading, and the first one wins.
 * Exact, no false positives. A reading takes about 16 bytes. Not thread-safe.
 */
public final class Duplicates implements StatePart {

    /** Readings are kept apart by the minute, so that forgetting drops whole tables. */
    private static final long SLICE = TimeUnit.MINUTES.toMicros(1);
    /** Bits that hold the microseconds of a minute. */
    private static final int TIME_BITS = 26;
    private static final int MOST_SHAPES = 10_000;
    private static final int[] NOBODY = {};

    private final long span;
    /** Device → set of measures → the two's number + 1, 0 if there is none. */
    private final Map<String, int[]> devices = new HashMap<>();
    private int pairs;
    private final Map<List<String>, Integer> measureSets = new HashMap<>();
    private final Map<Shape, Integer> shapes = new IdentityHashMap<>();
    private final TreeMap<Long, Slice> slices = new TreeMap<>();
    private long horizon = Long.MIN_VALUE;
    private long lastMinute;
    private Slice lastSlice;

    /** @param span how far behind the watermark readings are remembered, in microseconds */
    public Duplicates(long span) {
        this.span = span;
    }

    /**
     * Remembers a reading. False if it was known already. One from before the horizon counts as new: whether it was there before is not known for sure, and
     * what is remembered must not depend on when it was last tidied up.
     */
    public boolean add(Reading reading) {
        long time = reading.eventTime();
        if (time < horizon) {
            return true;
        }
        long minute = Math.floorDiv(time, SLICE);
        if (lastSlice == null || minute != lastMinute) {
            lastMinute = minute;
            lastSlice = slices.computeIfAbsent(minute, key -> new Slice(16));
        }
        return lastSlice.add((long) who(reading) << TIME_BITS | time - minute * SLICE);
    }

    /** Forgets what lies more than the span behind a watermark. One that lies before an earlier one changes nothing. */
    public void advance(long watermark) {
        if (watermark > Long.MIN_VALUE + span) {
            forgetBefore(watermark - span);
        }
    }

    private void forgetBefore(long newHorizon) {
        if (newHorizon <= horizon) {
            return;
        }
        horizon = newHorizon;
        // What the slice of the horizon holds from before it is not found any more, because such readings are not looked up.
        slices.headMap(Math.floorDiv(horizon, SLICE)).clear();
        lastSlice = null;
        if (slices.isEmpty()) {
            devices.clear();
            pairs = 0;
            measureSets.clear();
            shapes.clear();
        }
    }

    /** How many it remembers. */
    public int size() {
        long size = 0;
        for (Map.Entry<Long, Slice> slice : slices.entrySet()) {
            long start = slice.getKey() * SLICE;
            size += start >= horizon ? slice.getValue().size : slice.getValue().countFrom(horizon - start);
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    private int who(Reading reading) {
        int set = measures(reading.shape());
        int[] known = devices.getOrDefault(reading.deviceId(), NOBODY);
        if (set >= known.length || known[set] == 0) {
            known = number(reading.deviceId(), set);
        }
        return known[set] - 1;
    }

    private int[] number(String device, int set) {
        int[] numbers = devices.getOrDefault(device, NOBODY);
        if (set >= numbers.length) {
            numbers = Arrays.copyOf(numbers, set + 1);
            devices.put(device, numbers);
        }
        numbers[set] = ++pairs;
        return numbers;
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

    @Override
    public String section() {
        return "duplicates";
    }

    @Override
    public int form() {
        return 1;
    }

    @Override
    public String settings() {
        return "horizon " + span;
    }

    @Override
    public void write(StateWriter out) {
        out.number(horizon);
        List<List<String>> sets = new ArrayList<>(Collections.nCopies(measureSets.size(), null));
        measureSets.forEach((names, number) -> sets.set(number, names));
        out.number(sets.size());
        for (List<String> names : sets) {
            out.number(names.size());
            names.forEach(out::text);
        }
        out.number(pairs);
        out.number(devices.size());
        devices.forEach((device, numbers) -> {
            out.text(device);
            out.number((int) Arrays.stream(numbers).filter(number -> number != 0).count());
            for (int set = 0; set < numbers.length; set++) {
                if (numbers[set] != 0) {
                    out.number(set);
                    out.number(numbers[set]);
                }
            }
        });
        out.number(slices.size());
        slices.forEach((minute, slice) -> {
            out.number(minute);
            slice.shared = true;
            out.shared(slice.keys, slice.size, Slice.FREE);
        });
    }

    @Override
    public void read(StateReader in) {
        horizon = in.longNumber();
        int sets = in.count(4);
        for (int set = 0; set < sets; set++) {
            List<String> names = new ArrayList<>();
            for (int i = in.count(4); i > 0; i--) {
                names.add(in.text());
            }
            measureSets.put(List.copyOf(names), set);
        }
        pairs = in.number();
        for (int i = in.count(4); i > 0; i--) {
            String device = in.text();
            int[] numbers = NOBODY;
            for (int known = in.count(8); known > 0; known--) {
                int set = in.index(sets);
                numbers = set < numbers.length ? numbers : Arrays.copyOf(numbers, set + 1);
                numbers[set] = in.number();
            }
            devices.put(device, numbers);
        }
        for (int i = in.count(12); i > 0; i--) {
            slices.put(in.longNumber(), Slice.of(in.longs()));
        }
    }

    /** Readings of one minute, with open addressing. */
    private static final class Slice {

        static final long FREE = -1;

        /** Who, then the microseconds since the minute began; never below zero. */
        private long[] keys;
        private int size;
        /** Whether the keys are being written down as they are now: then they are copied before they change. */
        private boolean shared;

        Slice(int slots) {
            keys = new long[slots];
            Arrays.fill(keys, FREE);
        }

        static Slice of(long[] keys) {
            Slice slice = new Slice(Math.max(16, Integer.highestOneBit(keys.length + keys.length / 2) * 2));
            for (long key : keys) {
                slice.add(key);
            }
            return slice;
        }

        boolean add(long key) {
            int at = find(key);
            if (keys[at] != FREE) {
                return false;
            }
            if (shared) {
                keys = keys.clone();
                shared = false;
            }
            keys[at] = key;
            if (++size * 3L > keys.length * 2L) {
                long[] before = keys;
                keys = new long[before.length * 2];
                Arrays.fill(keys, FREE);
                for (long each : before) {
                    if (each != FREE) {
                        keys[find(each)] = each;
                    }
                }
            }
            return true;
        }

        int countFrom(long time) {
            int count = 0;
            for (long key : keys) {
                count += key != FREE && (key & (1L << TIME_BITS) - 1) >= time ? 1 : 0;
            }
            return count;
        }

        private int find(long key) {
            int at = (int) (key * 0x9E3779B97F4A7C15L >>> 32) & keys.length - 1;
            while (keys[at] != FREE && keys[at] != key) {
                at = at + 1 & keys.length - 1;
            }
            return at;
        }
    }
}
