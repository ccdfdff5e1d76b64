package dev.tidemark.ui.live;

import dev.tidemark.ui.chart.Limit;
import dev.tidemark.ui.chart.Mark;

import java.util.List;

/** What is drawn over the lines of one measure: limits, and marks of what happened. Immutable. */
public record Annotations(List<Limit> limits, List<Mark> marks) {

    /** Nothing. */
    public static final Annotations NONE = new Annotations(List.of(), List.of());

    public Annotations {
        limits = List.copyOf(limits);
        marks = List.copyOf(marks);
    }
}
