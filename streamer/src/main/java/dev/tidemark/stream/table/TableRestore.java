package dev.tidemark.stream.table;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.log.Action;
import dev.tidemark.lake.log.CommitFile;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.LogListing;
import dev.tidemark.lake.log.Place;
import dev.tidemark.stream.log.CommitText;
import dev.tidemark.stream.log.LoggedFile;

import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Brings back what a table held at an older version, as Delta's RESTORE does: in one commit, which takes out the files that came since and puts in those that went. Properties stay as
 * they are now, and so do columns that came since, unless the older rows do not fit them. Used by one thread.
 */
public final class TableRestore {

    private static final int TRIES = 10;

    private final CommitLog log;
    private final String table;
    private final boolean durable;
    private final InstantSource clock;

    private TableRestore(CommitLog log, boolean durable, InstantSource clock) {
        this.log = log;
        this.table = log.table().toString();
        this.durable = durable;
        this.clock = clock;
    }

    /**
     * A table whose commits are forced to the disk, or not.
     *
     * @throws LakeException UNSUPPORTED if it is not on this machine
     */
    public static TableRestore open(Lake lake, String path, boolean durable, InstantSource clock) {
        Place place = Place.of(lake.root()).resolve(path);
        if (!place.isLocal()) {
            throw new LakeException(Reason.UNSUPPORTED, "Cannot restore table " + place + ": only lakes on this machine can be written yet");
        }
        return new TableRestore(CommitLog.of(place), durable, clock);
    }

    /**
     * What a restoration does, or did.
     *
     * @param version       the commit; -1 if there is none
     * @param target        the version that is brought back
     * @param restored      files that come back
     * @param restoredBytes of these
     * @param removed       files that go
     * @param removedBytes  of these
     * @param files         that the table has then
     * @param bytes         of these
     */
    public record Restored(long version, long target, int restored, long restoredBytes, int removed, long removedBytes, int files, long bytes) {
    }

    /** What a table is at a version. */
    private static final class State {
        private final Map<String, Action.Add> files = new LinkedHashMap<>();
        private final Map<String, Long> transactions = new HashMap<>();
        private Action.Metadata metadata;
        private Action.Protocol protocol;
        private long version = -1;

        void apply(long newVersion, List<Action> actions) {
            version = newVersion;
            for (Action action : actions) {
                if (action instanceof Action.Metadata found) {
                    metadata = found;
                } else if (action instanceof Action.Protocol found) {
                    protocol = found;
                } else if (action instanceof Action.Transaction transaction) {
                    transactions.put(transaction.id(), transaction.version());
                }
            }
            for (Action action : actions) {
                if (action instanceof Action.Add add) {
                    files.put(add.path(), add);
                } else if (action instanceof Action.Remove remove) {
                    files.remove(remove.path());
                }
            }
        }
    }

    private State read(long version) throws IOException {
        LogListing listing = log.list();
        State state = new State();
        OptionalLong checkpoint = listing.checkpointAt(version);
        if (checkpoint.isPresent()) {
            state.apply(checkpoint.getAsLong(), log.checkpoint(checkpoint.getAsLong(), listing));
        }
        while (state.version < version) {
            Optional<CommitFile> next = log.read(state.version + 1);
            if (next.isEmpty()) {
                throw new LakeException(Reason.VERSION_GONE, "Cannot restore table " + table + " to version " + version + ": its log does not reach back to it (commit " + (state.version + 1)
                        + " is gone). Choose a newer version");
            }
            state.apply(next.get().version(), next.get().actions());
        }
        return state;
    }

