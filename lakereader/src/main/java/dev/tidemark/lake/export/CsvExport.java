package dev.tidemark.lake.export;

import dev.tidemark.lake.scan.Scan;

import java.nio.file.Path;
import java.util.List;

/**
 * Writes the answer of a scan as CSV (RFC 4180, UTF-8, header, LF, times as ISO-8601 in UTC with microseconds,
 * null as an empty field, an empty string as ""). Made again from the same version it is the same to the byte.
 */
public final class CsvExport {

    /** Hears how far it is, at most a few times a second, on the thread that exports. */
    public interface Progress {
        /** {@code rows} written so far, of {@code total} (-1 if unknown). */
        void advanced(long rows, long total);
    }

    private CsvExport() {
    }

    /**
     * Writes to a temporary file beside {@code target} and renames it when it is complete: under the final name there
     * is never half a file. An interrupt ends it with a {@link java.util.concurrent.CancellationException} and leaves nothing.
     *
     * @param sort columns to sort by, ascending, nulls first; empty for the order of the table
     * @return rows written
     */
    public static long write(Scan scan, List<String> sort, Path target, Progress progress) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The same onto a stream, which is flushed but not closed. */
    public static long write(Scan scan, List<String> sort, java.io.OutputStream out, Progress progress) {
        throw new UnsupportedOperationException("not yet");
    }
}
