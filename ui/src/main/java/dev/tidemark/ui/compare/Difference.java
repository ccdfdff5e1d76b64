package dev.tidemark.ui.compare;

import dev.tidemark.ui.chart.SeriesData;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * One point that two versions do not agree on.
 *
 * @param time   in microseconds since 1970-01-01T00:00Z
 * @param before its value in the older version, NaN if it was not there
 * @param after  its value in the newer one, NaN if it is not there any more
 */
public record Difference(Kind kind, String measure, String series, long time, double before, double after) {

    /** What happened to a point. */
    public enum Kind {
        /** It is newer than all that the older version had. */
        NEW,
        /** It lies in a time that the older version knew already, and came later. */
        LATE,
        /** Its value is another. */
        CORRECTED,
        /** It is not there any more. */
        GONE
    }

    /** What differs in the lines of two versions (measure → series → points), by time. Provisional points do not count. */
    static List<Difference> between(Map<String, Map<String, SeriesData>> older, Map<String, Map<String, SeriesData>> newer) {
        List<Difference> found = new ArrayList<>();
        TreeSet<String> measures = new TreeSet<>(older.keySet());
        measures.addAll(newer.keySet());
        for (String measure : measures) {
            Map<String, SeriesData> a = older.getOrDefault(measure, Map.of());
            Map<String, SeriesData> b = newer.getOrDefault(measure, Map.of());
            long newest = a.values().stream().filter(data -> data.settled() > 0).mapToLong(data -> data.time(data.settled() - 1)).max().orElse(Long.MIN_VALUE);
            TreeSet<String> keys = new TreeSet<>(a.keySet());
            keys.addAll(b.keySet());
            for (String key : keys) {
                compare(measure, key, a.getOrDefault(key, SeriesData.EMPTY), b.getOrDefault(key, SeriesData.EMPTY), newest, found);
            }
        }
        found.sort(Comparator.comparingLong(Difference::time));
        return found;
    }

    private static void compare(String measure, String key, SeriesData a, SeriesData b, long newest, List<Difference> found) {
        int i = 0;
        int j = 0;
        while (i < a.settled() || j < b.settled()) {
            long left = i < a.settled() ? a.time(i) : Long.MAX_VALUE;
            long right = j < b.settled() ? b.time(j) : Long.MAX_VALUE;
            if (left < right) {
                found.add(new Difference(Kind.GONE, measure, key, left, a.value(i++), Double.NaN));
            } else if (right < left) {
                found.add(new Difference(right > newest ? Kind.NEW : Kind.LATE, measure, key, right, Double.NaN, b.value(j++)));
            } else {
                if (Double.compare(a.value(i), b.value(j)) != 0) {
                    found.add(new Difference(Kind.CORRECTED, measure, key, left, a.value(i), b.value(j)));
                }
                i++;
                j++;
            }
        }
    }
}
