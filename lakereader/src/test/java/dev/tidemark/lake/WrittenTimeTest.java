package dev.tidemark.lake;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class WrittenTimeTest {

    private static Instant read(String text) {
        return Instant.EPOCH.plus(WrittenTime.micros(text), ChronoUnit.MICROS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"2026-11-29T03:00:00Z | 2026-11-29T03:00:00Z", "2026-11-29 03:00:00 | 2026-11-29T03:00:00Z", "2026-11-29T03:00 | 2026-11-29T03:00:00Z",
            "2026-11-29 | 2026-11-29T00:00:00Z", "2026-11-29T03:00:00.5+01:00 | 2026-11-29T02:00:00.5Z", "2026-11-29 03:00:00,25-0330 | 2026-11-29T06:30:00.25Z",
            "2026-11-29 03:00:00+01 | 2026-11-29T02:00:00Z", "2026-11-29 03:00:00 UTC | 2026-11-29T03:00:00Z", "2026-11-29t03:00:00.123456789z | 2026-11-29T03:00:00.123456Z",
            "2024-02-29T23:59:59Z | 2024-02-29T23:59:59Z", "0000-01-01T00:00:00Z | 0000-01-01T00:00:00Z"})
    void the_forms_that_programs_write(String text, Instant meant) {
        assertThat(read(text)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n/a", "2026", "2026-11", "2026-13-01", "2026-02-29", "2026-11-29T", "2026-11-29T3:00", "2026-11-29T24:00:00Z", "2026-11-29T03:60:00Z", "2026-11-29T03:00:61Z",
            "2026-11-29T03:00:0", "2026-11-29T03:00:00.", "2026-11-29T03:00:00.x", "2026-11-29T03:00:00+1", "2026-11-29T03:00:00+99:00", "2026-11-29T03:00:00[Europe/Berlin]", "29.11.2026 03:00",
            "2026-11-29T03:00:00Z and more", "2026-11-29 ", " 2026-11-29", "1795921200000", "2026/11/29", "2026-11-29T03:00:00\u0664"})
    void what_is_no_time_is_said_to_be_none(String text) {
        assertThat(WrittenTime.micros(text)).isEqualTo(WrittenTime.NONE);
    }

    @Test
    void it_agrees_with_the_calendar_at_any_moment_in_any_zone() {
        Random random = new Random(11);
        long first = Instant.parse("0001-01-02T00:00:00Z").getEpochSecond();
        long last = Instant.parse("9999-12-30T00:00:00Z").getEpochSecond();
        for (int i = 0; i < 20_000; i++) {
            Instant time = Instant.ofEpochSecond(first + (long) (random.nextDouble() * (last - first)), random.nextInt(1_000_000) * 1_000L);
            String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atOffset(ZoneOffset.ofTotalSeconds((random.nextInt(2 * 18 * 60) - 18 * 60) * 60)));
            assertThat(read(text)).as(text).isEqualTo(time);
        }
    }
}
