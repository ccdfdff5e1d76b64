/**
 * The running whole: from polling a source to the commits of the tables. What was polled together is one batch; the watermark moves and
 * tables are committed only between batches, so that a run that was killed goes on exactly as one that was not.
 *
 * <p>Three threads, each of which owns what the others do not touch. The <em>pipeline's thread</em> polls, refines, aggregates, and gathers rows; all classes here
 * are its own but where they say otherwise. The <em>commit thread</em> has the tables and the rows that were handed over, from the hand-over until the pipeline's
 * thread has waited for its end: so positions, columns and versions of a table are looked at only after that. The <em>state writer</em> has bytes that do not change
 * any more. What the outside sees, {@link dev.tidemark.stream.pipeline.Figures}, is for any thread.
 */
package dev.tidemark.stream.pipeline;
