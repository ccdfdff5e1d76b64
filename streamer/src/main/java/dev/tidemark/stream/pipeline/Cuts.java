package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Schema;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.Rows;
import dev.tidemark.stream.window.Watermarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What is committed when: cuts through the stream, each of which takes every table to the same batch, and {@code gold/live} between them. A cut is handed to
 * the {@link CommitThread} whole, and the next one only when it is committed: at most one gathers while one is being written. For one thread, the pipeline's.
 */
final class Cuts {

    /** The first cut does not wait for the interval, in nanoseconds: whoever starts again wants to see that it goes on. */
    private static final long FIRST_CUT = 250_000_000;
    /** How many times longer than it takes to commit the tables the pause is at least; and the same of {@code gold/live}. */
    private static final int COMMIT_SHARE = 4;
    private static final int LIVE_SHARE = 3;
    /** The same while there is more to read than can be: it is not the present yet, and every replacement delays it. */
    private static final int LIVE_SHARE_BEHIND = 40;

    /** Which tables a cut takes along. */
    private enum Extent {
        /** Those with rows for them, or with what cannot wait. */
        WHAT_CHANGED,
        /** All that are made from {@code bronze/events}, also where their positions alone have moved; not itself. */
        ALL_MADE,
        /** All of them, and the state of the end is named. */
        END
    }

    private final StreamTables tables;
    private final LiveTable live;
    private final States states;
    private final Aggregation aggregation;
    private final Alerting alerting;
    private final Settings settings;
    private final CommitThread commits;
    private final Committer committer;
    private final Figures figures;
    private final LongSupplier nanos;
    private final Consumer<String> committed;
    private final boolean stepwise;
    private final Cadence cutCadence;
    private final Cadence liveCadence;
    private final Rows liveRows = LiveTable.newRows();

    private CommitThread.Work cut;
    /** Whether the cut under way names a state. */
    private boolean naming;
    private CommitThread.Work liveCommit;
    /** What it took to gather the rows of {@code gold/live}. */
    private long liveGathered;
    /** Whether they were committed. */
    private boolean liveShown;
    private boolean waited;

    Cuts(StreamTables tables, LiveTable live, States states, Aggregation aggregation, Alerting alerting, Settings settings, CommitThread commits, Committer committer, Figures figures,
         Pipeline.Surroundings surroundings) {
        this.tables = tables;
        this.live = live;
        this.states = states;
        this.aggregation = aggregation;
        this.alerting = alerting;
        this.settings = settings;
        this.commits = commits;
        this.committer = committer;
        this.figures = figures;
        this.nanos = surroundings.nanos();
        this.committed = surroundings.committed();
        this.stepwise = surroundings.stepwise();
        long now = nanos.getAsLong();
        long interval = settings.commitInterval().micros() * 1_000;
        long liveInterval = settings.liveInterval().micros() * 1_000;
        this.cutCadence = new Cadence(interval, now + Math.min(interval, FIRST_CUT));
        this.liveCadence = new Cadence(liveInterval, now + liveInterval);
    }

    /**
     * Called between batches; throws what went wrong with what was handed over before.
     *
     * @return whether everything that is remembered is in the tables or in a cut
     */
    boolean commitWhatIsDue() {
        if (cut != null && cut.isDone()) {
            settleCut();
        }
        if (liveCommit != null && liveCommit.isDone()) {
            settleLive();
        }
        long now = nanos.getAsLong();
        long rows = tables.size();
        long bytes = tables.bytes();
        figures.moved();
        figures.buffered(rows, bytes, Math.max((double) rows / settings.commitRows(), (double) bytes / settings.commitBytes()));
        boolean full = rows >= settings.commitRows() || bytes >= settings.commitBytes() || aggregation.closed().size() >= settings.commitRows()
                || tables.alerts().rows().size() >= settings.commitRows();
        if (full || cut == null && cutCadence.remaining(now) <= 0 && isWanted()) {
            cut(Extent.WHAT_CHANGED);
            return true;
        }
        if (liveCommit == null && liveCadence.remaining(now) <= 0) {
            live();
        }
        return false;
    }

    /** Nanoseconds until something will be due if nothing happens; the end of a commit is something. */
    long untilDue() {
        long now = nanos.getAsLong();
        long due = Long.MAX_VALUE;
        if (cut == null && isWanted()) {
            due = cutCadence.remaining(now);
        }
        if (liveCommit == null && aggregation.changed()) {
            due = Math.min(due, liveCadence.remaining(now));
        }
        return Math.max(0, due);
    }

    /** There was nothing to read for a while: the stream keeps up with its input. */
    void waited() {
        waited = true;
    }

    private boolean isWanted() {
        return tables.pending() || !aggregation.closed().isEmpty() || tables.alerts().rows().size() > 0 || states.written() != null;
    }

