package dev.tidemark.lake.diff;

import dev.tidemark.lake.Schema;

import java.util.List;

/** Which columns tell a row from every other, where that is known from what the table is. */
public final class RowKey {

    /** Those of the tables that a streamer writes. */
    private static final List<List<String>> KNOWN = List.of(
            List.of("window", "window_start", "grain", "device_id", "location", "measure"),
            List.of("source", "partition", "offset"));

    private RowKey() {
    }

    /** The key columns of a table with this schema; empty if none are known. */
    public static List<String> of(Schema schema) {
        return KNOWN.stream().filter(key -> key.stream().allMatch(name -> schema.field(name).isPresent())).findFirst().orElse(List.of());
    }
}
