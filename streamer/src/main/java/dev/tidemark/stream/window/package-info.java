/**
 * Watermark, windows and mergeable aggregates. Pure: readings and a watermark in, rows out; no clock, no thread, no input or output.
 */
package dev.tidemark.stream.window;
