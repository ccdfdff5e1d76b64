package dev.tidemark.stream.table;

import dev.tidemark.stream.log.LoggedFile;

/**
 * A data file that waits for its commit.
 *
 * @param name       relative to the table, plain
 * @param logged     the same as the log names it
 * @param statistics JSON text
 */
record WrittenFile(String name, LoggedFile logged, long rows, String statistics) {
}
