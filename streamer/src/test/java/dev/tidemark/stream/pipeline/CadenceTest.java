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
        cadence.done(2_000, 2_040);
        assertThat(cadence.remaining(2_040)).isEqualTo(400);
        cadence.done(3_000, 3_050);
        assertThat(cadence.remaining(3_050)).isEqualTo(400);
    }

    @Test
    void one_that_took_unusually_long_does_not_hold_up_the_next() {
        Cadence cadence = new Cadence(200, 10, 0);
        cadence.done(1_000, 2_000);
        assertThat(cadence.remaining(2_000)).isEqualTo(200);
        cadence.done(2_200, 2_210);
        assertThat(cadence.remaining(2_210)).isEqualTo(200);
    }
}
