package dev.tidemark.ui.alerts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Alarm floods: more alerts than a person can follow. One begins when more than ten came within ten minutes and ends when fewer than five did
 * (EEMUA 191, ANSI/ISA-18.2 section 16.5.3). Pure.
 */
public final class Floods {

    /** Ten minutes in microseconds: the span over which the guides count. */
    public static final long SPAN = 600_000_000L;
    /** More than so many within ten minutes are a flood. */
    public static final int MOST = 10;
    /** Fewer than so many end it. */
    static final int OVER = 5;

    private Floods() {
    }

    /**
     * One flood.
     *
     * @param from time of its first alert, microseconds
     * @param to   time of its last alert, in it
     */
    public record Flood(long from, long to) {

        /** Whether an alert of that time was part of it. */
        public boolean contains(long time) {
            return from <= time && time <= to;
        }
    }

    /** The floods among alerts of these times, in any order; oldest first. */
    public static List<Flood> of(long[] alerts) {
        long[] times = alerts.clone();
        Arrays.sort(times);
        List<Flood> floods = new ArrayList<>();
        int first = 0;
        int began = -1;
        for (int i = 0; i < times.length; i++) {
            while (times[i] - times[first] >= SPAN) {
                first++;
            }
            int within = i - first + 1;
            if (began < 0 && within > MOST) {
                began = first;
            } else if (began >= 0 && within < OVER) {
                floods.add(new Flood(times[began], times[i - 1]));
                began = -1;
            }
        }
        if (began >= 0) {
            floods.add(new Flood(times[began], times[times.length - 1]));
        }
        return floods;
    }
}
