package dev.tidemark.stream.table;

import java.util.Map;

/**
 * What a commit is to do.
 *
 * @param positions  application id → version to set
 * @param parameters for the commit info
 * @param replaces   whether what the table held before goes
 */
record Change(Rows rows, Map<String, Long> positions, Map<String, String> parameters, boolean replaces) {
}
