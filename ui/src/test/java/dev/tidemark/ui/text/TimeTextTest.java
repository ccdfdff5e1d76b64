package dev.tidemark.ui.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import static org.assertj.core.api.Assertions.assertThat;

class TimeTextTest {

    /** A Saturday. */
    private static final Instant NOW = Instant.parse("2026-11-21T10:15:30Z");

    @ParameterizedTest
    @CsvSource({
            "yesterday 14:00, 2026-11-20T14:00:00Z",
            "Today 09:30, 2026-11-21T09:30:00Z",
            "tuesday 22:30, 2026-11-17T22:30:00Z",
            "last sat 1:05, 2026-11-14T01:05:00Z",
            "09:59:59, 2026-11-21T09:59:59Z",
            "14:00, 2026-11-20T14:00:00Z",
            "2 h ago, 2026-11-21T08:15:30Z",
            "15min, 2026-11-21T10:00:30Z",
            "3 days ago, 2026-11-18T10:15:30Z",
            "2026-11-21, 2026-11-21T00:00:00Z",
            "2026-11-21T04:30:05Z, 2026-11-21T04:30:05Z",
            "2026-11-21 04:30 UTC, 2026-11-21T04:30:00Z",
            "21 nov 4:30, 2026-11-21T04:30:00Z",
            "24 Dec 18:00, 2025-12-24T18:00:00Z",
            "24 december 2024 18:00, 2024-12-24T18:00:00Z",
            "now, 2026-11-21T10:15:30Z"})
    void times_as_people_write_them(String text, Instant expected) {
        assertThat(TimeText.read(text, NOW, ZoneOffset.UTC)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v 12", "export", "25:00", "10:99", "31 feb 10:00", "someday 10:00", "12"})
    void what_is_no_time(String text) {
        assertThat(TimeText.read(text, NOW, ZoneOffset.UTC)).isEmpty();
    }

    @Test
    void a_clock_on_the_wall_of_another_zone() {
        assertThat(TimeText.read("yesterday 14:00", NOW, ZoneId.of("Europe/Berlin"))).contains(Instant.parse("2026-11-20T13:00:00Z"));
        assertThat(TimeText.read("yesterday 14:00 UTC", NOW, ZoneId.of("Europe/Berlin"))).contains(Instant.parse("2026-11-20T14:00:00Z"));
        assertThat(TimeText.read("2026-11-20T14:00Z", NOW, ZoneId.of("Europe/Berlin"))).contains(Instant.parse("2026-11-20T14:00:00Z"));
        assertThat(TimeText.read("2026-03-29 02:30", NOW, ZoneId.of("Europe/Berlin"))).contains(Instant.parse("2026-03-29T01:30:00Z"));
    }
}
