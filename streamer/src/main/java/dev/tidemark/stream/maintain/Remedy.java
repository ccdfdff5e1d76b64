package dev.tidemark.stream.maintain;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Table;
import dev.tidemark.stream.pipeline.TakenBack;
import dev.tidemark.stream.table.LakeTables;

import java.util.Collection;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** How a table gets rid of files that are missing or wrong: it goes back to the last version that does without them, and the streamer makes again what came since. */
final class Remedy {

    private static final String AWAY = "move the table away with those made from it; the streamer makes them again from the tables before it";

    private Remedy() {
    }

    /** What to do, in words. */
    static String without(Lake lake, String path, Collection<String> locations) {
        OptionalLong version = before(lake.table(path), new HashSet<>(locations));
        if (version.isEmpty()) {
            return AWAY;
        }
        String command = "restore --table " + path + " --to-version " + version.getAsLong();
        int order = TakenBack.ORDER.indexOf(path);
        if (order < 0) {
            return command + ", and write again what came since";
        }
        String derived = order < TakenBack.ORDER.size() - 1 ? " --derived" : "";
        return path.equals(LakeTables.BRONZE_EVENTS.path())
                ? command + derived + " --force, and start the streamer: it reads again what came since, as far as the source still has it"
                : command + derived + ", and start the streamer: it makes again what came since";
    }

    /** The last readable version before any of the files came; empty if there is none any more. */
    private static OptionalLong before(Table table, Set<String> locations) {
        try {
            for (Commit commit : table.history()) {
                if (commit.added().stream().map(DataFile::location).anyMatch(locations::contains)) {
                    return table.travel().readable().atOrBefore(commit.version() - 1);
                }
            }
        } catch (LakeException e) {
            // A log that cannot be read tells nothing.
        }
        return OptionalLong.empty();
    }
}
