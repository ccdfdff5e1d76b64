package dev.tidemark.ui.live;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.ui.text.Micros;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class FirstRangeTest {

    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    private static final RowTime TIME = new RowTime("time", null, null, RowTime.Spelling.STAMP);

    /** Files of an hour each, up to ten o'clock. */
    private static Snapshot hours(int count, long rowsEach) {
        List<DataFile> files = new ArrayList<>();
        for (int i = count; i > 0; i--) {
            long from = Micros.of(TEN.minus(Duration.ofHours(i)));
            files.add(new DataFile("file:/t/" + i, Map.of(), 1, TEN, Optional.of(new DataFile.Statistics(rowsEach, Map.of("time", from),
                    Map.of("time", from + Micros.of(Duration.ofMinutes(59))), Map.of()))));
        }
        return new Snapshot("/t", 1, TEN, new Schema(List.of()), List.of(), files, Map.of(), Map.of(), 1, 2);
    }

    private static Question.Range first(Snapshot snapshot, Instant now) {
        Extent extent = Extent.of(snapshot, TIME).orElseThrow();
        return FirstRange.of(snapshot, TIME, extent, Reader.current(extent.newest().to(), Micros.of(now), 0), Micros.of(now));
    }

    @Test
    void a_day_of_few_rows_is_shown_whole() {
        assertThat(first(hours(24, 10_000), TEN)).isEqualTo(new Question.Last(Duration.ofHours(24)));
    }

    @Test
    void of_a_day_of_very_many_rows_as_much_is_shown_as_is_read_at_once() {
        assertThat(first(hours(24, 1_200_000), TEN)).isEqualTo(new Question.Last(Duration.ofHours(1)));
        assertThat(first(hours(24, 300_000), TEN)).isEqualTo(new Question.Last(Duration.ofHours(6)));
    }

    @Test
    void so_it_is_with_a_history_that_is_over() {
        Instant later = TEN.plus(Duration.ofDays(100));
        assertThat(first(hours(24, 10_000), later)).isEqualTo(new Question.All());
        assertThat(first(hours(24, 1_200_000), later)).isEqualTo(new Question.Last(Duration.ofHours(1)));
    }

    @Test
    void where_even_minutes_hold_too_much_the_shortest_range_is_shown() {
        assertThat(first(hours(2, 200_000_000), TEN)).isEqualTo(new Question.Last(FirstRange.SHORTEST));
    }
}
