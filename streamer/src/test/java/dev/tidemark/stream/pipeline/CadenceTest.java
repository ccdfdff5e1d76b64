package dev.tidemark.stream.pipeline;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CadenceTest {

    @Test
    void it_is_due_when_it_is_said_and_then_an_interval_after_the_end_of_the_last() {
        Cadence cadence = new Cadence(200, 1_020);
        assertThat(cadence.remaining(1_000)).isEqualTo(20);
        assertThat(cadence.remaining(1_250)).isEqualTo(-230);
        cadence.done(10, 1_260, 10);
        assertThat(cadence.remaining(1_260)).isEqualTo(200);
    }

    @Test
    void what_takes_long_is_done_less_often() {
        Cadence cadence = new Cadence(200, 0);
        cadence.done(50, 1_050, 10);
        cadence.done(40, 2_040, 10);
        assertThat(cadence.remaining(2_040)).isEqualTo(400);
        cadence.done(50, 3_050, 10);
        assertThat(cadence.remaining(3_050)).isEqualTo(400);
    }

    @Test
    void one_that_took_unusually_long_does_not_hold_up_the_next() {
        Cadence cadence = new Cadence(200, 0);
        cadence.done(1_000, 2_000, 10);
        assertThat(cadence.remaining(2_000)).isEqualTo(200);
        cadence.done(10, 2_210, 10);
        assertThat(cadence.remaining(2_210)).isEqualTo(200);
    }
}
