package dev.tidemark.stream.alert.delivery;

import dev.tidemark.stream.alert.AlertRow;
import dev.tidemark.stream.alert.AlertState;
import dev.tidemark.stream.alert.Severity;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** Changes that a channel has not been told yet: the first of them, and figures of all. Not thread-safe. */
final class Pending {

    private static final Comparator<AlertRow> ORDER = Comparator.comparingLong(AlertRow::raisedAt).thenComparing(AlertRow::alertId)
            .thenComparingLong(AlertRow::sequence);

    private final Severity least;
    private final int most;
    private final PriorityQueue<AlertRow> first = new PriorityQueue<>(ORDER.reversed());
    private final Map<String, Integer> kinds = new TreeMap<>();
    private int total;
    private int raised;
    private int cleared;
    private long from = Long.MAX_VALUE;
    private long through;

    /**
     * @param least   what is less severe is passed over
     * @param most    how many rows are kept
     * @param through up to here the channel has been told
     */
    Pending(Severity least, int most, long through) {
        this.least = least;
        this.most = most;
        this.through = through;
    }

    void add(AlertRow row) {
        through = Math.max(through, row.raisedAt());
        if (row.severity().compareTo(least) < 0) {
            return;
        }
        total++;
        from = Math.min(from, row.raisedAt());
        if (row.state() == AlertState.RAISED) {
            raised++;
            kinds.merge(row.kind().toString(), 1, Integer::sum);
        } else if (row.state() == AlertState.CLEARED) {
            cleared++;
        }
        first.add(row);
        if (first.size() > most) {
            first.poll();
        }
    }

    int total() {
        return total;
    }

    int raised() {
        return raised;
    }

    int cleared() {
        return cleared;
    }

    Map<String, Integer> kinds() {
        return kinds;
    }

    long from() {
        return from;
    }

    /** {@link AlertRow#raisedAt} of the last change, told or passed over. */
    long through() {
        return through;
    }

    /** The first rows, in the order in which they were raised. */
    List<AlertRow> first() {
        return first.stream().sorted(ORDER).toList();
    }
}
