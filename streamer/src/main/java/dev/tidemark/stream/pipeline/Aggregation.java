package dev.tidemark.stream.pipeline;

import dev.tidemark.stream.alert.Alerts;
import dev.tidemark.stream.decode.Duplicates;
import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.state.StatePart;
import dev.tidemark.stream.window.WindowRow;
import dev.tidemark.stream.window.Watermarks;
import dev.tidemark.stream.window.Windows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * All that readings leave behind in memory: open windows, closed ones that are not committed yet, watermarks, the readings by which
 * duplicates are known, and what alerts are judged by.
 * It is a function of the readings and the order of their batches: {@link Recovery} makes it again from the tables.
 */
final class Aggregation {

    private final Windows windows;
    private final Watermarks watermarks;
    private final Duplicates duplicates;
    private final Alerts alerts;
    private final List<WindowRow> closed = new ArrayList<>();
    private boolean changed = true;

    Aggregation(Settings settings, Alerts alerts) {
        this.alerts = alerts;
        this.windows = new Windows(settings.windows(), Watermarks.NONE);
        this.watermarks = new Watermarks(settings.watermarkDelay().micros(), settings.idleTimeout().micros(), Watermarks.NONE);
        this.duplicates = new Duplicates(settings.duplicateHorizon().micros());
    }

    /** What is written into a state file. */
    List<StatePart> parts() {
        return List.of(windows, watermarks, duplicates, alerts);
    }

    /** Remembers a reading; returns whether it was there before. */
    boolean isDuplicate(Reading reading) {
        return !duplicates.add(reading);
    }

    /** Adds an accepted reading to its open windows; returns whether it is late. */
    boolean add(Reading reading) {
        changed = true;
        return windows.add(reading);
    }

    Alerts alerts() {
        return alerts;
    }

    Watermarks watermarks() {
        return watermarks;
    }

    /** Moves the watermark on. Only between batches, so that all of a batch is judged by the same. */
    void advance(long now) {
        moveTo(watermarks.advance(now));
    }

    /** Replays what is in {@code gold/windows} already: moves on, but no further than that table, and forgets what is closed. */
    void advanceWithin(long watermark) {
        moveTo(Math.min(watermarks.advance(0), watermark));
        closed.clear();
    }

    /** Stands where {@code gold/windows} stands. */
    void reach(long watermark) {
        raise(watermark);
        closed.clear();
    }

    /** The next batch was judged by this watermark: it stands there at least. */
    void raise(long watermark) {
        watermarks.raise(watermark);
        moveTo(watermark);
    }

    private void moveTo(long watermark) {
        if (watermark > windows.watermark()) {
            windows.advance(watermark, closed::add);
            duplicates.advance(watermark);
            changed = true;
        }
    }

    /** The end of input: closes every window. */
    void closeAll() {
        windows.closeAll(closed::add);
        watermarks.raise(windows.watermark());
        changed = true;
    }

    long watermark() {
        return windows.watermark();
    }

    /** Rows of windows that are closed but not in {@code gold/windows} yet. */
    List<WindowRow> closed() {
        return closed;
    }

    /** Rows of all windows that are not in {@code gold/windows} yet, closed or open: what {@code gold/live} shows. */
    void uncommitted(Consumer<WindowRow> rows) {
        closed.forEach(rows);
        windows.open(rows);
    }

    /** Whether the uncommitted rows are others than they were when last shown. */
    boolean changed() {
        return changed;
    }

    /** The uncommitted rows are being shown now. */
    void shown() {
        changed = false;
    }

    /** They could not be shown after all. */
    void notShown() {
        changed = true;
    }
}
