package dev.tidemark.stream.decode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class EventTimeTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {
        "2016-01-11 17:30:00              | 2016-01-11T17:30:00Z",
        "2016-01-11T17:30:00              | 2016-01-11T17:30:00Z",
        "2016-01-11t17:30:00z             | 2016-01-11T17:30:00Z",
        "2016-01-11T17:30Z                | 2016-01-11T17:30:00Z",
        "2016-01-11 17:30:00.5            | 2016-01-11T17:30:00.5Z",
        "2016-01-11 17:30:00,123456       | 2016-01-11T17:30:00.123456Z",
        "2016-01-11T17:30:00.123456999Z   | 2016-01-11T17:30:00.123456Z",
        "2016-01-11T17:30:00+01:00        | 2016-01-11T16:30:00Z",
        "2016-01-11T17:30:00.25-0530      | 2016-01-11T23:00:00.25Z",
        "2016-01-11T17:30:00+02           | 2016-01-11T15:30:00Z",
        "2016-01-11 17:30:00 +01:00       | 2016-01-11T16:30:00Z",
        "2016-01-11 17:30:00 UTC          | 2016-01-11T17:30:00Z",
        "2016-02-29                       | 2016-02-29T00:00:00Z",
        "1969-12-31T23:59:59.9999999Z     | 1969-12-31T23:59:59.999999Z",
        "0001-01-01T00:00:00Z             | 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z      | 9999-12-31T23:59:59.999999Z",
        "1700000000                       | 2023-11-14T22:13:20Z",
        "1700000000.123456                | 2023-11-14T22:13:20.123456Z",
        "1700000000123                    | 2023-11-14T22:13:20.123Z",
        "1700000000123.456                | 2023-11-14T22:13:20.123456Z",
        "1700000000123456                 | 2023-11-14T22:13:20.123456Z",
        "1700000000123456789              | 2023-11-14T22:13:20.123456Z",
        "1.7e9                            | 2023-11-14T22:13:20Z",
        "17000000001.23456E2              | 2023-11-14T22:13:20.123456Z",
        "0                                | 1970-01-01T00:00:00Z",
        "-1                               | 1969-12-31T23:59:59Z",
        "-0.5                             | 1969-12-31T23:59:59.5Z",
        "-0.0000001                       | 1969-12-31T23:59:59.999999Z",
        "-1.5e0                           | 1969-12-31T23:59:58.5Z",
        "99999999999                      | 5138-11-16T09:46:39Z",
        "100000000000                     | 1973-03-03T09:46:40Z",
    })
    void times_that_devices_send_are_read(String text, String expected) {
        assertThat(read(text)).isEqualTo(Messages.micros(expected));
        assertThat(read("  " + text + " ")).isEqualTo(Messages.micros(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "now", "2016-1-1", "2016-13-01", "2016-00-01", "2015-02-29", "1900-02-29", "2016-01-32", "2016-01-11T24:00:00",
        "2016-01-11T17:60:00", "2016-01-11T17:30:60", "2016-01-11T17", "2016-01-11T17:30:", "2016-01-11T17:30:00.", "2016-01-11T17:30:00X", "2016-01-11T17:30:00+1",
        "2016-01-11T17:30:00+19:00", "2016-01-11T17:30:00+01:60", "2016/01/11 17:30:00", "20160111T173000Z", "2016-01-1x", "0000-01-01", "-", "+", "1.", "1.e3", "1e", "1e40", "1x",
        "99999999999999999999", "9999999999999999999", "1e999999999", "NaN", "2016-01-11T17:30:00Z Z"})
    void others_are_not(String text) {
        assertThat(read(text)).isEqualTo(EventTime.UNREADABLE);
    }

    @Test
    void iso_times_are_read_as_java_reads_them() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            LocalDateTime local = LocalDateTime.ofEpochSecond(random.nextLong(-62_135_000_000L, 253_402_000_000L), random.nextInt(1_000_000) * 1_000, ZoneOffset.UTC);
            assertThat(read(local.toString())).isEqualTo(Messages.micros(local.toInstant(ZoneOffset.UTC)));
            OffsetDateTime zoned = local.atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(-17 * 60, 17 * 60) * 60));
            assertThat(read(zoned.toString())).isEqualTo(Messages.micros(zoned.toInstant()));
        }
    }

    @Test
    void random_bytes_are_never_an_error() {
        Random random = new Random(6);
        byte[] alphabet = "0123456789-:. TZ+eE,".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 100_000; i++) {
            byte[] text = new byte[random.nextInt(30)];
            for (int k = 0; k < text.length; k++) {
                text[k] = alphabet[random.nextInt(alphabet.length)];
            }
            EventTime.read(text, 0, text.length);
            byte[] date = ("2016-01-11" + new String(text, StandardCharsets.US_ASCII)).getBytes(StandardCharsets.US_ASCII);
            EventTime.read(date, 0, date.length);
        }
    }

    private static long read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return EventTime.read(bytes, 0, bytes.length);
    }
}
