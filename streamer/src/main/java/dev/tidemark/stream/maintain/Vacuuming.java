package dev.tidemark.stream.maintain;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;
import dev.tidemark.stream.log.Retention;
import dev.tidemark.stream.log.Vacuum;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.IntConsumer;

/** A vacuum of one table, beside whoever reads and writes it, that was asked for by a person. Used by one thread. */
public final class Vacuuming {

    private static final int READER = 1;

    private final String table;
    private final Vacuum vacuum;
    private final Retention own;

    private Vacuuming(String table, Vacuum vacuum, Retention own) {
        this.table = table;
        this.vacuum = vacuum;
        this.own = own;
    }

    /**
     * Opens a table.
     *
     * @throws LakeException if there is no such table, or its files cannot be told from others here
     */
    public static Vacuuming open(Lake lake, String path, InstantSource clock) {
        Place place = Place.of(lake.root()).resolve(path);
        if (!place.isLocal()) {
            throw new LakeException(Reason.UNSUPPORTED, "Cannot vacuum table " + place + ": only lakes on this machine can be written yet");
        }
        Snapshot snapshot = lake.table(path).snapshot();
        if (snapshot.minReaderVersion() > READER) {
            throw new LakeException(Reason.UNSUPPORTED, "Cannot vacuum table " + place + ": someone turned on features by which it has files that are not known here (expected"
                    + " protocol at most reader " + READER + ", actual " + snapshot.minReaderVersion() + "). Vacuum it with Spark");
        }
        return new Vacuuming(place.toString(), new Vacuum(CommitLog.of(place), clock), Retention.of(snapshot.properties()));
    }

    /**
     * What would be deleted.
     *
     * @param retention null for the table's own
     * @param force     whether the retention may be shorter than the table's own
     * @throws LakeException INVALID if that would break what is promised, or the mode cannot know
     */
    public Vacuum.Plan plan(Vacuum.Mode mode, Duration retention, boolean force) {
        if (retention != null && retention.compareTo(own.files()) < 0 && !force) {
            throw new LakeException(Reason.INVALID, "Cannot vacuum table " + table + " with a retention of " + Retention.words(retention) + ": versions of the last "
                    + Retention.words(own.files()) + " could no longer be read, and readers that are at it now would fail (expected at least "
                    + Retention.words(own.files()) + ", the table's own). Give --force if nobody needs them");
        }
        try {
            Vacuum.Plan plan = vacuum.plan(mode, retention);
            if (!plan.complete()) {
                throw new LakeException(Reason.INVALID, "Cannot vacuum table " + table + " in lite mode: its log does not reach back to the last vacuum, so it does not tell of all"
                        + " files that were removed. Use --mode full, which lists the folder");
            }
            return plan;
        } catch (IOException e) {
            throw new LakeException(Reason.UNREACHABLE, "Cannot vacuum table " + table + ": " + e.getMessage() + ". Nothing was deleted", e);
        }
    }

    /**
     * Deletes what was planned.
     *
     * @param progress hears how many files are gone
     * @return how many were deleted
     * @throws LakeException if one could not be
     */
    public int run(Vacuum.Plan plan, boolean force, IntConsumer progress) {
        try {
            return vacuum.run(plan, force, progress);
        } catch (IOException e) {
            throw new LakeException(Reason.DENIED, "Cannot vacuum table " + table + ": " + e.getMessage() + ". What is left can be deleted by another vacuum", e);
        }
    }
}
