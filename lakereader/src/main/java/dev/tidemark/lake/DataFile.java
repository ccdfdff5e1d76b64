package dev.tidemark.lake;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One immutable Parquet file of a table.
 *
 * @param location   absolute place of the file, as plain text without percent-encoding: {@code file:} and the path of a
 *                   local file ({@code file:/lake/t/loc=a%2Fb/x.parquet} is a folder named {@code loc=a%2Fb}), else the URL
 * @param partition  partition column → its value as Delta writes it, null for a null value
 * @param size       bytes
 * @param modified   when it was written, by the log
 * @param statistics rows, smallest and largest values, where the writer left them
 */
public record DataFile(String location, Map<String, String> partition, long size, Instant modified,
                       Optional<Statistics> statistics) {

    /**
     * What a writer noted about a file, so that it need not be opened.
     *
     * @param rows       number of rows
     * @param min        column (path joined by dots) → a lower bound: Long (integers, dates in days, times in
     *                   microseconds), Double, String or Boolean
     * @param max        column → an upper bound, same types; a string may be cut, then it is still a bound
     * @param nullCount  column → number of nulls
     */
    public record Statistics(long rows, Map<String, Object> min, Map<String, Object> max, Map<String, Long> nullCount) {
    }

    public DataFile {
        Objects.requireNonNull(location);
    }
}
