package dev.tidemark.lake.log;

import java.io.IOException;
import java.util.List;

/**
 * Reads checkpoints: delta-standalone those of tables whose protocol it knows, Delta Kernel all others. Both give the same: protocol,
 * metadata, transactions and live files. Commits after the checkpoint are nobody's but ours.
 */
interface Checkpoint {

    /**
     * The actions of a checkpoint.
     *
     * @param files names of its files in the log's folder
     */
    List<Action> actions(CommitLog log, long version, List<String> files) throws IOException;

    /** Reads a checkpoint with whoever can. */
    static List<Action> read(CommitLog log, long version, List<String> files) throws IOException {
        boolean classic = files.stream().allMatch(name -> name.matches("\\d{20}\\.checkpoint(\\.\\d{10}\\.\\d{10})?\\.parquet"));
        if (classic && !needsMore(log, version)) {
            try {
                List<Action> actions = new Standalone().actions(log, version, files);
                if (!lacksStatistics(actions)) {
                    return actions;
                }
            } catch (UnsupportedLogException beyond) {
                return new Kernel().actions(log, version, files);
            }
        }
        return new Kernel().actions(log, version, files);
    }

    /** Whether a checksum file says beforehand that delta-standalone would refuse. */
    private static boolean needsMore(CommitLog log, long version) throws IOException {
        try {
            Action.Protocol noted = log.protocolNear(version);
            return noted != null && noted.reader() > 1;
        } catch (BrokenLogException hintWithoutSense) {
            return false;
        }
    }

    /** Statistics that the writer left as columns only: delta-standalone passes over these. */
    private static boolean lacksStatistics(List<Action> actions) {
        return actions.stream().anyMatch(action -> action instanceof Action.Metadata metadata
                && "false".equalsIgnoreCase(metadata.configuration().get("delta.checkpoint.writeStatsAsJson")));
    }
}
