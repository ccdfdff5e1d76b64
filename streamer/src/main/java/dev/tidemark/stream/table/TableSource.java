package dev.tidemark.stream.table;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;
import dev.tidemark.stream.log.LogKeeper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Where a table is, how it is opened or made, and how its columns grow. */
final class TableSource {

    /** The newest protocol that is written here: readers' and writers' version. */
    static final int READER = 1;
    static final int WRITER = 2;

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
            // Hadoop's way to make a folder wants jars that nothing else does.
            Files.createDirectories(log.table().path().resolve(CommitLog.FOLDER));
            Table table = lake.table(path);
            boolean exists = table.exists();
            if (exists) {
                // What is wrong with a log, the reader says more clearly than delta-standalone.
                checkProtocol(table.snapshot());
            }
            if (!exists) {
                create(new StandaloneLog(log), layout, clock);
            }
            // Not by delta-standalone: it would have to be started, and our own reader has read the log already.
            TableState state = TableState.read(log, name).orElseThrow(() -> new NoSuchFileException(name));
            check(state, layout);
            checkPositions(state);
            return state;
        } catch (IOException e) {
            throw WriteFailure.of(name, e, "It could not be opened.");
        } catch (LakeException e) {
            throw e;
        } catch (RuntimeException | AssertionError e) {
            throw refused(e);
        }
    }

    private static void create(StandaloneLog standalone, TableLayout layout, InstantSource clock) {
        try {
            standalone.create(layout, clock.millis());
        } catch (Exception e) {
            // Somebody else may have made it at the same time. (delta-standalone throws IOException without declaring it.)
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

    private void checkPositions(TableState state) throws IOException {
        Optional<String> reason = Restored.behindPositions(log, state.version());
        if (reason.isPresent()) {
            throw new LakeException(Reason.INVALID, "Cannot continue table " + name + ": " + reason.get());
        }
    }

    private void checkProtocol(Snapshot snapshot) {
        if (snapshot.minReaderVersion() > READER || snapshot.minWriterVersion() > WRITER) {
            throw new LakeException(Reason.UNSUPPORTED, "Cannot write table " + name + ": someone turned on features that the streamer does"
                    + " not write (expected protocol at most reader " + READER + ", writer " + WRITER + ", actual reader "
                    + snapshot.minReaderVersion() + ", writer " + snapshot.minWriterVersion() + "). Turn them off again, or name another lake");
        }
    }

    private LakeException refused(Throwable e) {
        if (storage(e) != null) {
            return WriteFailure.of(name, storage(e), "It could not be opened.");
        }
        return new LakeException(Reason.BROKEN_LOG, "Cannot write table " + name + ": " + e.getMessage(), e);
    }

    /** Adds columns in a commit of its own; returns when they are there. */
    void addColumns(List<Schema.Field> missing) {
        change("add columns " + missing.stream().map(Schema.Field::name).toList() + " to", standalone -> standalone.addColumns(missing));
    }

    /** Sets properties in a commit of its own; returns when they are set. */
    void setProperties(Map<String, String> properties) {
        change("set properties " + properties.keySet().stream().sorted().toList() + " of", standalone -> standalone.setProperties(properties));
    }

    private void change(String what, Consumer<StandaloneLog> change) {
        Exception last = null;
        for (int i = 0; i < TRIES; i++) {
            try {
                change.accept(new StandaloneLog(log));
                return;
            } catch (Exception e) {
                // Somebody was faster, or it was committed all the same: the next round goes on top of that, or finds nothing to do.
                last = e;
            }
        }
        if (storage(last) != null) {
            throw WriteFailure.of(name, storage(last), "Nothing was changed.");
        }
        throw new LakeException(Reason.INVALID, "Cannot " + what + " table " + name + ": " + last.getMessage(), last);
    }

    /** What the storage said, if that is why something failed. */
    private static IOException storage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                return io;
            }
        }
        return null;
    }
}
