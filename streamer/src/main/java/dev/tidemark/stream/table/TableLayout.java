package dev.tidemark.stream.table;

import dev.tidemark.lake.Schema;

import java.util.List;
import java.util.Map;

/**
 * What a table is made with.
 *
 * @param schema           all columns, partition columns included
 * @param partitionColumns names of partition columns (of type date or string)
 * @param properties       table properties ({@code delta.…})
 * @param durable          whether data and commits are forced to the disk; false only for a table whose loss costs nothing
 */
public record TableLayout(Schema schema, List<String> partitionColumns, Map<String, String> properties, boolean durable) {
}
