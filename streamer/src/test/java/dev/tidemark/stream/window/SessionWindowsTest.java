package dev.tidemark.stream.window;

import dev.tidemark.stream.decode.Shape;
import dev.tidemark.stream.state.States;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import static dev.tidemark.stream.window.Readings.SECOND;
import static dev.tidemark.stream.window.Readings.reading;
import static dev.tidemark.stream.window.Readings.shape;
import static org.assertj.core.api.Assertions.assertThat;

/** Sessions with a gap of ten seconds; times in the tests are seconds. */
class SessionWindowsTest {

    private static final Shape TEMPERATURE = shape("temperature");

    private final Windows windows = new Windows(List.of(WindowSpec.parse("session-10s")), Watermarks.NONE);
    private final List<WindowRow> closed = new ArrayList<>();

    /** Whether it is late. */
    private boolean event(String device, long second) {
        return windows.add(reading(device, null, second * SECOND, TEMPERATURE, second));
    }

    private boolean event(String device, String location, long second) {
        return windows.add(reading(device, location, second * SECOND, TEMPERATURE, second));
    }

    private void watermark(long second) {
        windows.advance(second * SECOND, closed::add);
    }

    private static List<String> texts(List<WindowRow> rows) {
        return rows.stream().map(row -> (row.deviceId() == null ? row.location() : row.deviceId()) + " " + row.start() / SECOND + "-" + row.end() / SECOND
                + " x" + row.count()).toList();
    }

    private List<String> closed() {
        return texts(closed);
    }

    private List<String> open() {
        List<WindowRow> rows = new ArrayList<>();
        windows.open(rows::add);
        return texts(rows);
    }

    @Test
    void events_exactly_the_gap_apart_join_and_a_microsecond_more_does_not() {
        event("a", 0);
        event("a", 10);
        windows.add(reading("a", null, 20 * SECOND + 1, TEMPERATURE, 1));
        windows.closeAll(closed::add);
        assertThat(closed).extracting(WindowRow::start).containsExactly(0L, 20 * SECOND + 1);
        assertThat(closed).extracting(WindowRow::end).containsExactly(20 * SECOND, 30 * SECOND + 1);
        assertThat(closed).extracting(WindowRow::count).containsExactly(2L, 1L);
        assertThat(windows.watermark()).isEqualTo(30 * SECOND + 1);
    }

    @Test
    void a_session_closes_when_the_watermark_reaches_the_gap_after_its_last_event() {
        event("a", 0);
        event("a", 7);
        windows.advance(17 * SECOND - 1, closed::add);
        assertThat(closed).isEmpty();
        assertThat(open()).containsExactly("a 0-17 x2");
        watermark(17);
        assertThat(closed()).containsExactly("a 0-17 x2");
        assertThat(open()).isEmpty();
    }

    @Test
    void a_late_joiner_makes_two_sessions_one() {
        event("a", 0);
        event("a", 20);
        assertThat(open()).containsExactly("a 0-10 x1", "a 20-30 x1");
        event("a", 10);
        assertThat(open()).containsExactly("a 0-30 x3");
        windows.closeAll(closed::add);
        assertThat(closed).singleElement().satisfies(row -> {
            assertThat(row.first()).isZero();
            assertThat(row.last()).isEqualTo(20);
            assertThat(row.avg()).isEqualTo(10);
            assertThat(row.lastEventTime()).isEqualTo(20 * SECOND);
        });
    }

    @Test
    void an_event_that_reaches_one_neighbour_only_joins_that_one() {
        event("a", 0);
        event("a", 21);
        event("a", 10);
        assertThat(open()).containsExactly("a 0-20 x2", "a 21-31 x1");
        event("a", 11);
        assertThat(open()).containsExactly("a 0-31 x4");
    }

    @Test
    void an_event_behind_the_watermark_is_in_time_as_long_as_a_session_of_its_own_would_be_open() {
        watermark(20);
        assertThat(event("a", 10)).isTrue();
        assertThat(event("a", 11)).isFalse();
        assertThat(open()).containsExactly("a 11-21 x1");
    }

    @Test
    void an_event_whose_own_session_would_be_closed_is_in_time_if_it_joins_an_open_one() {
        watermark(20);
        event("a", 15);
        assertThat(event("a", 4)).as("too far from it").isTrue();
        assertThat(event("a", 6)).isFalse();
        assertThat(event("a", 4)).as("reaches it now").isFalse();
        assertThat(open()).containsExactly("a 4-25 x3");
    }

    @Test
    void an_event_within_a_closed_session_is_late_even_if_its_own_would_still_be_open() {
        event("a", 0);
        watermark(10);
        assertThat(closed()).containsExactly("a 0-10 x1");
        assertThat(event("a", 9)).isTrue();
        assertThat(event("a", 10)).as("the closed one ends before it").isFalse();
        assertThat(event("a", 9)).as("would overlap the closed one").isTrue();
        assertThat(open()).containsExactly("a 10-20 x1");
    }

    @Test
    void an_open_session_may_begin_earlier_however_long_it_has_been_open() {
        for (int second = 0; second <= 100; second += 10) {
            event("a", second);
            watermark(second);
        }
        assertThat(event("a", -10)).isFalse();
        assertThat(event("a", -21)).isTrue();
        assertThat(event("a", 55)).isFalse();
        assertThat(open()).containsExactly("a -10-110 x13");
    }

