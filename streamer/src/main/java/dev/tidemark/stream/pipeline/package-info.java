/**
 * The running whole: from polling a source to the commits of the tables, in one thread. What was polled together is one batch; the watermark moves and
 * tables are committed only between batches, so that a run that was killed goes on exactly as one that was not.
 */
package dev.tidemark.stream.pipeline;
