package dev.tidemark.lake.log;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** One line of a commit, or one row of a checkpoint, as the Delta protocol names them. Immutable. */
public sealed interface Action {

    /**
     * A data file came.
     *
     * @param path            as the log has it: percent-encoded, relative to the table or absolute
     * @param partitionValues column → text; null for a null value
     * @param size            bytes
     * @param modified        milliseconds since 1970
     * @param stats           JSON text, or null
     * @param deletions       which of its rows are deleted, or null
     */
    record Add(String path, Map<String, String> partitionValues, long size, long modified, boolean dataChange,
               String stats, Deletions deletions) implements Action {
    }

    /**
     * Which rows of a data file are deleted, and where that stands (Delta protocol, "Deletion Vectors").
     *
     * @param storage {@code u}: a file of the table, {@code p}: a file anywhere, {@code i}: here
     * @param place   where the file is, or the rows themselves, as the log has it
     * @param offset  where in the file
     * @param size    bytes
     * @param rows    number of deleted rows
     * @throws IllegalArgumentException if it makes no sense; the message says why
     */
    record Deletions(String storage, String place, int offset, int size, long rows) {

        /** Characters of the UUID that ends {@code place} where the file is one of the table. */
        public static final int UUID_LENGTH = 20;

        public Deletions {
            if (rows < 0 || size < 0 || offset < 0) {
                throw new IllegalArgumentException("a deletion vector of " + rows + " rows in " + size + " bytes at " + offset);
            }
            if (!List.of("u", "p", "i").contains(storage)) {
                throw new IllegalArgumentException("a deletion vector stored as \"" + storage + "\" (expected u, p or i)");
            }
            if (storage.equals("u")) {
                if (place.length() < UUID_LENGTH) {
                    throw new IllegalArgumentException("a deletion vector in a file named \"" + place + "\" (expected the Base85 of a UUID)");
                }
                Base85.uuid(place.substring(place.length() - UUID_LENGTH));
            }
        }
    }

    /** A file of a checkpoint in parts: actions {@link Add} and Remove stand there. */
    record Sidecar(String path, long size) implements Action {
    }

    /** A data file went; {@code path} as in {@link Add}. */
    record Remove(String path, boolean dataChange) implements Action {
    }

    /** What the table is from here on. {@code schema} is Delta's JSON text. */
    record Metadata(String id, String schema, List<String> partitionColumns, Map<String, String> configuration) implements Action {
    }

    /** What a reader and a writer must understand from here on; {@code features} from reader version 3 on. */
    record Protocol(int reader, int writer, List<String> features) implements Action {
    }

    /** How far a writer has come. */
    record Transaction(String id, long version) implements Action {
    }

    /**
     * Who committed and why; nothing that a reader must obey, {@code inCommitTime} (milliseconds since 1970) excepted. {@code time} is when the writer says it wrote, in
     * milliseconds since 1970. Values that are not text stand as JSON.
     */
    record Info(String operation, Map<String, String> parameters, Map<String, String> metrics, String engine,
                String userMetadata, OptionalLong inCommitTime, OptionalLong time) implements Action {
    }
}
