package dev.tidemark.ui.chart;

/**
 * A limit drawn as a horizontal line.
 *
 * @param label    short name, such as "high"
 * @param value    in the unit of the chart
 * @param severity of crossing it
 */
public record Limit(String label, double value, Severity severity) { }