    /**
     * Restores the table, or only looks what that would do.
     *
     * @param target       a version that is there
     * @param transactions application id → version to set in the same commit: so far the table will hold its input
     * @throws LakeException VERSION_GONE if the version or files that it needs are gone
     */
    public Restored run(long target, Map<String, Long> transactions, boolean dryRun) {
        try {
            State then = read(target);
            for (int tries = 0; tries < TRIES; tries++) {
                State now = read(log.list().newest());
                requireWritable(now);
                Restored plan = plan(then, now);
                boolean same = plan.restored == 0 && plan.removed == 0 && now.transactions.entrySet().containsAll(transactions.entrySet());
                if (dryRun || same) {
                    return plan;
                }
                Proposal proposal = new Proposal(new LocalFolder(log), table, durable);
                if (proposal.publish(now.version + 1, lines(then, now, plan, transactions))) {
                    return new Restored(now.version + 1, target, plan.restored, plan.restoredBytes, plan.removed, plan.removedBytes, plan.files, plan.bytes);
                }
            }
            throw new LakeException(Reason.UNREACHABLE, "Cannot restore table " + table + ": others commit to it again and again. Nothing was changed. Stop the streamer, then try again");
        } catch (IOException e) {
            throw WriteFailure.of(table, e, "Nothing was changed.");
        }
    }

    private void requireWritable(State now) {
        if (now.protocol.reader() > TableSource.READER || now.protocol.writer() > TableSource.WRITER) {
            throw new LakeException(Reason.UNSUPPORTED, "Cannot restore table " + table + ": someone turned on features that the streamer does not write (expected protocol at most reader "
                    + TableSource.READER + ", writer " + TableSource.WRITER + ", actual reader " + now.protocol.reader() + ", writer " + now.protocol.writer() + "). Restore it with Spark");
        }
    }

    private static List<Action.Add> without(State some, State others) {
        return some.files.values().stream().filter(file -> !others.files.containsKey(file.path())).toList();
    }

    private static long bytes(Collection<Action.Add> files) {
        return files.stream().mapToLong(Action.Add::size).sum();
    }

    private Restored plan(State then, State now) {
        List<Action.Add> coming = without(then, now);
        List<Action.Add> going = without(now, then);
        List<String> gone = new ArrayList<>();
        for (Action.Add file : coming) {
            String location = log.table().locate(file.path());
            if (location.startsWith("file:") && !Files.isRegularFile(Place.of(location).path())) {
                gone.add(file.path());
            }
        }
        if (!gone.isEmpty()) {
            throw new LakeException(Reason.VERSION_GONE, "Cannot restore table " + table + " to version " + then.version + ": " + gone.size() + " of the " + then.files.size()
                    + " files that it needs are gone (" + String.join(", ", gone.subList(0, Math.min(3, gone.size()))) + (gone.size() > 3 ? ", …" : "")
                    + "); vacuum has deleted them. Choose a newer version, or put the files back from a copy");
        }
        return new Restored(-1, then.version, coming.size(), bytes(coming), going.size(), bytes(going), then.files.size(), bytes(then.files.values()));
    }

    private List<String> lines(State then, State now, Restored plan, Map<String, Long> transactions) {
        long millis = clock.millis();
        Map<String, String> metrics = new LinkedHashMap<>();
        metrics.put("tableSizeAfterRestore", Long.toString(plan.bytes));
        metrics.put("numOfFilesAfterRestore", Integer.toString(plan.files));
        metrics.put("numRemovedFiles", Integer.toString(plan.removed));
        metrics.put("numRestoredFiles", Integer.toString(plan.restored));
        metrics.put("removedFilesSize", Long.toString(plan.removedBytes));
        metrics.put("restoredFilesSize", Long.toString(plan.restoredBytes));
        CommitText text = new CommitText().info(millis, dev.tidemark.stream.table.Restored.OPERATION, Map.of("version", Long.toString(then.version)), metrics, false, now.version,
                UUID.randomUUID().toString());
        if (!then.metadata.schema().equals(now.metadata.schema())
                && TableState.columns(table, now.metadata).mismatch(TableState.columns(table, then.metadata)) != null) {
            text.metadata(now.metadata.id(), then.metadata.schema(), then.metadata.partitionColumns(), now.metadata.configuration(), millis);
        }
        transactions.forEach((id, version) -> text.transaction(id, version, millis));
        without(now, then).forEach(file -> text.remove(new LoggedFile(file.path(), file.partitionValues(), file.size()), millis));
        without(then, now).forEach(file -> text.add(new LoggedFile(file.path(), file.partitionValues(), file.size()), file.stats(), file.modified()));
        return text.lines();
    }
}
