package dev.tidemark.lake;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one version of a table did.
 *
 * @param version       the version it made
 * @param committedAt   when, in UTC, as Delta counts it: by the commit's file, unless the table keeps time in its log; never before the version that precedes it
 * @param writtenAt     when, in UTC, as its writer noted it; the same as {@code committedAt} if it noted nothing. Of a table that was copied the files are all of one moment, and this still tells
 * @param operation     by the writer: WRITE, STREAMING UPDATE, MERGE, OPTIMIZE, VACUUM END, …; "UNKNOWN" if it said nothing
 * @param parameters    the operation's parameters, as written (JSON values as text)
 * @param metrics       the operation's metrics (numOutputRows, numAddedFiles, …), as written
 * @param engine        who wrote it, or null
 * @param userMetadata  what the user attached, or null
 * @param added         data files that came; of a commit with {@code dataChange = false} they hold rows that were there before
 * @param removed       locations of the data files that went
 * @param dataChange    whether the rows of the table changed, not only their arrangement
 * @param metadataChange whether schema or properties changed
 * @param transactions  application id → version, as far as this commit set them
 */
public record Commit(long version, Instant committedAt, Instant writtenAt, String operation, Map<String, String> parameters,
                     Map<String, String> metrics, String engine, String userMetadata,
                     List<DataFile> added, List<String> removed, boolean dataChange, boolean metadataChange,
                     Map<String, Long> transactions) {

    /** A commit of which nobody noted when it was written. */
    public Commit(long version, Instant committedAt, String operation, Map<String, String> parameters, Map<String, String> metrics, String engine, String userMetadata,
                  List<DataFile> added, List<String> removed, boolean dataChange, boolean metadataChange, Map<String, Long> transactions) {
        this(version, committedAt, committedAt, operation, parameters, metrics, engine, userMetadata, added, removed, dataChange, metadataChange, transactions);
    }

    /** What a commit means to someone who watches the table; each kind has its own mark on the time-travel bar. */
    public enum Kind { APPEND, REWRITE, CHANGE, SCHEMA, MAINTENANCE }

    /** The kind of this commit. */
    public Kind kind() {
        if (metadataChange) {
            return Kind.SCHEMA;
        }
        if (added.isEmpty() && removed.isEmpty()) {
            return Kind.MAINTENANCE;
        }
        if (!dataChange) {
            return Kind.REWRITE;
        }
        return removed.isEmpty() ? Kind.APPEND : Kind.CHANGE;
    }

    /** Rows that came, by the files' statistics; -1 if a file has none. */
    public long rowsAdded() {
        return Effect.rows(added);
    }
}