    @Test
    void however_events_reach_back_a_session_does_not_begin_before_the_end_of_a_closed_one() {
        event("a", 0);
        watermark(31);
        assertThat(closed()).containsExactly("a 0-10 x1");
        event("a", 22);
        assertThat(event("a", 13)).isFalse();
        assertThat(event("a", 11)).isFalse();
        assertThat(event("a", 10)).as("two gaps before the watermark at which it began").isTrue();
        assertThat(open()).containsExactly("a 11-32 x3");
    }

    @Test
    void every_device_and_every_measure_has_its_own() {
        Shape two = shape("temperature", "humidity");
        windows.add(reading("a", null, 0, two, 1, 2));
        windows.add(reading("a", null, 10 * SECOND, two, 1, Double.NaN));
        windows.add(reading("b", null, 5 * SECOND, two, 1, 2));
        windows.closeAll(closed::add);
        assertThat(closed).extracting(row -> row.deviceId() + " " + row.measure() + " " + row.start() / SECOND + "-" + row.end() / SECOND).containsExactly(
                "a humidity 0-10", "a temperature 0-20", "b humidity 5-15", "b temperature 5-15");
    }

    @Test
    void a_location_has_sessions_over_the_events_of_all_its_devices() {
        event("a", "hall", 0);
        event("b", "hall", 8);
        event("a", "hall", 16);
        event("c", "roof", 4);
        assertThat(open()).containsExactly("a 0-10 x1", "a 16-26 x1", "b 8-18 x1", "c 4-14 x1", "hall 0-26 x3", "roof 4-14 x1");
        watermark(18);
        assertThat(closed()).containsExactly("a 0-10 x1", "b 8-18 x1", "c 4-14 x1", "roof 4-14 x1");
        event("b", "hall", 20);
        windows.closeAll(closed::add);
        assertThat(closed().subList(4, 7)).containsExactly("a 16-26 x1", "b 20-30 x1", "hall 0-30 x4");
    }

    @Test
    void a_location_may_take_an_event_that_is_late_for_its_device() {
        event("a", "hall", 0);
        event("b", "hall", 10);
        watermark(10);
        assertThat(event("a", "hall", 9)).isTrue();
        windows.closeAll(closed::add);
        assertThat(closed()).containsExactly("a 0-10 x1", "b 10-20 x1", "hall 0-20 x3");
    }

    @Test
    void a_location_may_not_take_an_event_that_its_device_takes() {
        event("a", "hall", 5);
        watermark(15);
        assertThat(event("b", "hall", 8)).isTrue();
        windows.closeAll(closed::add);
        assertThat(closed()).containsExactly("a 5-15 x1", "hall 5-15 x1", "b 8-18 x1");
    }

    @Test
    void a_session_may_lie_before_1970() {
        event("a", -15);
        event("a", -5);
        watermark(5);
        assertThat(closed()).containsExactly("a -15-5 x2");
    }

    @Test
    void nothing_is_kept_of_a_device_whose_sessions_are_long_closed() {
        for (int second = 0; second < 1_000; second += 100) {
            event("a" + second, "hall" + second, second);
            watermark(second + 30);
        }
        assertThat(States.written(windows)).as("the watermark, and two counts of nothing").hasSize(8 + 4 + 4);
    }

    /** Sessions by their definition: what is left when those that touch have been merged, whatever the order of events. */
    @Test
    void whatever_the_order_sessions_are_the_runs_without_a_gap() {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            Windows some = new Windows(List.of(WindowSpec.parse("session-10s")), Watermarks.NONE);
            TreeMap<Long, Integer> times = new TreeMap<>();
            int events = 1 + random.nextInt(40);
            for (int i = 0; i < events; i++) {
                long second = random.nextInt(300) - 100;
                times.merge(second, 1, Integer::sum);
                some.add(reading("d", "l", second * SECOND, TEMPERATURE, second));
            }
            List<String> expected = new ArrayList<>();
            long start = times.firstKey();
            long last = start;
            int count = 0;
            for (long second : times.keySet()) {
                if (second - last > 10) {
                    expected.add(start + "-" + (last + 10) + " x" + count);
                    start = second;
                    count = 0;
                }
                last = second;
                count += times.get(second);
            }
            expected.add(start + "-" + (last + 10) + " x" + count);
            List<WindowRow> rows = new ArrayList<>();
            some.closeAll(rows::add);
            assertThat(texts(rows)).containsExactlyElementsOf(
                    Stream.of("d ", "l ").flatMap(who -> expected.stream().map(session -> who + session)).toList());
        }
    }

    @Test
    void whatever_comes_closed_sessions_of_one_subject_never_overlap() {
        Random random = new Random(6);
        for (int i = 0; i < 20_000; i++) {
            long second = i / 10 - random.nextInt(30);
            event("d" + random.nextInt(3), random.nextInt(3) == 0 ? "roof" : "hall", second);
            if (random.nextInt(5) == 0) {
                watermark(i / 10 - 5);
            }
        }
        windows.closeAll(closed::add);
        TreeMap<String, List<WindowRow>> bySubject = new TreeMap<>();
        closed.forEach(row -> bySubject.computeIfAbsent(row.grain() + row.deviceId() + row.location(), k -> new ArrayList<>()).add(row));
        assertThat(bySubject).hasSize(8);
        bySubject.values().forEach(rows -> {
            for (int i = 1; i < rows.size(); i++) {
                assertThat(rows.get(i).start()).as("%s after %s", rows.get(i), rows.get(i - 1)).isGreaterThanOrEqualTo(rows.get(i - 1).end());
            }
            assertThat(rows).allSatisfy(row -> assertThat(row.end()).isEqualTo(row.lastEventTime() + 10 * SECOND));
        });
    }
}
