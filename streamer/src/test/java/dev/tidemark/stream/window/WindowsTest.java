package dev.tidemark.stream.window;

import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.decode.Shape;
import dev.tidemark.stream.state.States;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import static dev.tidemark.stream.window.Readings.MINUTE;
import static dev.tidemark.stream.window.Readings.SECOND;
import static dev.tidemark.stream.window.Readings.reading;
import static dev.tidemark.stream.window.Readings.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class WindowsTest {

    private static final Shape TEMPERATURE = shape("temperature");

    private final List<WindowRow> closed = new ArrayList<>();

    private static Windows windows(String... specs) {
        return new Windows(List.of(specs).stream().map(WindowSpec::parse).toList(), Watermarks.NONE);
    }

    @Test
    void an_event_at_the_start_is_in_the_window_and_one_at_the_end_is_not() {
        Windows windows = windows("1m");
        windows.add(reading("d", null, 0, TEMPERATURE, 1));
        windows.add(reading("d", null, MINUTE - 1, TEMPERATURE, 2));
        windows.add(reading("d", null, MINUTE, TEMPERATURE, 3));
        windows.advance(2 * MINUTE, closed::add);
        assertThat(closed).extracting(WindowRow::start, WindowRow::end, WindowRow::count)
                .containsExactly(tuple(0L, MINUTE, 2L), tuple(MINUTE, 2 * MINUTE, 1L));
    }

    @Test
    void a_window_closes_when_the_watermark_reaches_its_end_and_not_before() {
        Windows windows = windows("1m");
        windows.add(reading("d", null, 5 * SECOND, TEMPERATURE, 1));
        windows.advance(MINUTE - 1, closed::add);
        assertThat(closed).isEmpty();
        windows.advance(MINUTE, closed::add);
        assertThat(closed).hasSize(1);
    }

    @Test
    void a_late_event_is_not_added_to_the_closed_window_but_to_the_one_still_open() {
        Windows windows = windows("1m", "5m");
        windows.add(reading("d", null, 0, TEMPERATURE, 1));
        windows.advance(2 * MINUTE, closed::add);
        assertThat(windows.add(reading("d", null, SECOND, TEMPERATURE, 2))).isTrue();
        assertThat(windows.add(reading("d", null, 2 * MINUTE, TEMPERATURE, 4))).isFalse();
        windows.advance(5 * MINUTE, closed::add);
        assertThat(closed).extracting(WindowRow::window, WindowRow::start, WindowRow::sum).containsExactly(
                tuple("1m", 0L, 1.0),
                tuple("1m", 2 * MINUTE, 4.0),
                tuple("5m", 0L, 7.0));
    }

    @Test
    void an_event_late_for_every_window_leaves_nothing_behind() {
        Windows windows = windows("1m", "5m");
        windows.advance(10 * MINUTE, closed::add);
        assertThat(windows.add(reading("d", "attic", SECOND, TEMPERATURE, 2))).isTrue();
        windows.open(closed::add);
        windows.closeAll(closed::add);
        assertThat(closed).isEmpty();
    }

    @Test
    void the_watermark_never_goes_back() {
        Windows windows = windows("1m");
        windows.advance(MINUTE, closed::add);
        windows.advance(0, closed::add);
        assertThat(windows.watermark()).isEqualTo(MINUTE);
        assertThat(windows.add(reading("d", null, 0, TEMPERATURE, 1))).isTrue();
    }

    @Test
    void windows_before_1970_close_like_others() {
        Windows windows = windows("5m");
        windows.add(reading("d", null, -1, TEMPERATURE, 1));
        windows.add(reading("d", null, 0, TEMPERATURE, 2));
        windows.advance(0, closed::add);
        assertThat(closed).singleElement().satisfies(row -> {
            assertThat(row.start()).isEqualTo(-5 * MINUTE);
            assertThat(row.end()).isZero();
            assertThat(row.sum()).isEqualTo(1);
        });
    }

    @Test
    void a_sliding_window_takes_an_event_as_often_as_it_overlaps() {
        Windows windows = windows("3m/1m");
        windows.add(reading("d", null, 0, TEMPERATURE, 1));
        windows.closeAll(closed::add);
        assertThat(closed).extracting(WindowRow::start).containsExactly(-2 * MINUTE, -MINUTE, 0L);
        assertThat(closed).extracting(WindowRow::count).containsOnly(1L);
    }

    @Test
    void events_out_of_order_find_their_windows() {
        Windows windows = windows("1m");
        for (int minute : new int[] {5, 1, 9, 3, 1, 5, 0, 9}) {
            windows.add(reading("d", null, minute * MINUTE, TEMPERATURE, minute));
        }
        windows.closeAll(closed::add);
        assertThat(closed).extracting(row -> row.start() / MINUTE + "x" + row.count()).containsExactly("0x1", "1x2", "3x1", "5x2", "9x2");
    }

    @Test
    void rows_come_in_the_order_of_window_start_grain_device_measure() {
        Windows windows = windows("5m", "1m");
        Shape two = shape("temperature", "humidity");
        windows.add(reading("b", "kitchen", MINUTE, two, 1, 2));
        windows.add(reading("a", "office", 0, two, 3, 4));
        windows.add(reading("a", "kitchen", 0, TEMPERATURE, 5));
        windows.closeAll(closed::add);
        assertThat(closed).extracting(row -> row.window() + " " + row.start() / MINUTE + " " + row.grain() + " " + row.deviceId() + " "
                + row.location() + " " + row.measure()).containsExactly(
                "5m 0 device a kitchen temperature",
                "5m 0 device a office humidity",
                "5m 0 device a office temperature",
                "5m 0 device b kitchen humidity",
                "5m 0 device b kitchen temperature",
                "5m 0 location null kitchen humidity",
                "5m 0 location null kitchen temperature",
                "5m 0 location null office humidity",
                "5m 0 location null office temperature",
                "1m 0 device a kitchen temperature",
                "1m 0 device a office humidity",
                "1m 0 device a office temperature",
                "1m 0 location null kitchen temperature",
                "1m 0 location null office humidity",
                "1m 0 location null office temperature",
                "1m 1 device b kitchen humidity",
                "1m 1 device b kitchen temperature",
                "1m 1 location null kitchen humidity",
                "1m 1 location null kitchen temperature");
    }

    @Test
    void a_device_without_a_location_makes_no_location_row() {
        Windows windows = windows("1m");
        windows.add(reading("d", null, 0, TEMPERATURE, 1));
        windows.closeAll(closed::add);
        assertThat(closed).extracting(WindowRow::grain).containsExactly("device");
    }

    @Test
    void a_value_that_is_not_there_is_not_counted() {
        Windows windows = windows("1m");
        Shape two = shape("temperature", "humidity");
        windows.add(reading("d", null, 0, two, 20, Double.NaN));
        windows.add(reading("d", null, 1, two, 22, 50));
        windows.closeAll(closed::add);
        assertThat(closed).extracting(row -> row.measure() + " " + row.count() + " " + row.avg()).containsExactly("humidity 1 50.0", "temperature 2 21.0");
    }

    @Test
    void what_a_location_gets_does_not_depend_on_which_device_came_first() {
        List<List<Reading>> devices = new ArrayList<>();
        Random random = new Random(3);
        for (int d = 0; d < 7; d++) {
            List<Reading> of = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                of.add(reading("d" + d, "hall", i * SECOND, TEMPERATURE, random.nextGaussian() * 1e3));
            }
            devices.add(of);
        }
        List<WindowRow> expected = rows(devices);
        for (int i = 0; i < 10; i++) {
            Collections.shuffle(devices, random);
            assertThat(rows(devices)).isEqualTo(expected);
        }
        WindowRow hall = expected.get(expected.size() - 1);
        assertThat(hall.grain()).isEqualTo("location");
        assertThat(hall.count()).isEqualTo(280);
        devices.sort(Comparator.comparing(of -> of.get(0).deviceId()));
        assertThat(hall.first()).isEqualTo(devices.get(0).get(0).numbers()[0]);
        assertThat(hall.last()).isEqualTo(devices.get(6).get(39).numbers()[0]);
    }

    private static List<WindowRow> rows(List<List<Reading>> devices) {
        Windows windows = windows("1m");
        devices.forEach(of -> of.forEach(windows::add));
        List<WindowRow> rows = new ArrayList<>();
        windows.closeAll(rows::add);
        return rows;
    }

    @Test
    void rebuilt_from_the_readings_of_its_open_windows_it_goes_on_to_the_bit() {
        Random random = new Random(11);
        List<Reading> all = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            all.add(reading("d" + random.nextInt(5), random.nextBoolean() ? "hall" : null, i * SECOND - random.nextInt(30) * SECOND,
                    random.nextBoolean() ? TEMPERATURE : shape("humidity", "temperature"), random.nextDouble(), random.nextDouble()));
        }
        List<WindowSpec> specs = List.of(WindowSpec.parse("1m"), WindowSpec.parse("10m/5m"));
        Windows undisturbed = new Windows(specs, Watermarks.NONE);
        List<WindowRow> before = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            undisturbed.add(all.get(i));
            undisturbed.advance(i * SECOND - 10 * SECOND, before::add);
        }
        Windows rebuilt = new Windows(specs, undisturbed.watermark());
        all.subList(0, 1_200).forEach(rebuilt::add);
        List<WindowRow> expected = new ArrayList<>();
        List<WindowRow> actual = new ArrayList<>();
        for (int i = 1_200; i < 2_000; i++) {
            assertThat(rebuilt.add(all.get(i))).isEqualTo(undisturbed.add(all.get(i)));
            undisturbed.advance(i * SECOND - 10 * SECOND, expected::add);
            rebuilt.advance(i * SECOND - 10 * SECOND, actual::add);
        }
        undisturbed.closeAll(expected::add);
        rebuilt.closeAll(actual::add);
        assertThat(before).isNotEmpty();
        assertThat(actual).isEqualTo(expected).isNotEmpty();
    }

    @Test
    void with_its_state_moved_at_any_time_it_goes_on_to_the_bit() {
        Random random = new Random(12);
        List<WindowSpec> specs = Stream.of("1m", "10m/5m", "session-20s", "session-2m").map(WindowSpec::parse).toList();
        Windows undisturbed = new Windows(specs, Watermarks.NONE);
        Windows moved = new Windows(specs, Watermarks.NONE);
        List<WindowRow> expected = new ArrayList<>();
        List<WindowRow> actual = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            Reading reading = reading("d" + random.nextInt(5), random.nextBoolean() ? "hall" + random.nextInt(2) : null,
                    i * 5 * SECOND - random.nextInt(120) * SECOND, random.nextBoolean() ? TEMPERATURE : shape("humidity", "temperature"),
                    random.nextDouble(), random.nextInt(4) == 0 ? Double.NaN : random.nextDouble());
            assertThat(moved.add(reading)).isEqualTo(undisturbed.add(reading));
            undisturbed.advance(i * 5 * SECOND - 60 * SECOND, expected::add);
            moved.advance(i * 5 * SECOND - 60 * SECOND, actual::add);
            if (random.nextInt(20) == 0) {
                moved = States.moved(moved, new Windows(specs, Watermarks.NONE));
                assertThat(States.written(moved)).hasSameSizeAs(States.written(undisturbed));
                assertThat(open(moved)).isEqualTo(open(undisturbed)).isNotEmpty();
            }
        }
        undisturbed.closeAll(expected::add);
        moved.closeAll(actual::add);
        assertThat(moved.watermark()).isEqualTo(undisturbed.watermark());
        assertThat(actual).isEqualTo(expected).hasSizeGreaterThan(1_000);
    }

    private static List<WindowRow> open(Windows windows) {
        List<WindowRow> rows = new ArrayList<>();
        windows.open(rows::add);
        return rows;
    }

    @Test
    void other_windows_are_other_settings() {
        assertThat(windows("1m", "5m").settings()).isEqualTo(windows("1m", "5m").settings())
                .isNotEqualTo(windows("5m", "1m").settings()).isNotEqualTo(windows("1m").settings());
    }

    @Test
    void the_open_windows_can_be_looked_at_any_time_without_closing_them() {
        Windows windows = windows("1m");
        windows.add(reading("d", "hall", 0, TEMPERATURE, 1));
        windows.open(closed::add);
        windows.open(closed::add);
        assertThat(closed).hasSize(4);
        closed.clear();
        windows.add(reading("d", "hall", 1, TEMPERATURE, 3));
        windows.closeAll(closed::add);
        assertThat(closed).extracting(WindowRow::avg).containsExactly(2.0, 2.0);
    }

    @Test
    void closing_all_sets_the_watermark_to_the_end_of_the_last_window() {
        Windows windows = windows("1m", "1h");
        windows.add(reading("d", null, 0, TEMPERATURE, 1));
        windows.closeAll(closed::add);
        assertThat(windows.watermark()).isEqualTo(60 * MINUTE);
        assertThat(windows.add(reading("d", null, 59 * MINUTE, TEMPERATURE, 1))).isTrue();
        assertThat(windows.add(reading("d", null, 60 * MINUTE, TEMPERATURE, 1))).isFalse();
    }
}
