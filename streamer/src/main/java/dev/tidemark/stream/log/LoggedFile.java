package dev.tidemark.stream.log;

import java.util.Map;

/**
 * A data file as the log names it.
 *
 * @param path            relative to the table, percent-encoded
 * @param partitionValues column → text; null for no value
 * @param size            bytes
 */
public record LoggedFile(String path, Map<String, String> partitionValues, long size) {
}
