package dev.tidemark.stream.decode;

import dev.tidemark.stream.state.StateWriter;
import dev.tidemark.stream.state.States;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class DuplicatesTest {

    private static final Shape TEMPERATURE = shape("temperature", "humidity");
    private static final Shape OTHER_ORDER = shape("humidity", "temperature");
    private static final Shape PRESSURE = shape("pressure");
    private static final long MINUTE = 60_000_000;

    private final Duplicates duplicates = new Duplicates(MINUTE);

    @Test
    void the_same_device_time_and_measures_are_a_duplicate() {
        assertThat(duplicates.add(reading("a", 5, TEMPERATURE))).isTrue();
        assertThat(duplicates.add(reading("a", 5, TEMPERATURE))).isFalse();
        assertThat(duplicates.add(reading("a", 5, OTHER_ORDER))).as("the names count, not their order").isFalse();
        assertThat(duplicates.add(reading("a", 5, PRESSURE))).isTrue();
        assertThat(duplicates.add(reading("a", 6, TEMPERATURE))).isTrue();
        assertThat(duplicates.add(reading("b", 5, TEMPERATURE))).isTrue();
        assertThat(duplicates.size()).isEqualTo(4);
    }

    @Test
    void what_lies_before_the_horizon_is_forgotten_to_the_microsecond() {
        duplicates.add(reading("a", 10 * MINUTE + 4, TEMPERATURE));
        duplicates.add(reading("a", 10 * MINUTE + 5, TEMPERATURE));
        duplicates.advance(11 * MINUTE + 5);
        assertThat(duplicates.size()).isEqualTo(1);
        assertThat(duplicates.add(reading("a", 10 * MINUTE + 5, TEMPERATURE))).isFalse();
        assertThat(duplicates.add(reading("a", 10 * MINUTE + 4, TEMPERATURE))).isTrue();
        assertThat(duplicates.add(reading("a", 10 * MINUTE + 4, TEMPERATURE))).as("one from before the horizon counts as new").isTrue();
        duplicates.advance(11 * MINUTE + 4);
        assertThat(duplicates.add(reading("a", 10 * MINUTE + 4, TEMPERATURE))).as("the horizon never goes back").isTrue();
        duplicates.advance(11 * MINUTE + 6);
        assertThat(duplicates.size()).isZero();
    }

    @Test
    void it_agrees_with_a_plain_set() {
        Random random = new Random(11);
        Set<List<Object>> model = new HashSet<>();
        List<Shape> shapes = List.of(TEMPERATURE, PRESSURE);
        Duplicates duplicates = this.duplicates;
        long horizon = Long.MIN_VALUE;
        long now = -50 * MINUTE;
        for (int i = 0; i < 200_000; i++) {
            now += random.nextInt(100_000);
            long time = now - random.nextInt(1_000) * 100_000L;
            String device = "d" + random.nextInt(3);
            int shape = random.nextInt(2);
            boolean fresh = time < horizon || model.add(List.of(device, time, shape));
            assertThat(duplicates.add(reading(device, time, shapes.get(shape)))).isEqualTo(fresh);
            if (random.nextInt(1_000) == 0) {
                Duplicates before = duplicates;
                byte[] frozen = States.written(before);
                duplicates = States.moved(before, new Duplicates(MINUTE));
                assertThat(duplicates.size()).isEqualTo(model.size());
                assertThat(States.written(before)).isEqualTo(frozen);
            }
            if (random.nextInt(200) == 0) {
                horizon = now - 50_000_000;
                long from = horizon;
                duplicates.advance(from + MINUTE);
                model.removeIf(key -> (long) key.get(1) < from);
                assertThat(duplicates.size()).isEqualTo(model.size());
            }
        }
    }

    /** Spark's StreamingDeduplicationSuite, with a watermark; its rows below the watermark are dropped there, here they count as new and are late. */
    @Test
    void spark_deduplication_with_a_watermark() {
        for (long second = 10; second <= 15; second++) {
            assertThat(duplicates.add(reading("a", second * 1_000_000, TEMPERATURE))).isTrue();
            assertThat(duplicates.add(reading("a", second * 1_000_000, TEMPERATURE))).isFalse();
        }
        assertThat(duplicates.add(reading("a", 25_000_000, TEMPERATURE))).isTrue();
        duplicates.advance(15_000_000 + MINUTE);
        assertThat(duplicates.size()).as("15 and 25 are left").isEqualTo(2);
        assertThat(duplicates.add(reading("a", 10_000_000, TEMPERATURE))).isTrue();
        assertThat(duplicates.add(reading("a", 25_000_000, TEMPERATURE))).isFalse();
        duplicates.advance(35_000_000 + MINUTE);
        assertThat(duplicates.size()).isZero();
    }

    @Test
    void what_was_written_down_does_not_change_when_more_is_remembered() {
        for (int i = 0; i < 5; i++) {
            duplicates.add(reading("a", i, TEMPERATURE));
        }
        StateWriter out = new StateWriter();
        duplicates.write(out);
        byte[] then = States.written(duplicates);
        for (int i = 5; i < 9; i++) {
            duplicates.add(reading("b", i, PRESSURE));
        }
        assertThat(States.bytes(out)).isEqualTo(then);
        assertThat(States.written(duplicates)).isNotEqualTo(then);
    }

    private static Shape shape(String... measures) {
        List<Shape.Kind> kinds = new ArrayList<>();
        int[] leaves = new int[measures.length];
        for (int i = 0; i < measures.length; i++) {
            kinds.add(Shape.Kind.NUMBER);
            leaves[i] = i;
        }
        return new Shape(List.of(measures), kinds, leaves, List.of(measures), List.of(measures));
    }

    private static Reading reading(String device, long time, Shape shape) {
        return new Reading(device, time, null, null, shape, new double[shape.leaves().size()], null, null);
    }
}
