package dev.tidemark.ui.table;

import dev.tidemark.lake.Snapshot;

/**
 * What a table costs a month if things go on as they did. Counted from the log alone: no bill is asked. Amounts in the currency of the prices; NaN where
 * the history is too short to tell.
 *
 * @param storage  for the files of this version
 * @param kept     for files that are part of it no more, if none of them is vacuumed
 * @param writes   for the operations of its writer
 * @param reads    for reading the whole of it as often as the prices say
 * @param writesMonth number of write operations behind that
 * @param readsMonth  number of read operations behind that
 */
public record CostEstimate(double storage, double kept, double writes, double reads, double writesMonth, double readsMonth) {

    private static final double DAYS = 365.25 / 12;
    private static final double GIB = 1 << 30;
    private static final double CHECKPOINT_EVERY = 10;

    /** An estimate for a version and the course that led to it. */
    static CostEstimate of(Snapshot snapshot, Course course, Prices prices) {
        double writesMonth = course.daily(course.writes() + course.commits() / CHECKPOINT_EVERY) * DAYS;
        // Each file, a checkpoint, and on average half the commits after it.
        double readsMonth = prices.readsDay() * DAYS * (snapshot.files().size() + 1 + CHECKPOINT_EVERY / 2);
        return new CostEstimate(snapshot.bytes() / GIB * prices.storage(), course.kept() / GIB * prices.storage(),
                writesMonth / 10_000 * prices.writes(), readsMonth / 10_000 * prices.reads(), writesMonth, readsMonth);
    }

    /** All of it; what cannot be told is left out. */
    double total() {
        return storage + kept + (Double.isNaN(writes) ? 0 : writes) + reads;
    }
}
