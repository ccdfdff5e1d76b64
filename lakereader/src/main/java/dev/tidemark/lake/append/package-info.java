/** Appending a few rows at a time to a table of the lake, beside whoever else writes it. */
package dev.tidemark.lake.append;
