package dev.tidemark.stream.chaos;

import java.util.Arrays;
import java.util.List;

/**
 * A place in the streamer's code at which its process can be killed: just before the first statement of a method. The process itself knows nothing of it: a
 * debugger's breakpoint stops it there.
 */
enum KillPoint {

    /** Rows are about to become a data file: nothing is on the disk. */
    BEFORE_THE_DATA_FILE("dev.tidemark.stream.table.DataFiles", "write", 9),
    /** The data file is there, complete, not forced to the disk, and in no commit. */
    AFTER_THE_DATA_FILE("dev.tidemark.stream.table.LocalFolder", "sync", 9),
    /** The data file is forced to the disk; the commit is not written. */
    BEFORE_THE_COMMIT("dev.tidemark.stream.table.LocalFolder", "publish", 9),
    /** The commit stands under a temporary name. */
    BEFORE_THE_RENAME("dev.tidemark.lake.log.LinkedFile", "link", 9),
    /** The commit is published, and the process does not know yet. */
    AFTER_THE_RENAME("dev.tidemark.stream.table.TableState", "apply", 9),
    /** Columns are about to be added to a table. */
    BEFORE_THE_SCHEMA("dev.tidemark.stream.table.StandaloneLog", "addColumns", 1),
    /** A checkpoint is about to be written. */
    BEFORE_THE_CHECKPOINT("dev.tidemark.stream.log.Checkpoint", "write", 1),
    /** The checkpoint stands under a temporary name. */
    IN_THE_CHECKPOINT("dev.tidemark.stream.log.CheckpointFiles", "rename", 1),
    /** {@code gold/live} is about to be replaced. */
    BEFORE_LIVE("dev.tidemark.stream.pipeline.LiveTable", "replace", 5),
    /** A state file is open under a temporary name, and empty. */
    IN_THE_STATE_FILE("dev.tidemark.stream.pipeline.StateFile", "write", 1),
    /** Small files are about to be rewritten as a large one. */
    BEFORE_COMPACTION("dev.tidemark.stream.table.FileMerge", "write", 1),
    /** A part of the large file is written. */
    IN_COMPACTION("dev.tidemark.stream.table.GroupedFile", "group", 1),
    /** The large file is complete; the commit that names it is not published. */
    BEFORE_COMPACTION_COMMITS("dev.tidemark.stream.table.Proposal", "publish", 1),
    /** Vacuum has said what it is going to delete, and deleted nothing yet. */
    BEFORE_VACUUM_DELETES("dev.tidemark.stream.log.Vacuum", "delete", 0),
    /** Everything is deleted; it is not noted how far that was. */
    BEFORE_VACUUM_REMEMBERS("dev.tidemark.stream.log.Vacuum", "remember", 0),
    /** Rows are in order, and are about to be written so. */
    IN_ZORDER("dev.tidemark.stream.table.RowSort", "sorted", 0),
    /** A file is about to be written anew without the rows that a backfill takes out. */
    IN_BACKFILL("dev.tidemark.stream.table.TableEdit", "rewrite", 0);

    private final String type;
    private final String method;
    private final int often;

    /** @param often how many times it is surely passed soon after the start of a streamer; 0 if only other commands pass it */
    KillPoint(String type, String method, int often) {
        this.type = type;
        this.method = method;
        this.often = often;
    }

    /** The points that a streamer passes. */
    static List<KillPoint> ofTheStreamer() {
        return Arrays.stream(values()).filter(point -> point.often > 0).toList();
    }

    /** Name of the class. */
    String type() {
        return type;
    }

    /** Name of the method. */
    String method() {
        return method;
    }

    /** How many times a run passes it surely, if there is enough to do. */
    int often() {
        return often;
    }
}
