package dev.tidemark.lake;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One immutable Parquet file of a table, and which of its rows are deleted.
 *
 * @param location   absolute place of the file, as plain text without percent-encoding: {@code file:} and the path of a
 *                   local file ({@code file:/lake/t/loc=a%2Fb/x.parquet} is a folder named {@code loc=a%2Fb}), else the URL
 * @param partition  partition column (as the files spell it, {@link Schema.Stored}) → its value as Delta writes it, null for a null value
 * @param size       bytes
 * @param modified   when it was written, by the log
 * @param statistics rows, smallest and largest values, where the writer left them
 * @param deletions  which of its rows do not count any more
 */
public record DataFile(String location, Map<String, String> partition, long size, Instant modified,
                       Optional<Statistics> statistics, Optional<DeletionVector> deletions) {

    /**
     * What a writer noted about a file, so that it need not be opened.
     *
     * @param rows       number of rows, without those that are deleted
     * @param min        column (path joined by dots, as the files spell it) → a lower bound: Long (integers, dates in days, times in
     *                   microseconds), Double, String or Boolean
     * @param max        column → an upper bound, same types; a string may be cut, then it is still a bound
     * @param nullCount  column → number of nulls; of a file with deleted rows only where there are none
     */
    public record Statistics(long rows, Map<String, Object> min, Map<String, Object> max, Map<String, Long> nullCount) {
    }

    public DataFile {
        Objects.requireNonNull(location);
        Objects.requireNonNull(deletions);
    }

    /** A file all of whose rows count. */
    public DataFile(String location, Map<String, String> partition, long size, Instant modified, Optional<Statistics> statistics) {
        this(location, partition, size, modified, statistics, Optional.empty());
    }

    /** Tells its rows from those of every other file, and of this file with other rows deleted. */
    public String id() {
        return deletions.map(vector -> location + "#" + vector.id()).orElse(location);
    }
}
