package dev.tidemark.ui.chart;

/**
 * What a frame of a chart cost.
 *
 * @param paintNanos on the painting thread, from samples to pixels
 * @param fxNanos    on the FX thread, to order it and to show it with its labels
 * @param latencyNanos from the change that asked for it until it was handed to the renderer
 */
public record FrameTiming(long paintNanos, long fxNanos, long latencyNanos) { }
