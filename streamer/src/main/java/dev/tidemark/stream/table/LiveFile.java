package dev.tidemark.stream.table;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.log.Place;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A data file that the newest version of a table holds, as far as it must be known to tell whether it is to be rewritten.
 *
 * @param path      as the log has it: percent-encoded, relative to the table or absolute
 * @param partition partition column → its value as Delta writes it, null for a null value
 * @param size      bytes
 * @param modified  when it was written, milliseconds since 1970
 * @param rows      rows, by its statistics; -1 if they do not say
 * @param from      when its first rows came, microseconds since 1970; {@code modified} if its statistics do not say
 */
public record LiveFile(String path, Map<String, String> partition, long size, long modified, long rows, long from) {

    /** The same as a reader opens it. */
    DataFile at(Place table) {
        return new DataFile(table.locate(path), partition, size, Instant.ofEpochMilli(modified), Optional.empty());
    }
}