    /** Waits until everything that was handed over is committed. */
    void settle() {
        settleCut();
        settleLive();
    }

    private void settleCut() {
        if (cut != null) {
            CommitThread.Work work = cut;
            cut = null;
            work.await();
            figures.held();
            if (naming) {
                naming = false;
                states.named();
            }
            cutCadence.done(work.took(), work.end(), COMMIT_SHARE);
        }
    }

    private void settleLive() {
        if (liveCommit != null) {
            CommitThread.Work work = liveCommit;
            liveCommit = null;
            work.await();
            if (!liveShown) {
                aggregation.notShown();
            }
            liveCadence.done(liveGathered + work.took(), work.end(), waited ? LIVE_SHARE : LIVE_SHARE_BEHIND);
            waited = false;
        }
    }

    /**
     * Takes every table to where {@code bronze/events} ends, before anything new is read. A streamer whose place this one takes may still have commits
     * to make; from here on they are all in the tables, so that it cannot stop this one any more, and it ends itself.
     */
    void level() {
        if (tables.all().stream().anyMatch(output -> output != tables.bronze() && output.pending())) {
            cut(Extent.ALL_MADE);
            settleCut();
        }
    }

    /** The last cut, which moves positions too where there are no rows; everything is committed then. */
    void end() {
        cut(Extent.END);
        settle();
        live();
        settle();
    }

    private void cut(Extent extent) {
        boolean last = extent == Extent.END;
        boolean whole = extent != Extent.WHAT_CHANGED;
        settleCut();
        List<Output.Load> loads = new ArrayList<>();
        if (extent != Extent.ALL_MADE) {
            take(tables.bronze(), loads);
        }
        if (whole || tables.rejects().rows().size() > 0) {
            take(tables.rejects(), loads);
        }
        take(tables.silver(), loads);
        if (last) {
            hand(loads);
            settleCut();
            loads = new ArrayList<>();
            states.takeLast(aggregation);
        }
        boolean closed = !aggregation.closed().isEmpty();
        StateFile.Head state = states.written();
        if (tables.alerts().rows().size() > 0 || (closed || state != null || whole) && tables.alerts().pending()) {
            alerting.beforeCommit();
            take(tables.alerts(), loads);
        }
        if (closed || state != null || whole && tables.windows().pending()) {
            aggregation.closed().forEach(row -> WindowRows.write(tables.windows().rows(), row));
            if (aggregation.watermark() != Watermarks.NONE) {
                tables.windows().move(TransactionIds.WATERMARK, aggregation.watermark());
            }
            if (state != null) {
                tables.windows().move(TransactionIds.STATE_GENERATION, state.generation());
                tables.windows().move(TransactionIds.STATE_ID, state.id());
                naming = true;
            }
            take(tables.windows(), loads);
            aggregation.closed().clear();
        }
        hand(loads);
        if (stepwise) {
            settle();
        }
        if (closed) {
            live();
        }
    }

    /** Each table before those that are made from it. */
    private void hand(List<Output.Load> loads) {
        figures.handedOver();
        figures.buffered(0, 0, 0);
        cut = commits.begin(() -> loads.forEach(load -> committer.commit(load.path(), load::commit)));
    }

    private static void take(Output output, List<Output.Load> loads) {
        if (output.pending()) {
            loads.add(output.take());
        }
    }

    /** Has {@code gold/live} replaced, after the cut that is under way: it continues what {@code gold/windows} holds then. */
    private void live() {
        if (aggregation.changed()) {
            settleLive();
            long began = nanos.getAsLong();
            liveRows.clear();
            aggregation.uncommitted(row -> WindowRows.write(liveRows, row));
            aggregation.shown();
            liveGathered = nanos.getAsLong() - began;
            figures.stage("live rows", liveGathered);
            liveCommit = commits.begin(this::replaceLive);
            if (stepwise) {
                settle();
            }
        }
    }

    private void replaceLive() {
        long began = nanos.getAsLong();
        liveShown = live.replace(liveRows, tables.windows().table().version());
        long took = nanos.getAsLong() - began;
        figures.stage("commit " + LakeTables.GOLD_LIVE.path(), took);
        if (live.failing() == null) {
            figures.committed(LakeTables.GOLD_LIVE.path(), live.version(), took);
        } else {
            figures.commitFailed(LakeTables.GOLD_LIVE.path(), live.failing());
        }
        committed.accept(LakeTables.GOLD_LIVE.path());
    }

    /** Adds columns to {@code silver/readings}; what is on its way there is committed before. */
    void grow(Schema missing) {
        if (tables.silver().rows().size() > 0) {
            cut(Extent.WHAT_CHANGED);
        }
        settleCut();
        commits.run(() -> committer.commit(tables.silver().path(), () -> tables.silver().table().addColumns(missing)));
        tables.silver().renew();
    }
}
