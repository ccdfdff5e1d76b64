package dev.tidemark.stream.table;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;
import dev.tidemark.stream.maintain.LogKeeper;
import io.delta.standalone.internal.exception.DeltaErrors;

import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;

/** Where a table is, how it is opened or made, and how its columns grow: all that goes through delta-standalone. */
final class TableSource {

    private static final int TRIES = 5;

    private final Lake lake;
    private final String path;
    private final CommitLog log;
    private final String name;

    private TableSource(Lake lake, String path, CommitLog log) {
        this.lake = lake;
        this.path = path;
        this.log = log;
        this.name = log.table().toString();
    }

    /** @throws LakeException UNSUPPORTED for a lake that is not on this machine */
    static TableSource of(Lake lake, String path) {
        Place place = Place.of(lake.root()).resolve(path);
        if (!place.isLocal()) {
            throw new LakeException(Reason.UNSUPPORTED, "Cannot write table " + place + ": only lakes on this machine can be written yet");
        }
        return new TableSource(lake, path, CommitLog.of(place));
    }

    TableFolder folder() {
        return new LocalFolder(log);
    }

    LogKeeper keeper(int interval, InstantSource clock) {
        return new LogKeeper(log, interval, clock);
    }

    /** The newest version; the table is made if there is none. */
    TableState openOrCreate(TableLayout layout, InstantSource clock) {
        try {
            StandaloneLog standalone = new StandaloneLog(log);
            if (!standalone.exists()) {
                create(standalone, layout, clock);
            }
            TableState state = standalone.state(name);
            check(state, layout);
            return state;
        } catch (IOException e) {
            throw WriteFailure.of(name, e, "It could not be made.");
        } catch (LakeException e) {
            throw e;
        } catch (RuntimeException e) {
            throw unreadable(e);
        }
    }

    private void create(StandaloneLog standalone, TableLayout layout, InstantSource clock) throws IOException {
        // Hadoop's way to make a folder wants jars that nothing else does.
        Files.createDirectories(log.table().path().resolve(CommitLog.FOLDER));
        try {
            standalone.create(layout, clock.millis());
        } catch (RuntimeException e) {
            if (!standalone.exists()) {
                throw e;
            }
        }
    }

    private void check(TableState state, TableLayout layout) {
        String mismatch = state.columns().mismatch(new Columns(name, layout.schema(), layout.partitionColumns()));
        if (mismatch != null) {
            throw new LakeException(Reason.INVALID, "Cannot write table " + name + ": it was made for something else, " + mismatch
                    + ". Name another lake, or move this table away");
        }
    }

    /** The reader's words for what is wrong with a log are better than delta-standalone's. */
    private LakeException unreadable(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof DeltaErrors.InvalidProtocolVersionException) {
                return new LakeException(Reason.UNSUPPORTED, "Cannot write table " + name + ": someone turned on features that the streamer"
                        + " does not write (expected protocol reader 1, writer 2). Drop them, or name another lake", e);
            }
            if (cause instanceof IOException io) {
                return WriteFailure.of(name, io, "It could not be opened.");
            }
        }
        try {
            lake.table(path).snapshot();
        } catch (LakeException better) {
            return better;
        }
        return new LakeException(Reason.BROKEN_LOG, "Cannot write table " + name + ": " + e.getMessage(), e);
    }

    /** Adds columns in a commit of its own; returns when they are there. */
    void addColumns(List<Schema.Field> missing) {
        RuntimeException last = null;
        for (int i = 0; i < TRIES; i++) {
            try {
                new StandaloneLog(log).addColumns(missing);
                return;
            } catch (RuntimeException e) {
                // Somebody was faster, or it was committed all the same: the next round goes on top of that, or finds nothing to do.
                last = e;
            }
        }
        for (Throwable cause = last; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                throw WriteFailure.of(name, io, "No column was added.");
            }
        }
        throw new LakeException(Reason.INVALID, "Cannot add columns " + missing.stream().map(Schema.Field::name).toList() + " to table " + name
                + ": " + last.getMessage(), last);
    }
}
