package dev.tidemark.stream.window;

import dev.tidemark.stream.decode.Shape;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import static dev.tidemark.stream.window.Readings.SECOND;
import static dev.tidemark.stream.window.Readings.reading;
import static dev.tidemark.stream.window.Readings.shape;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What windows and watermarks are, by cases of the kind with which Spark and Flink define tumbling, sliding, session and merging windows and watermarks with idle
 * inputs. Written from those definitions, not taken over from their test suites one by one: a case of theirs may be missing here. Where the two disagree with each
 * other or with us, the test says so.
 */
class VectorsTest {

    private static final Shape VALUE = shape("value");
    private static final long MILLI = 1_000;

    private final List<WindowRow> closed = new ArrayList<>();

    private static Windows windows(String spec) {
        return new Windows(List.of(WindowSpec.parse(spec)), Watermarks.NONE);
    }

    /** Rows of a grain: seconds, by start, then device. */
    private static List<String> rows(List<WindowRow> rows, String grain) {
        return rows.stream().filter(row -> row.grain().equals(grain))
                .sorted((a, b) -> a.start() != b.start() ? Long.compare(a.start(), b.start()) : String.valueOf(a.deviceId()).compareTo(String.valueOf(b.deviceId())))
                .map(row -> (row.deviceId() == null ? "" : row.deviceId() + " ") + seconds(row.start()) + "-" + seconds(row.end()) + " x" + row.count()
                        + " =" + Math.round(row.sum())).toList();
    }

    private static String seconds(long micros) {
        return micros % SECOND == 0 ? Long.toString(micros / SECOND) : Double.toString(micros / 1e6);
    }

    private record Event(String key, long micros, double value) {
    }

    private static Event at(String key, String time, double value) {
        return new Event(key, Instant.parse("1970-01-01T" + time + "Z").toEpochMilli() * MILLI, value);
    }

    private static List<String> all(String spec, String grain, Event... events) {
        Windows windows = windows(spec);
        for (Event event : events) {
            windows.add(reading(event.key, "everywhere", event.micros, VALUE, event.value));
        }
        List<WindowRow> rows = new ArrayList<>();
        windows.closeAll(rows::add);
        return rows(rows, grain);
    }

    private static Event[] three() {
        return new Event[] {at("a", "00:00:34", 1), at("a", "00:00:56", 2), at("b", "00:00:27", 4)};
    }

    @Test
    void spark_tumbling_windows() {
        assertThat(all("10s", "location", at("a", "00:00:30", 1))).containsExactly("30-40 x1 =1");
        assertThat(all("10s", "location", three())).containsExactly("20-30 x1 =4", "30-40 x1 =1", "50-60 x1 =2");
        assertThat(all("10s", "device", three())).containsExactly("b 20-30 x1 =4", "a 30-40 x1 =1", "a 50-60 x1 =2");
    }

    @Test
    void spark_sliding_windows() {
        assertThat(all("10s/3s", "location", three())).containsExactly("18-28 x1 =4", "21-31 x1 =4", "24-34 x1 =4", "27-37 x2 =5", "30-40 x1 =1",
                "33-43 x1 =1", "48-58 x1 =2", "51-61 x1 =2", "54-64 x1 =2");
        assertThat(all("200ms/40ms", "location", at("a", "00:00:00.410", 3), at("a", "00:00:00.620", 6), at("a", "00:00:00.715", 8))).containsExactly(
                "0.24-0.44 x1 =3", "0.28-0.48 x1 =3", "0.32-0.52 x1 =3", "0.36-0.56 x1 =3", "0.4-0.6 x1 =3", "0.44-0.64 x1 =6", "0.48-0.68 x1 =6",
                "0.52-0.72 x2 =14", "0.56-0.76 x2 =14", "0.6-0.8 x2 =14", "0.64-0.84 x1 =8", "0.68-0.88 x1 =8");
    }

