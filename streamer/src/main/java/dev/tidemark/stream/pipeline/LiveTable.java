package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Table;
import dev.tidemark.stream.table.CommitOutcome;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.Rows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.Map;

/**
 * {@code gold/live}: the windows that {@code gold/windows} does not hold yet, replaced whole by every commit. Nothing depends on it: what goes wrong
 * with it is told and never stops the stream. A table that is lost or broken is made anew; any other that cannot be written is left as it is. For one thread.
 */
final class LiveTable implements AutoCloseable {

    /** The commit's parameter that names the version of {@code gold/windows} which its rows continue. */
    static final String CONTINUES = "windowsVersion";

    private static final Logger LOG = LoggerFactory.getLogger(LiveTable.class);

    private final Lake lake;
    private final InstantSource clock;
    private DeltaTable table;
    private String told;

    LiveTable(Lake lake, InstantSource clock) {
        this.lake = lake;
        this.clock = clock;
    }

    /** Room for rows, which any thread may fill. */
    static Rows newRows() {
        return Rows.of(LakeTables.GOLD_LIVE.path(), LakeTables.GOLD_LIVE.layout());
    }

    /** Replaces the rows by these, which are those of the windows that {@code windowsVersion} does not hold. Returns whether that worked. */
    boolean replace(Rows rows, long windowsVersion) {
        try {
            if (table == null) {
                table = open();
            }
            CommitOutcome outcome = table.replace(rows, Map.of(), Map.of(CONTINUES, Long.toString(windowsVersion)));
            if (outcome instanceof CommitOutcome.Conflict conflict) {
                throw new LakeException(LakeException.Reason.INVALID, conflict.message());
            }
            if (told != null) {
                LOG.info("{} can be written again", LakeTables.GOLD_LIVE.path());
                told = null;
            }
            return true;
        } catch (LakeException | IllegalStateException | IllegalArgumentException e) {
            LOG.debug("Live commit failed", e);
            if (!e.getMessage().equals(told)) {
                told = e.getMessage();
                LOG.warn("{}; open windows are not shown meanwhile, nothing else is affected", told);
            }
            close();
            return false;
        }
    }

    /** Why the last attempt to replace the rows failed; null if it did not. */
    String failing() {
        return told;
    }

    /** The table's version; -1 if it is not open. */
    long version() {
        return table == null ? -1 : table.version();
    }

    private DeltaTable open() {
        try {
            // A lake of its own, which forgets what it has seen when the table is made anew.
            Table known = Lake.at(lake.root()).table(LakeTables.GOLD_LIVE.path());
            if (known.exists()) {
                known.snapshot();
            }
        } catch (LakeException e) {
            if (!isBroken(e.reason())) {
                throw e;
            }
            LOG.warn("{}. It holds nothing that is not elsewhere: it is made anew", e.getMessage());
            delete(Path.of(lake.root()).resolve(LakeTables.GOLD_LIVE.path()));
        }
        return DeltaTable.open(lake, LakeTables.GOLD_LIVE.path(), LakeTables.GOLD_LIVE.layout(), clock);
    }

    /** Only what is broken itself goes: not what may not be touched, cannot be reached, or belongs to a program that knows more of it. */
    private static boolean isBroken(LakeException.Reason reason) {
        return switch (reason) {
            case BROKEN_LOG, BROKEN_DATA, VERSION_GONE -> true;
            case NOT_A_TABLE, NOT_FOUND, UNSUPPORTED, DENIED, UNREACHABLE, INVALID -> false;
        };
    }

    private static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new LakeException(LakeException.Reason.DENIED, "Cannot make " + folder + " anew: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (table != null) {
            table.close();
            table = null;
        }
    }
}
