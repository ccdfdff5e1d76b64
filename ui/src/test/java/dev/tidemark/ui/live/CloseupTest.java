package dev.tidemark.ui.live;

import dev.tidemark.ui.Turns;
import dev.tidemark.ui.chart.SeriesData;
import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.task.Tasks;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** An answer in steps of a second, over 8,000 s; times are in seconds here. */
class CloseupTest {

    private static final long SECOND = 1_000_000;

    private final Turns turns = new Turns();
    private final List<TimeRange> read = new ArrayList<>();
    private final List<Frame> shown = new ArrayList<>();
    private final Closeup closeup = new Closeup(Tasks.on(turns), (whole, stretch) -> progress -> {
        read.add(stretch);
        return frame(stretch, SECOND / 16);
    }, shown::add);

    private static TimeRange seconds(double from, double to) {
        return TimeRange.near(from * SECOND, to * SECOND);
    }

    private static Frame frame(TimeRange range, long step) {
        TableShape shape = new TableShape(TableShape.Kind.WIDE, new RowTime("time", null, null, RowTime.Spelling.STAMP), List.of(), null, List.of("value"), Set.of(), TableShape.Alternatives.NONE);
        Asked asked = new Asked(shape, null, null, List.of("value"), new Question.All(), range, null);
        SeriesData line = SeriesData.of(step, new long[] {range.from()}, new double[] {1}, null, null, null);
        return new Frame(asked, new Choices(List.of(), List.of(), List.of("value"), Extent.of(List.of(range)), List.of()), 3, 10_000_000, Map.of("value", Map.of("", line)), Map.of(),
                new Activity(0).now(Duration.ofMinutes(2)), range.to(), false, step, null);
    }

    private void answered(long step) {
        closeup.answered(frame(seconds(0, 8000), step));
    }

    private void look(double from, double to) {
        closeup.look(seconds(from, to));
        turns.all();
    }

    @Test
    void a_close_look_reads_that_part_in_finer_steps_and_leaves_all_else_as_it_was() {
        answered(SECOND);
        look(1000, 1400);
        assertThat(read).containsExactly(seconds(800, 1600));
        assertThat(shown).hasSize(1);
        assertThat(shown.get(0).step()).isEqualTo(SECOND / 16);
        assertThat(shown.get(0).asked().range()).isEqualTo(seconds(0, 8000));
        assertThat(shown.get(0).version()).isEqualTo(3);
    }

    @Test
    void an_answer_that_holds_every_point_is_never_read_again() {
        answered(0);
        look(1000, 1001);
        assertThat(read).isEmpty();
    }

    @Test
    void a_look_at_most_of_it_is_no_close_look() {
        answered(SECOND);
        look(0, 6000);
        assertThat(read).isEmpty();
        assertThat(shown).isEmpty();
    }

    @Test
    void a_step_aside_in_what_was_read_reads_nothing_and_one_beyond_reads_on() {
        answered(SECOND);
        look(1000, 1400);
        look(1150, 1550);
        assertThat(read).hasSize(1);
        look(1300, 1700);
        assertThat(read).hasSize(2);
        // Meanwhile the whole is better than a blank.
        assertThat(shown).extracting(Frame::step).containsExactly(SECOND / 16, SECOND, SECOND / 16);
    }

    @Test
    void a_still_closer_look_reads_still_finer() {
        answered(SECOND);
        look(1000, 1400);
        look(1100, 1150);
        assertThat(read).containsExactly(seconds(800, 1600), seconds(1075, 1175));
    }

    @Test
    void a_look_at_the_whole_again_brings_back_the_whole() {
        answered(SECOND);
        look(1000, 1400);
        look(0, 8000);
        assertThat(shown).extracting(Frame::step).containsExactly(SECOND / 16, SECOND);
    }

    @Test
    void another_answer_ends_the_close_look() {
        answered(SECOND);
        closeup.look(seconds(1000, 1400));
        answered(SECOND);
        turns.all();
        assertThat(shown).isEmpty();
    }
}
