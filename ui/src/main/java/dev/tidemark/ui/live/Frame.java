package dev.tidemark.ui.live;

import dev.tidemark.ui.chart.SeriesData;

import java.util.List;
import java.util.Map;

/**
 * All that the page shows, at one moment. Immutable.
 *
 * @param asked       what it answers
 * @param choices     what else could be asked
 * @param version     version of the table
 * @param rows        rows of the table at that version, -1 if its statistics do not say
 * @param lines       measure → series → points; a series without a name is ""
 * @param units       measure → unit, where the rows say one
 * @param figures     how much is measured and by how many; of a table without devices, empty
 * @param newest      time of the newest event in microseconds, {@link Long#MIN_VALUE} if there is none
 * @param current     whether that is of now: then a range that ends with the newest event moves on with the clock
 * @param step        what a point stands for at least, in microseconds, where there are too many to hold them all; else 0
 * @param stray       a value of the column of time that is no time: rows with such are not drawn; null if none was met
 */
public record Frame(Asked asked, Choices choices, long version, long rows,
                    Map<String, Map<String, SeriesData>> lines, Map<String, String> units, Activity.Figures figures, long newest,
                    boolean current, long step, String stray) {

    /** The same with other lines. */
    Frame with(Map<String, Map<String, SeriesData>> others, long otherStep) {
        return new Frame(asked, choices, version, rows, others, units, figures, newest, current, otherStep, stray);
    }

    /** What is asked of another version, so that the two are about the same: the range and the series that suited this one. */
    Question pinned(Question question) {
        Question pinned = question.range() != null ? question : question.withRange(asked.wanted());
        boolean others = question.split() != null && !question.split().equals(asked.split());
        return question.series() != null || asked.series() == null || others ? pinned : pinned.withSeries(List.copyOf(asked.series()));
    }

    /** Whether there is not one point to draw. */
    public boolean isEmpty() {
        return lines.values().stream().allMatch(series -> series.values().stream().allMatch(data -> data.size() == 0));
    }
}
