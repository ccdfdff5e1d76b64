package dev.tidemark.ui.live;

import dev.tidemark.ui.text.Micros;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much is measured, and by how many devices, over the last hour of event time. By closed windows of one length and the grain
 * "device", so that nothing is counted twice. Belongs to one thread; {@link #now} gives a value for any.
 */
public final class Activity {

    /** What came before is no longer looked at. */
    static final Duration HORIZON = Duration.ofHours(1);
    private static final long HORIZON_MICROS = Micros.of(HORIZON);

    private final long window;
    private final TreeMap<Long, Long> counts = new TreeMap<>();
    private final Map<String, Long> lastHeard = new HashMap<>();
    private long newest = Long.MIN_VALUE;
    /** Devices are gone through no oftener than once an hour of events: there can be thousands, and each row names one. */
    private long forgottenAt = Long.MIN_VALUE;

    /** @param window length of the windows in microseconds */
    Activity(long window) {
        this.window = window;
    }

    /** Length of its windows in microseconds. */
    long window() {
        return window;
    }

    /** Time of the newest event in microseconds, {@link Long#MIN_VALUE} if there is none. */
    long newest() {
        return newest;
    }

    /** A closed window of one device and one measure. */
    void closed(String device, long start, long count, long lastEvent) {
        counted(start, count);
        heard(device, lastEvent);
    }

    /** Readings in closed windows with the same start. */
    void counted(long start, long count) {
        counts.merge(start, count, Long::sum);
        while (counts.size() > 1 && counts.lastKey() - counts.firstKey() > HORIZON_MICROS) {
            counts.pollFirstEntry();
        }
    }

    /** An event of a device. */
    void heard(String device, long lastEvent) {
        newest = Math.max(newest, lastEvent);
        lastHeard.merge(device, lastEvent, Math::max);
        if (forgottenAt == Long.MIN_VALUE) {
            forgottenAt = newest;
        } else if (newest - forgottenAt > HORIZON_MICROS) {
            forgottenAt = newest;
            lastHeard.values().removeIf(time -> newest - time > HORIZON_MICROS);
        }
    }

    /**
     * What is known now.
     *
     * @param silentAfter a device not heard for this long, measured from the newest event of all, counts as silent
     */
    Figures now(Duration silentAfter) {
        double[] rate = new double[0];
        if (!counts.isEmpty() && window > 0) {
            long first = counts.firstKey();
            rate = new double[(int) Math.min(3600, (counts.lastKey() - first) / window + 1)];
            for (Map.Entry<Long, Long> entry : counts.entrySet()) {
                int at = (int) ((entry.getKey() - first) / window);
                if (at < rate.length) {
                    rate[at] = entry.getValue() * 60_000_000.0 / window;
                }
            }
        }
        Map<String, Long> known = new TreeMap<>(lastHeard);
        known.values().removeIf(time -> newest - time > HORIZON_MICROS);
        List<String> silent = known.entrySet().stream()
                .filter(entry -> newest - entry.getValue() > Micros.of(silentAfter)).map(Map.Entry::getKey).toList();
        return new Figures(rate, known.size(), silent, newest);
    }

    /**
     * @param perMinute  measured values a minute, a figure for each window from the oldest to the newest
     * @param devices    devices heard within the last hour
     * @param silent     those of them that have gone silent, by name
     * @param newest     time of the newest event in microseconds, {@link Long#MIN_VALUE} if there is none
     */
    public record Figures(double[] perMinute, int devices, List<String> silent, long newest) {
    }
}
