package dev.tidemark.ui.live;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.text.Micros;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where on the line of time a table has rows: stretches with long silence between them, oldest first. A lake may hold a replay of
 * ten years ago beside what devices send now; on one axis both would be specks.
 *
 * @param stretches in microseconds since 1970-01-01T00:00Z, ascending, apart from each other
 */
public record Extent(List<TimeRange> stretches) {

    private static final long SILENCE = Micros.of(Duration.ofDays(14));

    public Extent {
        stretches = List.copyOf(stretches);
    }

    /**
     * By the statistics of a snapshot's files; empty if a file has none for the column.
     *
     * @param time the column of time
     */
    static Optional<Extent> of(Snapshot snapshot, RowTime time) {
        List<TimeRange> parts = new ArrayList<>();
        for (DataFile file : snapshot.files()) {
            OptionalLong from = file.statistics().map(statistics -> time.told(statistics.min().get(time.path()))).orElse(OptionalLong.empty());
            OptionalLong to = file.statistics().map(statistics -> time.told(statistics.max().get(time.path()))).orElse(OptionalLong.empty());
            if (from.isEmpty() || to.isEmpty()) {
                return Optional.empty();
            }
            long begin = from.getAsLong();
            parts.add(TimeRange.near(begin, Math.max(begin + TimeRange.SHORTEST, to.getAsLong() + 1)));
        }
        return Optional.of(of(parts));
    }

    /** Of pieces in any order. */
    static Extent of(List<TimeRange> pieces) {
        List<TimeRange> ordered = pieces.stream().sorted(Comparator.comparingLong(TimeRange::from)).toList();
        List<TimeRange> stretches = new ArrayList<>();
        for (TimeRange piece : ordered) {
            TimeRange last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
            if (last != null && piece.from() - last.to() < SILENCE) {
                stretches.set(stretches.size() - 1, new TimeRange(last.from(), Math.max(last.to(), piece.to())));
            } else {
                stretches.add(piece);
            }
        }
        return new Extent(stretches);
    }

    /** This extent and another. */
    Extent with(Extent other) {
        List<TimeRange> pieces = new ArrayList<>(stretches);
        pieces.addAll(other.stretches);
        return of(pieces);
    }

    /** This extent and one more piece. */
    Extent with(TimeRange piece) {
        List<TimeRange> pieces = new ArrayList<>(stretches);
        pieces.add(piece);
        return of(pieces);
    }

    public boolean isEmpty() {
        return stretches.isEmpty();
    }

    /** From the first row to the newest. */
    TimeRange all() {
        return new TimeRange(stretches.get(0).from(), newest().to());
    }

    /** The stretch that ends last. */
    TimeRange newest() {
        return stretches.get(stretches.size() - 1);
    }
}
