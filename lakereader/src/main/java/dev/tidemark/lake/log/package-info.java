/**
 * The log of a Delta table in its own words: commit files, checkpoints, the actions in them, and how a new version is
 * published. What the actions mean for a reader is said one package up, in {@link dev.tidemark.lake}.
 */
package dev.tidemark.lake.log;
