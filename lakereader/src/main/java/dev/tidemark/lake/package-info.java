/**
 * A lake, its tables, and what a table held at each version. Values here are immutable and may be shared between
 * threads; {@link dev.tidemark.lake.Lake} and {@link dev.tidemark.lake.Table} are thread-safe.
 */
package dev.tidemark.lake;
