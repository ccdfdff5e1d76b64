package dev.tidemark.stream.table;

import dev.tidemark.lake.Schema;

import java.util.List;
import java.util.Map;

/**
 * What a writer must know of a table's version.
 *
 * @param files path as logged → file
 */
record TableState(long version, String id, Schema schema, List<String> partitionColumns, Map<String, String> properties,
                  Map<String, Long> transactions, Map<String, LoggedFile> files) {
}
