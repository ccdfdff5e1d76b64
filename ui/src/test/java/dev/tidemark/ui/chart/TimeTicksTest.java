package dev.tidemark.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

import java.time.ZoneId;

class TimeTicksTest {

    @Test
    void seconds() {
        assertThat(labels("2026-11-21T05:19:05Z", "2026-11-21T05:20:05Z", 6))
                .containsExactly("05:19:10", "05:19:20", "05:19:30", "05:19:40", "05:19:50", "05:20:00");
    }

    @Test
    void minutes_and_hours_carry_the_day_as_context() {
        TimeTicks ticks = ticks("2026-11-21T13:50:00Z", "2026-11-21T15:10:00Z", 8);
        assertThat(ticks.context()).isEqualTo("21 Nov");
        assertThat(ticks.ticks()).extracting(TimeTicks.Tick::label)
                .containsExactly("13:50", "14:00", "14:10", "14:20", "14:30", "14:40", "14:50", "15:00");
    }

    @Test
    void midnight_is_a_date_line() {
        List<TimeTicks.Tick> ticks = ticks("2026-11-20T22:30:00Z", "2026-11-21T02:30:00Z", 4).ticks();
        assertThat(ticks).extracting(TimeTicks.Tick::label).containsExactly("23:00", "21 Nov", "01:00", "02:00");
        assertThat(ticks).extracting(TimeTicks.Tick::dateLine).containsExactly(false, true, false, false);
    }

    @Test
    void days_weeks_months_and_years() {
        assertThat(labels("2026-03-10T01:00:00Z", "2026-03-15T01:00:00Z", 6)).containsExactly("11 Mar", "12 Mar", "13 Mar", "14 Mar", "15 Mar");
        assertThat(labels("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", 5)).as("Mondays").containsExactly("2 Mar", "9 Mar", "16 Mar", "23 Mar", "30 Mar");
        assertThat(labels("2025-11-15T00:00:00Z", "2026-03-15T00:00:00Z", 4)).containsExactly("Dec", "2026", "Feb", "Mar");
        assertThat(labels("2019-06-01T00:00:00Z", "2026-06-01T00:00:00Z", 8)).containsExactly("2020", "2021", "2022", "2023", "2024", "2025", "2026");
        assertThat(labels("0100-01-01T00:00:00Z", "2026-01-01T00:00:00Z", 5)).containsExactly("500", "1000", "1500", "2000");
    }

    @Test
    void fractions_of_a_second_have_as_many_digits_as_they_need() {
        assertThat(labels("2026-11-21T05:19:05Z", "2026-11-21T05:19:06Z", 5))
                .containsExactly("05:19:05.0", "05:19:05.2", "05:19:05.4", "05:19:05.6", "05:19:05.8");
        assertThat(labels("2026-11-21T05:19:05Z", "2026-11-21T05:19:05.001Z", 2)).containsExactly("05:19:05.0000", "05:19:05.0005");
    }

    @Test
    void before_1970_too() {
        assertThat(labels("1969-12-31T22:00:00Z", "1970-01-01T02:00:00Z", 4)).containsExactly("22:00", "23:00", "1 Jan", "01:00");
    }

    @Test
    void a_sliding_view_keeps_its_ticks() {
        TimeRange range = range("2026-11-21T05:19:05Z", "2026-11-21T05:24:05Z");
        List<TimeTicks.Tick> before = TimeTicks.of(range, 7).ticks();
        List<TimeTicks.Tick> after = TimeTicks.of(range.shifted(700_000), 7).ticks();
        assertThat(after).containsAll(before.subList(1, before.size()));
    }

    @Test
    void any_range_gets_ascending_ticks_within_it_and_not_too_many() {
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            long span = (long) Math.pow(10, 3 + random.nextDouble() * 14.4);
            long from = Plant.NOW - (long) (random.nextDouble() * 6e16);
            TimeRange range = TimeRange.near(from, (double) from + span);
            int most = 2 + random.nextInt(12);
            TimeTicks ticks = TimeTicks.of(range, most);
            assertThat(ticks.ticks().size()).as("%s in %d", range, most).isBetween(0, most + 1);
            long last = Long.MIN_VALUE;
            for (TimeTicks.Tick tick : ticks.ticks()) {
                assertThat(tick.micros()).isGreaterThan(last);
                assertThat(range.contains(tick.micros())).isTrue();
                last = tick.micros();
            }
        }
    }

    private static List<String> labels(String from, String to, int most) {
        return ticks(from, to, most).ticks().stream().map(TimeTicks.Tick::label).toList();
    }

    private static TimeTicks ticks(String from, String to, int most) {
        return TimeTicks.of(range(from, to), most);
    }

    private static TimeRange range(String from, String to) {
        return new TimeRange(micros(from), micros(to));
    }

    private static long micros(String time) {
        Instant at = Instant.parse(time);
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }

    @Test
    void by_the_clock_of_a_zone_ticks_stand_where_that_clock_is_round() {
        ZoneId kolkata = ZoneId.of("Asia/Kolkata");
        long from = Instant.parse("2026-11-21T16:00:00Z").toEpochMilli() * 1000;
        TimeTicks ticks = TimeTicks.of(TimeRange.near(from, from + 6L * 3600 * 1_000_000), 7, kolkata);
        assertThat(ticks.ticks()).extracting(TimeTicks.Tick::label).containsExactly("22:00", "23:00", "22 Nov", "01:00", "02:00", "03:00");
        assertThat(ticks.ticks().get(2).micros()).isEqualTo(Instant.parse("2026-11-21T18:30:00Z").toEpochMilli() * 1000);
        assertThat(ticks.ticks().get(2).dateLine()).isTrue();
    }
}