    @Test
    void flink_tumbling_and_sliding_windows() {
        assertThat(all("5s", "location", new Event("a", 0, 1), new Event("a", 4_999 * MILLI, 2), new Event("a", 5_000 * MILLI, 4)))
                .containsExactly("0-5 x2 =3", "5-10 x1 =4");
        assertThat(all("5s/1s", "location", new Event("a", 0, 1))).containsExactly("-4-1 x1 =1", "-3-2 x1 =1", "-2-3 x1 =1", "-1-4 x1 =1", "0-5 x1 =1");
        assertThat(all("5s/1s", "location", new Event("a", 4_999 * MILLI, 1))).containsExactly("0-5 x1 =1", "1-6 x1 =1", "2-7 x1 =1", "3-8 x1 =1", "4-9 x1 =1");
        assertThat(all("5s/1s", "location", new Event("a", 5_000 * MILLI, 1))).containsExactly("1-6 x1 =1", "2-7 x1 =1", "3-8 x1 =1", "4-9 x1 =1", "5-10 x1 =1");
    }

    @Test
    void spark_sessions_without_a_key_are_those_of_a_location() {
        assertThat(all("session-10s", "location", at("a", "00:00:30", 1))).containsExactly("30-40 x1 =1");
        assertThat(all("session-10s", "location", three())).containsExactly("27-44 x2 =5", "56-66 x1 =2");
        assertThat(all("session-10s", "location", at("a", "00:00:30", 1), at("a", "00:00:25", 2))).containsExactly("25-40 x2 =3");
    }

    @Test
    void spark_sessions_by_key() {
        assertThat(all("session-10s", "device", at("a", "00:39:34", 1), at("a", "00:39:39", 1), at("a", "00:39:56", 2), at("a", "00:40:04", 2), at("b", "00:39:27", 4)))
                .containsExactly("b 2367-2377 x1 =4", "a 2374-2389 x2 =2", "a 2396-2414 x2 =4");
        assertThat(all("session-10s", "device", at("a", "00:00:34", 1), at("b", "00:00:39", 1), at("a", "00:00:40", 2), at("b", "00:00:45", 2), at("b", "00:00:27", 4)))
                .containsExactly("b 27-37 x1 =4", "a 34-50 x2 =3", "b 39-55 x2 =3");
    }

    @Test
    void spark_streaming_sessions() {
        Windows windows = windows("session-10s");
        send(windows, 40, "hello", "world", "spark", "streaming");
        send(windows, 41, "world", "hello", "structured", "streaming");
        windows.advance(11 * SECOND, closed::add);
        assertThat(open(windows)).containsExactly("hello 40-51 x2 =2", "spark 40-50 x1 =1", "streaming 40-51 x2 =2", "world 40-51 x2 =2", "structured 41-51 x1 =1");
        assertThat(send(windows, 25, "spark", "streaming")).as("before others").isZero();
        assertThat(send(windows, 0, "spark", "streaming")).as("late").isEqualTo(2);
        send(windows, 30, "spark", "streaming");
        assertThat(open(windows)).as("made one").containsExactly("spark 25-50 x3 =3", "streaming 25-51 x4 =4", "hello 40-51 x2 =2", "world 40-51 x2 =2",
                "structured 41-51 x1 =1");
        send(windows, 60, "hello", "apache", "spark");
        windows.advance(30 * SECOND, closed::add);
        assertThat(closed).isEmpty();
        send(windows, 90, "structured", "streaming");
        windows.advance(60 * SECOND, closed::add);
        assertThat(rows(closed, "device")).containsExactly("spark 25-50 x3 =3", "streaming 25-51 x4 =4", "hello 40-51 x2 =2", "world 40-51 x2 =2",
                "structured 41-51 x1 =1");
        assertThat(open(windows)).containsExactly("apache 60-70 x1 =1", "hello 60-70 x1 =1", "spark 60-70 x1 =1", "streaming 90-100 x1 =1", "structured 90-100 x1 =1");
    }

    /** How many are late. */
    private static long send(Windows windows, long second, String... keys) {
        long late = 0;
        for (String key : keys) {
            late += windows.add(reading(key, null, second * SECOND, VALUE, 1)) ? 1 : 0;
        }
        return late;
    }

