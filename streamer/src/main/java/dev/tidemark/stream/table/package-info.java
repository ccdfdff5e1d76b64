/**
 * Rows into Delta tables: columns in memory, Parquet with statistics, one commit with positions, and what became of it.
 */
package dev.tidemark.stream.table;
