package dev.tidemark.stream.pipeline;

import dev.tidemark.stream.reference.ReferenceHistory;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.window.Watermarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What it means for the streamer that a table was taken back to an older version. A table tells how far it holds its input; one that says so of its older version is filled up again
 * from the tables before it, as after a crash. So none may be behind one that is made from it.
 */
public final class TakenBack {

    /** Paths of the tables in the order in which a batch reaches them: each holds all that those behind it hold. */
    public static final List<String> ORDER = List.of(LakeTables.BRONZE_EVENTS.path(), LakeTables.SILVER_REJECTS.path(), LakeTables.SILVER_READINGS.path(),
            LakeTables.GOLD_ALERTS.path(), LakeTables.GOLD_WINDOWS.path());

    private static final long NOTHING_READ = -1;
    private static final Set<String> OF_THE_SOURCE = Set.of("identity:", "generation:");

    private TakenBack() {
    }

    /** The last batch that a table holds, by its transactions; {@link Long#MIN_VALUE} if there is none. */
    public static long through(Map<String, Long> transactions) {
        return transactions.getOrDefault(TransactionIds.INGESTED, Long.MIN_VALUE);
    }

    /** Whether a table tells by its transactions how far it holds its input. */
    public static boolean isPositioned(Map<String, Long> transactions) {
        return transactions.containsKey(TransactionIds.INGESTED);
    }

    /**
     * The transactions that a table must have once it is as it was.
     *
     * @param now  those of its newest version
     * @param then those of the version that is brought back
     */
    public static Map<String, Long> transactions(Map<String, Long> now, Map<String, Long> then) {
        Map<String, Long> back = new HashMap<>();
        Set<String> ids = new TreeSet<>(now.keySet());
        ids.addAll(then.keySet());
        for (String id : ids) {
            // What stands behind a source's name, and which reference data is in use, has not changed because of it.
            if (OF_THE_SOURCE.stream().noneMatch(id::startsWith) && !id.equals(ReferenceHistory.ID)) {
                back.put(id, then.getOrDefault(id, nothing(id)));
            }
        }
        return back;
    }

    private static long nothing(String id) {
        return switch (id) {
            case TransactionIds.STATE_GENERATION, TransactionIds.STATE_ID, TransactionIds.COLUMNS -> 0;
            case TransactionIds.INGESTED, TransactionIds.ALERTED -> Long.MIN_VALUE;
            case TransactionIds.WATERMARK -> Watermarks.NONE;
            default -> id.startsWith(TransactionIds.watermark("")) ? Watermarks.NONE : NOTHING_READ;
        };
    }
}