    private static List<String> open(Windows windows) {
        List<WindowRow> rows = new ArrayList<>();
        windows.open(rows::add);
        return rows(rows, "device");
    }

    @Test
    void flink_sessions_that_touch_are_one() {
        assertThat(all("session-5s", "device", new Event("a", 0, 1))).containsExactly("a 0-5 x1 =1");
        assertThat(all("session-5s", "device", new Event("a", 0, 1), new Event("a", 4_999 * MILLI, 1))).containsExactly("a 0-9.999 x2 =2");
        assertThat(all("session-5s", "device", new Event("a", 0, 1), new Event("a", 5_000 * MILLI, 1))).containsExactly("a 0-10 x2 =2");
        assertThat(all("session-5s", "device", new Event("a", 0, 1), new Event("a", 5_001 * MILLI, 1))).containsExactly("a 0-5 x1 =1", "a 5.001-10.001 x1 =1");
    }

    @Test
    void flink_late_merging() {
        Windows windows = windows("session-3s");
        send(windows, 0, "a");
        send(windows, 5, "a");
        send(windows, 10, "a");
        assertThat(open(windows)).containsExactly("a 0-3 x1 =1", "a 5-8 x1 =1", "a 10-13 x1 =1");
        send(windows, 8, "a");
        assertThat(open(windows)).as("the later two").containsExactly("a 0-3 x1 =1", "a 5-13 x3 =3");
        send(windows, 5, "a");
        send(windows, 10, "a");
        assertThat(open(windows)).as("into it").containsExactly("a 0-3 x1 =1", "a 5-13 x5 =5");
        send(windows, 3, "a");
        assertThat(open(windows)).as("all of them").containsExactly("a 0-13 x7 =7");
    }

    @Test
    void flink_an_event_that_joins_an_open_session_is_not_late_where_spark_would_drop_it() {
        Windows windows = windows("session-3s");
        send(windows, 10, "a");
        send(windows, 12, "a");
        windows.advance(14 * SECOND, closed::add);
        assertThat(send(windows, 8, "a")).isZero();
        assertThat(send(windows, 4, "a")).isEqualTo(1);
        windows.advance(15 * SECOND, closed::add);
        assertThat(rows(closed, "device")).containsExactly("a 8-15 x3 =3");
    }

    /** Both would emit a second session that overlaps the first. */
    @Test
    void an_event_inside_a_closed_session_is_late_where_both_would_begin_another_one() {
        Windows windows = windows("session-3s");
        send(windows, 10, "a");
        windows.advance(13 * SECOND, closed::add);
        assertThat(send(windows, 12, "a")).isEqualTo(1);
        assertThat(open(windows)).isEmpty();
    }

    @Test
    void spark_watermark_in_append_mode() {
        Windows windows = windows("5s");
        Watermarks watermarks = new Watermarks(10 * SECOND, 30 * SECOND, Watermarks.NONE);
        LongStream.rangeClosed(10, 15).forEach(second -> event(windows, watermarks, second));
        advance(windows, watermarks);
        assertThat(windows.watermark()).isEqualTo(5 * SECOND);
        assertThat(closed).isEmpty();
        event(windows, watermarks, 25);
        advance(windows, watermarks);
        assertThat(windows.watermark()).isEqualTo(15 * SECOND);
        assertThat(rows(closed, "device")).containsExactly("a 10-15 x5 =5");
        assertThat(event(windows, watermarks, 10)).as("less than the watermark").isTrue();
        event(windows, watermarks, 35);
        advance(windows, watermarks);
        assertThat(rows(closed, "device")).containsExactly("a 10-15 x5 =5", "a 15-20 x1 =1");
        assertThat(open(windows)).containsExactly("a 25-30 x1 =1", "a 35-40 x1 =1");
    }

    @Test
    void spark_a_watermark_before_1970() {
        Windows windows = windows("5s");
        Watermarks watermarks = new Watermarks(10 * SECOND, 30 * SECOND, Watermarks.NONE);
        event(windows, watermarks, 1);
        event(windows, watermarks, -10);
        advance(windows, watermarks);
        assertThat(windows.watermark()).isEqualTo(-9 * SECOND);
        event(windows, watermarks, 5);
        advance(windows, watermarks);
        assertThat(rows(closed, "device")).containsExactly("a -10--5 x1 =1");
    }

