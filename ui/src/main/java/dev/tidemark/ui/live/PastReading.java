package dev.tidemark.ui.live;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.ui.task.Slot;
import dev.tidemark.ui.travel.Mark;

import java.time.Instant;
import java.util.Optional;

/** Answers a question about one version, apart from the live page; for what compares versions. Thread-safe. */
public final class PastReading {

    private PastReading() {
    }

    /**
     * Reads the answer, blocking. Windows that are still open are no part of it.
     *
     * @throws LakeException if the version cannot be read
     */
    public static Frame read(Table table, long version, Question question, Slot.Progress progress) {
        Snapshot snapshot = table.snapshot(version);
        Instant then = Mark.writtenAt(table, snapshot);
        return new Reader().read(question, snapshot, Optional.empty(), then, progress, lines -> { }).frame(then);
    }
}
