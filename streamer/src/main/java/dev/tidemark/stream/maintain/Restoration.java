package dev.tidemark.stream.maintain;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.stream.pipeline.TakenBack;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.TableRestore;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes a table back to an older version so that the streamer goes on correctly: its positions go back with it, and what came since is made again from the tables before it. What is
 * made from the table must not hold more than it: it is taken back as well, or nothing is. Used by one thread.
 */
public final class Restoration {

    private static final String BRONZE = LakeTables.BRONZE_EVENTS.path();

    private final Lake lake;
    private final boolean durable;
    private final InstantSource clock;

    public Restoration(Lake lake, boolean durable, InstantSource clock) {
        this.lake = lake;
        this.durable = durable;
        this.clock = clock;
    }

    /**
     * Tables and the versions to which they are to go, in the order in which that is safe: what is made from others first.
     *
     * @param path    of a table
     * @param target  a version of it
     * @param derived whether the tables that are made from it may be taken back as well
     * @param force   whether the table with what came from the sources may be
     * @throws LakeException INVALID if that would leave tables that do not belong together
     */
    public Map<String, Long> plan(String path, long target, boolean derived, boolean force) {
        if (path.equals(LakeTables.GOLD_LIVE.path())) {
            throw new LakeException(Reason.INVALID, "Cannot restore table " + path + ": it is replaced many times a second, and made from others (expected another table)");
        }
        Table table = lake.table(path);
        Snapshot then = table.snapshot(target);
        Map<String, Long> plan = new LinkedHashMap<>();
        int at = TakenBack.ORDER.indexOf(path);
        if (at < 0 || !TakenBack.isPositioned(table.snapshot().transactions())) {
            plan.put(path, target);
            return plan;
        }
        long through = TakenBack.through(then.transactions());
        if (path.equals(BRONZE) && !force && through < TakenBack.through(table.snapshot().transactions())) {
            throw new LakeException(Reason.INVALID, "Cannot restore table " + path + " to version " + target + ": it can be made from nothing in the lake, so what came since is read again from the"
                    + " sources, as far as they still have it. Give --force if they do");
        }
        requireBefore(path, target, through, at);
        List<String> ahead = new ArrayList<>();
        for (String later : TakenBack.ORDER.subList(at + 1, TakenBack.ORDER.size())) {
            if (lake.table(later).exists() && TakenBack.through(lake.table(later).snapshot().transactions()) > through) {
                ahead.add(later);
            }
        }
        if (!ahead.isEmpty() && !derived) {
            throw new LakeException(Reason.INVALID, "Cannot restore table " + path + " to version " + target + " alone: " + String.join(" and ", ahead)
                    + (ahead.size() == 1 ? " was" : " were") + " made from rows that it did not have yet. Give --derived to take " + (ahead.size() == 1 ? "it" : "them")
                    + " back as well; the streamer makes everything again");
        }
        Collections.reverse(ahead);
        ahead.forEach(later -> plan.put(later, lastVersion(lake, later, through)));
        plan.put(path, target);
        return plan;
    }

    private void requireBefore(String path, long target, long through, int at) {
        for (String earlier : TakenBack.ORDER.subList(0, at)) {
            if (!lake.table(earlier).exists() || TakenBack.through(lake.table(earlier).snapshot().transactions()) < through) {
                throw new LakeException(Reason.INVALID, "Cannot restore table " + path + " to version " + target + ": it was made from rows that " + earlier
                        + " does not have (any more). Choose an older version, or restore " + earlier + " first");
            }
        }
    }

    /**
     * The newest version that holds no batch after one.
     *
     * @throws LakeException VERSION_GONE if there is none any more
     */
    static long lastVersion(Lake lake, String path, long through) {
        Table table = lake.table(path);
        List<Commit> history = table.history();
        long first = history.isEmpty() ? table.latestVersion() : history.get(0).version();
        long holds = first == 0 ? Long.MIN_VALUE : TakenBack.through(table.snapshot(Math.max(first, table.earliestVersion())).transactions());
        long last = -1;
        for (Commit commit : history) {
            if (commit.version() >= table.earliestVersion()) {
                holds = TakenBack.isPositioned(commit.transactions()) ? TakenBack.through(commit.transactions()) : holds;
                last = holds <= through ? commit.version() : last;
            }
        }
        if (last < 0) {
            throw new LakeException(Reason.VERSION_GONE, "Cannot restore table " + path + ": its log does not reach back to a version that fits. Move it away; the next start makes it again");
        }
        return last;
    }

    /**
     * Restores one table of a plan, or only looks what that would do.
     *
     * @throws LakeException VERSION_GONE if files are gone
     */
    public TableRestore.Restored run(String path, long target, boolean dryRun) {
        Table table = lake.table(path);
        Map<String, Long> now = table.snapshot().transactions();
        Map<String, Long> transactions = TakenBack.ORDER.contains(path) && TakenBack.isPositioned(now) ? TakenBack.transactions(now, table.snapshot(target).transactions()) : Map.of();
        return TableRestore.open(lake, path, durable, clock).run(target, transactions, dryRun);
    }
}
