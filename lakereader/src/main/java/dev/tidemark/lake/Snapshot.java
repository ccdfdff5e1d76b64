package dev.tidemark.lake;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a table held at one version. Immutable.
 *
 * @param table            the table's absolute location, for messages
 * @param version          the version
 * @param committedAt      when it was committed, in UTC
 * @param schema           all columns, partition columns included
 * @param partitionColumns names of the partition columns, in order
 * @param files            the data files that hold its rows
 * @param transactions     application id → version: what a writer noted of its own progress
 * @param properties       the table's properties ({@code delta.…})
 * @param minReaderVersion the protocol's reader version
 * @param minWriterVersion the protocol's writer version
 */
public record Snapshot(String table, long version, Instant committedAt, Schema schema, List<String> partitionColumns,
                       List<DataFile> files, Map<String, Long> transactions, Map<String, String> properties,
                       int minReaderVersion, int minWriterVersion) {

    /** Bytes of all data files. */
    public long bytes() {
        return Effect.bytes(files);
    }

    /** Rows by the files' statistics; -1 if a file has none (then only a scan can tell). */
    public long rows() {
        return Effect.rows(files);
    }
}
