package dev.tidemark.ui;

import dev.tidemark.ui.live.Question;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class WorkspaceTest {

    @Test
    void it_comes_back_as_it_was_written() {
        Workspace full = new Workspace("Night shift", "/lakes/plant a", "gold/windows", "table",
                new Question("5m", "device_id", List.of("motor.temp_c", "vibration"), new Question.Between(1_000, 2_000)));
        Workspace bare = new Workspace("x", "abfss://c@a/lake", "", "live", Question.ANY);
        Workspace last = new Workspace("y", "/l", "t", "live", Question.ANY.withRange(new Question.Last(Duration.ofMinutes(90))));
        Workspace all = new Workspace("z", "/l", "t", "live", Question.ANY.withRange(new Question.All()));
        Workspace some = new Workspace("w", "/l", "t", "live", Question.ANY.withSeries(List.of("m-1", "m 2")));
        for (Workspace workspace : List.of(full, bare, last, all, some)) {
            assertThat(Workspace.of(workspace.line())).contains(workspace);
        }
    }

    @Test
    void one_that_was_saved_before_series_could_be_chosen_still_opens() {
        assertThat(Workspace.of("n\tl\tt\tp\t-\tdevice_id\t-\tall").orElseThrow().question().series()).isNull();
    }

    @Test
    void a_name_cannot_break_its_line() {
        Workspace odd = new Workspace("a\tb\nc", "/l", "t", "live", Question.ANY);
        assertThat(Workspace.of(odd.line()).orElseThrow().name()).isEqualTo("a b c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\tb", "n\tl\tt\tp\t-\t-\t-\tsoon", "n\tl\tt\tp\t-\t-\t-\t1..x"})
    void a_spoilt_line_is_no_workspace(String line) {
        assertThat(Workspace.of(line)).isEmpty();
    }
}
