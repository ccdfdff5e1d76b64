package dev.tidemark.ui.live;

import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The series of a table by name, and how far the newest value of each lies from what is usual. Where there are more than can be read and looked at, the few that lie furthest
 * are what an operator wants to see first. Belongs to one thread.
 */
final class Roster {

    /** As many are read at once; of more only some. */
    static final int ALL = 100;
    /** So many of them are shown where nobody has chosen; more lines on one chart are not read any more. */
    static final int FEW = 12;

    private record Latest(long time, double value) {
    }

    private final TreeSet<String> names = new TreeSet<>();
    /** Measure → series → its newest value. */
    private final Map<String, Map<String, Latest>> latest = new HashMap<>();
    private List<String> listed = List.of();

    /** A newest value, if it is newer than what is known. */
    void learn(String measure, String series, long time, double value) {
        names.add(series);
        if (!Double.isNaN(value)) {
            latest.computeIfAbsent(measure, name -> new HashMap<>()).merge(series, new Latest(time, value), (a, b) -> b.time() >= a.time() ? b : a);
        }
    }

    /** A series that was heard of. */
    void learn(String series) {
        names.add(series);
    }

    /** All names, ascending. */
    List<String> names() {
        if (listed.size() != names.size()) {
            listed = List.copyOf(names);
        }
        return listed;
    }

    /**
     * Which are to be read.
     *
     * @param wanted by the operator; null for whatever suits
     * @return null for all of them
     */
    Set<String> chosen(Collection<String> wanted) {
        return names.size() <= ALL ? null : wanted == null || wanted.isEmpty() ? furthest(FEW) : Set.copyOf(wanted);
    }

    /**
     * Those whose newest value lies furthest from the median of all in any measure, counted in median deviations (MAD), so that measures of different size can be compared; of equal ones
     * the first by name.
     */
    private Set<String> furthest(int count) {
        Map<String, Double> distance = new HashMap<>();
        latest.values().forEach(values -> {
            double[] all = values.values().stream().mapToDouble(Latest::value).toArray();
            double middle = median(all);
            double usual = median(Arrays.stream(all).map(value -> Math.abs(value - middle)).toArray());
            // Where more than half of them are equal any other value is equally unusual but for its size.
            double scale = usual > 0 ? usual : Math.max(Math.abs(middle), 1) * 1e-6;
            values.forEach((series, value) -> distance.merge(series, Math.abs(value.value() - middle) / scale, Math::max));
        });
        List<String> order = new ArrayList<>(names);
        order.sort(Comparator.comparingDouble((String name) -> -distance.getOrDefault(name, 0.0)));
        return Set.copyOf(order.subList(0, Math.min(count, order.size())));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    /** What it learns from. */
    static List<String> columns(Asked asked) {
        TableShape.Named named = asked.shape().named();
        return named == null ? Readings.columns(asked) : List.of(asked.timePath(), asked.split(), named.by(), named.value());
    }

    /** Learns from rows with these columns, of the measures that are asked for alone. */
    void learn(Batch batch, Asked asked) {
        if (asked.shape().named() != null) {
            learnNamed(batch, asked);
        } else {
            learnWide(batch, asked);
        }
    }

    private void learnNamed(Batch batch, Asked asked) {
        Column.Strings keys = Readings.texts(batch.column(asked.split()));
        Column.Strings measures = batch.strings(asked.shape().named().by());
        double[] values = Readings.numbers(batch.column(asked.shape().named().value()));
        long[] times = asked.shape().time().micros(batch.column(asked.timePath()));
        Latest[] newest = new Latest[measures.dictionary().length * (keys.dictionary().length + 1)];
        for (int i = 0; i < batch.rows(); i++) {
            int at = measures.codes()[i] * (keys.dictionary().length + 1) + keys.codes()[i] + 1;
            if (newest[at] == null || newest[at].time() <= times[i]) {
                newest[at] = new Latest(times[i], values[i]);
            }
        }
        for (int at = 0; at < newest.length; at++) {
            if (newest[at] != null) {
                int key = at % (keys.dictionary().length + 1) - 1;
                learn(measures.dictionary()[at / (keys.dictionary().length + 1)], key < 0 ? "" : keys.dictionary()[key], newest[at].time(), newest[at].value());
            }
        }
    }

    private void learnWide(Batch batch, Asked asked) {
        long[] times = asked.shape().time().micros(batch.column(asked.timePath()));
        Column.Strings keys = Readings.texts(batch.column(asked.split()));
        int[] newest = new int[keys.dictionary().length + 1];
        for (String measure : asked.columns()) {
            Column values = batch.column(measure);
            Arrays.fill(newest, -1);
            for (int i = 0; i < batch.rows(); i++) {
                int key = keys.codes()[i] + 1;
                if (newest[key] < 0 || times[newest[key]] <= times[i]) {
                    newest[key] = i;
                }
            }
            for (int key = 0; key < newest.length; key++) {
                if (newest[key] >= 0) {
                    learn(measure, key == 0 ? "" : keys.dictionary()[key - 1], times[newest[key]], Readings.number(values, newest[key]));
                }
            }
        }
    }
}
