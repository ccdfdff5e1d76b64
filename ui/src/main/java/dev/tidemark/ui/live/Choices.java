package dev.tidemark.ui.live;

import java.util.List;

/**
 * What a table offers to choose from.
 *
 * @param windows  names of window lengths, shortest first; empty for a table without
 * @param splits   key columns, the likeliest first
 * @param measures the most important first
 * @param extent   where on the line of time it has rows
 * @param series   all series by name, where there are too many to read them all; else empty
 */
public record Choices(List<String> windows, List<String> splits, List<String> measures, Extent extent, List<String> series) {

    public Choices {
        windows = List.copyOf(windows);
        splits = List.copyOf(splits);
        measures = List.copyOf(measures);
        series = List.copyOf(series);
    }
}
