package dev.tidemark.stream.pipeline;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CadenceTest {

    @Test
    void it_is_due_an_interval_after_the_start_and_after_the_end_of_the_last() {
        Cadence cadence = new Cadence(200, 10, 1_000);
        assertThat(cadence.remaining(1_000)).isEqualTo(200);
        assertThat(cadence.remaining(1_250)).isEqualTo(-50);
        cadence.done(1_250, 1_260);
        assertThat(cadence.remaining(1_260)).isEqualTo(200);
    }

    @Test
    void what_takes_long_is_done_less_often() {
        Cadence cadence = new Cadence(200, 10, 0);
        cadence.done(1_000, 1_050);
        assertThat(cadence.remaining(1_050)).isEqualTo(500);
    }
}
