package dev.tidemark.stream.status;

import dev.tidemark.stream.pipeline.Figures;
import dev.tidemark.stream.pipeline.TableFigures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a streamer does its work. Immutable.
 *
 * @param status  {@code up} or {@code degraded}
 * @param reasons what is wrong, for the user; empty if nothing is
 */
public record Health(String status, List<String> reasons) {

    /** So long a pipeline may show no sign of life: a commit of many rows to a slow store takes seconds. */
    static final Duration STALLED = Duration.ofSeconds(60);

    static Health of(Figures figures) {
        List<String> reasons = new ArrayList<>();
        for (TableFigures table : figures.tables()) {
            if (table.failing() != null) {
                reasons.add("commit failing: " + table.path() + ": " + table.failing());
            }
        }
        figures.outages().forEach((source, why) -> reasons.add("source disconnected: " + source + ": " + why));
        if (figures.stillFor().compareTo(STALLED) > 0) {
            reasons.add("stalled: no sign of life for " + figures.stillFor().toSeconds() + " s");
        }
        return new Health(reasons.isEmpty() ? "up" : "degraded", List.copyOf(reasons));
    }

    boolean isUp() {
        return reasons.isEmpty();
    }
}
