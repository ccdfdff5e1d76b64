package dev.tidemark.ui.live;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.ui.text.Micros;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** The range that is shown while nobody has chosen one. Pure. */
final class FirstRange {

    static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final List<Duration> USUAL = List.of(SHORTEST, Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofHours(6), Duration.ofHours(24));
    private static final long HOUR = Micros.of(Duration.ofHours(1));
    /** No more rows than can be read in about a second. */
    private static final long MOST_ROWS = 3_000_000;

    private FirstRange() {
    }

    /**
     * The shortest usual range that holds the newest stretch; of current events at most a day, of old ones all there is. Of a table with very many rows less, as much as is read at once.
     *
     * @param time    the column of time
     * @param current whether the newest event is of now
     * @param now     in microseconds
     */
    static Question.Range of(Snapshot snapshot, RowTime time, Extent extent, boolean current, long now) {
        Question.Range suiting = of(extent, current, now);
        long end = extent.isEmpty() || current ? now : extent.newest().to();
        long from = suiting instanceof Question.Last last ? end - Micros.of(last.length()) : suiting instanceof Question.Between between ? between.from() : Long.MIN_VALUE;
        if (rowsSince(snapshot, time, from) <= MOST_ROWS) {
            return suiting;
        }
        Duration longest = USUAL.stream().filter(length -> end - Micros.of(length) > from && rowsSince(snapshot, time, end - Micros.of(length)) <= MOST_ROWS)
                .reduce((shorter, longer) -> longer).orElse(SHORTEST);
        return new Question.Last(longest);
    }

    private static Question.Range of(Extent extent, boolean current, long now) {
        if (!current && extent.stretches().size() <= 1) {
            return new Question.All();
        }
        long length = extent.isEmpty() ? 0 : (current ? now : extent.newest().to()) - extent.newest().from();
        for (Duration range : USUAL) {
            // The window of an hour begins up to an hour before its first event.
            long early = Micros.of(range) >= HOUR ? HOUR : 0;
            if (length <= Micros.of(range) + early) {
                return new Question.Last(range);
            }
        }
        return current ? new Question.Last(Duration.ofHours(6)) : new Question.Between(extent.newest().from(), extent.newest().to() + HOUR);
    }

    /** Roughly, by the files' statistics, as if the rows of a file were spread evenly. */
    static double rowsSince(Snapshot snapshot, RowTime time, long from) {
        double rows = 0;
        for (DataFile file : snapshot.files()) {
            if (file.statistics().isEmpty()) {
                continue;
            }
            double all = file.statistics().get().rows();
            OptionalLong first = time.told(file.statistics().get().min().get(time.path()));
            OptionalLong last = time.told(file.statistics().get().max().get(time.path()));
            if (first.isPresent() && last.isPresent() && first.getAsLong() < from) {
                long end = last.getAsLong();
                rows += end < from ? 0 : all * (end - from) / Math.max(1, end - first.getAsLong());
            } else {
                rows += all;
            }
        }
        return rows;
    }
}
