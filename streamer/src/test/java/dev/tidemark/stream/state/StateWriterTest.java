package dev.tidemark.stream.state;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StateWriterTest {

    private final StateWriter out = new StateWriter();

    private StateReader reader() {
        byte[] bytes = States.bytes(out);
        return new StateReader(bytes, 0, bytes.length);
    }

    @Test
    void values_come_back_in_their_order() {
        out.bool(true);
        out.number(-7);
        out.number(Long.MIN_VALUE);
        out.number(-0.0);
        out.shared(new long[] {1, -1, -2, -1, Long.MAX_VALUE}, 3, -1);
        out.number(Double.NaN);
        out.bool(false);
        StateReader in = reader();
        assertThat(in.bool()).isTrue();
        assertThat(in.number()).isEqualTo(-7);
        assertThat(in.longNumber()).isEqualTo(Long.MIN_VALUE);
        assertThat(Double.doubleToRawLongBits(in.doubleNumber())).isEqualTo(Double.doubleToRawLongBits(-0.0));
        assertThat(in.longs()).containsExactly(1, -2, Long.MAX_VALUE);
        assertThat(in.doubleNumber()).isNaN();
        assertThat(in.ended()).isFalse();
        assertThat(in.bool()).isFalse();
        assertThat(in.ended()).isTrue();
    }

    @Test
    void a_text_is_written_once() {
        String kitchen = "küche \uD83C\uDF73";
        for (int i = 0; i < 1_000; i++) {
            out.text(kitchen);
            out.text(null);
            out.text("");
        }
        byte[] bytes = States.bytes(out);
        assertThat(bytes.length).isLessThan(3 * 4 * 1_000 + 50);
        StateReader in = new StateReader(bytes, 0, bytes.length);
        for (int i = 0; i < 1_000; i++) {
            assertThat(in.text()).isEqualTo(kitchen);
            assertThat(in.text()).isNull();
            assertThat(in.text()).isEmpty();
        }
    }

    @Test
    void more_than_a_chunk_comes_back_whole() {
        for (long i = 0; i < 1_000_000; i++) {
            out.number(i);
        }
        String large = "x".repeat(3_000_000);
        out.text(large);
        StateReader in = reader();
        for (long i = 0; i < 1_000_000; i++) {
            if (in.longNumber() != i) {
                throw new AssertionError(i);
            }
        }
        assertThat(in.text()).isEqualTo(large);
    }

    @Test
    void what_is_cut_short_or_no_state_is_broken_not_something_else() {
        out.text("text");
        out.shared(new long[] {1, 2}, 2, -1);
        byte[] bytes = States.bytes(out);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> {
                StateReader in = new StateReader(cut, 0, cut.length);
                in.text();
                in.longs();
            }).isInstanceOf(BrokenState.class);
        }
        byte[] wild = {9, 9, 9, 9, 9, 9, 9, 9};
        assertThatThrownBy(() -> new StateReader(wild, 0, 8).text()).isInstanceOf(BrokenState.class);
        assertThatThrownBy(() -> new StateReader(wild, 0, 8).longs()).isInstanceOf(BrokenState.class);
        assertThatThrownBy(() -> new StateReader(wild, 0, 8).bool()).isInstanceOf(BrokenState.class);
    }
}