    private static boolean event(Windows windows, Watermarks watermarks, long second) {
        watermarks.observe("p", second * SECOND);
        return windows.add(reading("a", null, second * SECOND, VALUE, 1));
    }

    private void advance(Windows windows, Watermarks watermarks) {
        windows.advance(watermarks.advance(0), closed::add);
    }

    private static Watermarks ofOutputs() {
        return new Watermarks(0, 30, Watermarks.NONE);
    }

    @Test
    void flink_the_watermark_of_several_outputs_is_the_lowest() {
        Watermarks watermarks = ofOutputs();
        watermarks.expect("1");
        watermarks.expect("2");
        watermarks.observe("1", 12);
        assertThat(watermarks.advance(0)).as("2 has none yet").isEqualTo(Watermarks.NONE);
        watermarks.observe("2", 10);
        assertThat(watermarks.advance(0)).isEqualTo(10);
        watermarks.observe("2", 15);
        assertThat(watermarks.advance(0)).isEqualTo(12);
        watermarks.observe("1", 5);
        assertThat(watermarks.advance(0)).as("no output goes back").isEqualTo(12);
    }

    @Test
    void flink_an_output_that_comes_later_does_not_take_the_watermark_back_but_holds_it() {
        Watermarks watermarks = ofOutputs();
        watermarks.observe("1", 12);
        assertThat(watermarks.advance(0)).isEqualTo(12);
        watermarks.observe("2", 5);
        watermarks.observe("1", 20);
        assertThat(watermarks.advance(0)).isEqualTo(12);
        watermarks.observe("2", 18);
        assertThat(watermarks.advance(0)).isEqualTo(18);
    }

    @Test
    void flink_an_output_that_is_removed_no_longer_holds_the_watermark() {
        Watermarks watermarks = ofOutputs();
        watermarks.observe("lower", 5);
        watermarks.observe("higher", 10);
        assertThat(watermarks.advance(0)).isEqualTo(5);
        watermarks.finish("lower");
        assertThat(watermarks.advance(0)).isEqualTo(10);
        watermarks.finish("higher");
        assertThat(watermarks.advance(0)).isEqualTo(10);
    }

    @Test
    void flink_idle_outputs_do_not_hold_it_and_active_ones_do_again() {
        Watermarks watermarks = ofOutputs();
        watermarks.observe("1", 12);
        watermarks.observe("2", 10);
        watermarks.quiet("2", 100);
        assertThat(watermarks.advance(129)).isEqualTo(10);
        assertThat(watermarks.advance(130)).isEqualTo(12);
        watermarks.observe("2", 11);
        watermarks.observe("1", 30);
        assertThat(watermarks.advance(131)).as("2 is back").isEqualTo(12);
    }

    @Test
    void flink_the_idle_time_counts_from_the_first_quiet_moment_and_every_event_ends_it() {
        Watermarks watermarks = ofOutputs();
        watermarks.observe("1", 12);
        watermarks.observe("2", 10);
        for (long now = 0; now <= 300; now += 29) {
            watermarks.quiet("2", now);
            watermarks.quiet("2", now + 28);
            assertThat(watermarks.advance(now + 28)).isEqualTo(10);
            watermarks.observe("2", 10);
        }
        watermarks.quiet("2", 1_000);
        assertThat(watermarks.advance(1_030)).isEqualTo(12);
    }

    /** Flink would stay where the last active output stood; we follow what has been seen, so that windows close when all devices are silent. */
    @Test
    void with_all_outputs_idle_it_follows_the_highest() {
        Watermarks watermarks = ofOutputs();
        watermarks.observe("1", 12);
        watermarks.observe("2", 10);
        watermarks.quiet("1", 0);
        watermarks.quiet("2", 0);
        assertThat(watermarks.advance(30)).isEqualTo(12);
    }
}
