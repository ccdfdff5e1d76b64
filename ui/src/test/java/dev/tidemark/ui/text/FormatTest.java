package dev.tidemark.ui.text;

import javafx.beans.value.ObservableValue;
import org.junit.jupiter.api.Test;

import java.time.ZoneOffset;

import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class FormatTest {

    /** Thin spaces written as underscores. */
    private static String plain(String text) {
        return text.replace('\u2009', '_').replace('\u2212', '-');
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "999, 999", "1000, 1_000", "48210977, 48_210_977", "-12408, -12_408"})
    void digits_are_grouped_by_thin_spaces(long number, String text) {
        assertThat(plain(Format.whole(number))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"948, 948", "9999, 9_999", "61000, 61.0_k", "137480, 137_k", "999960, 1.00_M", "4210000, 4.21_M", "-20000, -20.0_k"})
    void a_large_count_has_four_figures_at_most(double number, String text) {
        assertThat(plain(Format.brief(number))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"23.4567, 23.46", "0, 0.0", "0.0312, 0.0312", "204.04, 204.0", "1204.4, 1204", "-3.5, -3.50", "-0.00001, 0.0000"})
    void a_value_has_about_four_figures_and_zero_no_sign(double number, String text) {
        assertThat(plain(Format.value(number))).isEqualTo(text);
    }

    @Test
    void no_value_is_a_dash() {
        assertThat(Format.value(Double.NaN)).isEqualTo("\u2013");
    }

    @ParameterizedTest
    @CsvSource({"PT-3S, 0_s", "PT4.9S, 4_s", "PT12M30S, 12_min", "PT3H20M, 3_h 20_min", "PT3H, 3_h", "PT26H10M, 26_h", "P9D, 9_d", "P3653D, 10_years"})
    void an_age_is_told_by_its_largest_units(Duration age, String text) {
        assertThat(plain(Format.age(age))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"812, 812_B", "4300, 4.2_KiB", "15728640, 15_MiB"})
    void bytes_are_in_binary_units(long bytes, String text) {
        assertThat(plain(Format.bytes(bytes))).isEqualTo(text);
    }

    @Test
    void times_are_utc() {
        Instant time = Instant.parse("2026-11-21T04:51:07.9Z");
        assertThat(Format.stamp(time)).isEqualTo("2026-11-21 04:51:07");
        assertThat(Format.clock(time)).isEqualTo("04:51:07");
        assertThat(Format.day(time)).isEqualTo("21 Nov 2026");
    }

    @Test
    void a_stretch_within_a_day_names_the_day_once() {
        Instant from = Instant.parse("2026-11-21T09:32:10Z");
        assertThat(Format.stretch(from, from.plusSeconds(900))).isEqualTo("21 Nov 2026, 09:32 \u2013 09:47");
        assertThat(Format.stretch(from, from.plusSeconds(90_000))).isEqualTo("21 Nov 2026 \u2013 22 Nov 2026");
    }

    @Test
    void a_name_becomes_words() {
        assertThat(Format.name("demo-plant")).isEqualTo("Demo plant");
        assertThat(Format.name("__")).isEqualTo("__");
    }

    @Test
    void what_is_counted_is_written_in_full_and_without_decimals_unless_it_is_a_mean() {
        assertThat(Format.counted(5)).isEqualTo("5");
        assertThat(Format.counted(48_210)).isEqualTo("48\u2009210");
        assertThat(Format.counted(-3)).isEqualTo("\u22123");
        assertThat(Format.counted(2.5)).isEqualTo("2.50");
        assertThat(Format.counted(61_400_000)).isEqualTo("61.4\u2009M");
        assertThat(Format.counted(Double.NaN)).isEqualTo("\u2013");
    }

    @Test
    void times_are_written_in_the_zone_that_was_chosen_and_say_so() {
        Instant time = Instant.parse("2026-11-21T23:30:00Z");
        assertThat(Format.zoned(time)).isEqualTo("2026-11-21 23:30:00 UTC");
        Format.zoneProperty().set(ZoneId.of("Europe/Berlin"));
        try {
            assertThat(Format.zoned(time)).isEqualTo("2026-11-22 00:30:00 CET");
            assertThat(Format.day(time)).isEqualTo("22 Nov 2026");
            assertThat(Format.clock(time)).isEqualTo("00:30:00");
        } finally {
            Format.zoneProperty().set(ZoneOffset.UTC);
        }
    }

    @Test
    void the_head_of_a_column_of_times_names_the_zone_for_all_seasons() {
        ObservableValue<String> head = Format.zonedHead("Time");
        assertThat(head.getValue()).isEqualTo("Time (UTC)");
        try {
            Format.zoneProperty().set(ZoneId.of("Europe/Berlin"));
            assertThat(head.getValue()).isEqualTo("Time (CET)");
            Format.zoneProperty().set(ZoneId.of("Asia/Kolkata"));
            assertThat(head.getValue()).isEqualTo("Time (IST)");
        } finally {
            Format.zoneProperty().set(ZoneOffset.UTC);
        }
    }
}
