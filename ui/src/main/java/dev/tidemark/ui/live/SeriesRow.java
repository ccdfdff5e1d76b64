package dev.tidemark.ui.live;

import dev.tidemark.ui.text.Messages;

import java.util.List;

/**
 * One series as the list shows it.
 *
 * @param key    its name in the table, "" for rows without one
 * @param label  its name on screen
 * @param colour index of its colour; less than 0 while its rows are not read
 * @param latest newest value of each shown measure, in their order; NaN where it has none
 * @param time   of its newest point in microseconds
 */
public record SeriesRow(String key, String label, int colour, List<Double> latest, long time) {

    public SeriesRow {
        latest = List.copyOf(latest);
    }

    /** One of which no more is known than its name. */
    static SeriesRow unread(String key) {
        return new SeriesRow(key, key.isEmpty() ? Messages.text("live.series.unnamed") : key, -1, List.of(), Long.MIN_VALUE);
    }
}
