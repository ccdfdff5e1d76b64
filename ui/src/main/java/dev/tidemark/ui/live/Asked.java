package dev.tidemark.ui.live;

import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.text.Micros;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A question with nothing left open: what is read from the table, and shown.
 *
 * @param shape    of the table
 * @param window   name of the windows, null for a table without
 * @param split    column that makes the series, null for one series
 * @param measures in the order of their charts
 * @param wanted   the range as it was asked for, or as it suited
 * @param range    the time to show; of one that ends with the newest event, where it stood when the question was answered
 * @param series   keys of the series that are read; null for all of them
 */
public record Asked(TableShape shape, String window, String split, List<String> measures,
                    Question.Range wanted, TimeRange range, Set<String> series) {

    public Asked {
        measures = List.copyOf(measures);
        series = series == null ? null : Set.copyOf(series);
    }

    Asked withSeries(Set<String> chosen) {
        return new Asked(shape, window, split, measures, wanted, range, chosen);
    }

    /** Length of a window in microseconds, 0 if there are none of a fixed length. */
    long windowMicros() {
        return window == null ? 0 : Windows.step(window).map(Micros::of).orElse(0L);
    }

    /** How long a window is; zero for points without length. */
    public Duration windowLength() {
        return Micros.duration(windowMicros());
    }

    /** The path of the time column, through its struct if it lies in one. */
    public String timePath() {
        return shape.timePath();
    }

    /** Of a table with one column a measure, the columns of those that it has: a version of the past, or one after a change of schema, may lack some that were chosen. */
    List<String> columns() {
        return measures.stream().filter(shape.measures()::contains).toList();
    }

    /** The grain whose rows hold the split, in a table of windows. */
    public String grain() {
        return grain(split);
    }

    static String grain(String split) {
        return "device_id".equals(split) ? "device" : "location";
    }
}

