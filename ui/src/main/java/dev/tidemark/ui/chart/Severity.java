package dev.tidemark.ui.chart;

/** How grave a limit or a mark is; the palette gives each its colour. */
public enum Severity { LOW, MEDIUM, HIGH, CRITICAL }
