package dev.tidemark.lake.scan;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.WrittenTime;
import dev.tidemark.lake.column.Bounds;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.column.FieldPath;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A range of time asked of a column of text. */
class WrittenTimesTest {

    private static final long HOUR = 3_600_000_000L;
    private static final long THREE = WrittenTime.micros("2026-11-29T03:00:00Z");

    private static Filter filter(Long from, Long to) {
        Schema.Field field = new Schema.Field("time", Type.Primitive.STRING, true);
        return Filter.of(FieldPath.of(field), new Condition.Written("time", from, to));
    }

    private static Column.Strings texts(String... texts) {
        int[] codes = new int[texts.length];
        Arrays.setAll(codes, i -> texts[i] == null ? -1 : i);
        return new Column.Strings(Type.Primitive.STRING, codes, Arrays.stream(texts).map(text -> text == null ? "" : text).toArray(String[]::new));
    }

    @Test
    void a_time_counts_and_not_how_it_is_written() {
        Column.Strings column = texts("2026-11-29T03:00:00Z", "2026-11-29 05:30:00+02:00", "2026-11-29T02:59:59.999999", null, "n/a", "2026-11-29T04:00Z", "2026-11-28 23:15:00-04:00");
        assertThat(filter(THREE, THREE + HOUR).select(column, null)).containsExactly(0, 1, 6);
        assertThat(filter(null, THREE).select(column, null)).containsExactly(2);
        assertThat(filter(THREE + HOUR, null).select(column, null)).containsExactly(5);
    }

    @Test
    void bytes_of_a_file_are_read_as_strings_are() {
        String[] texts = {"2026-11-29T03:00:00Z", "n/a", "2026-11-29 03:00:00 UTC", "", "\u0662\u0660\u0662\u0666-11-29", "2026-11-29T05:30:00.25+02:00"};
        ByteBuffer bytes = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        int[] starts = new int[texts.length + 1];
        for (int i = 0; i < texts.length; i++) {
            byte[] utf8 = texts[i].getBytes(StandardCharsets.UTF_8);
            bytes.putInt(utf8.length).put(utf8);
            starts[i + 1] = bytes.position();
        }
        Column.Utf8 column = new Column.Utf8(Type.Primitive.STRING, new int[] {5, -1, 4, 3, 2, 1, 0, 0}, bytes.array(), starts, texts.length);
        long none = WrittenTime.NONE;
        assertThat(WrittenTimes.micros(column)).containsExactly(THREE + HOUR / 2 + 250_000, none, none, none, THREE, none, THREE, THREE);
        assertThat(filter(THREE, THREE + 1).select(column, null)).containsExactly(4, 6, 7);
    }

    @Test
    void files_of_other_days_are_not_opened() {
        Filter hour = filter(THREE, THREE + HOUR);
        assertThat(hour.canHold(new Bounds("2026-11-20T00:00:00Z", "2026-11-27T23:00:00Z", 0), 10)).isFalse();
        assertThat(hour.canHold(new Bounds("2026-12-01 00:00:00", "2026-12-02 00:00:00", 0), 10)).isFalse();
        assertThat(hour.canHold(new Bounds("2026-11-28T00:00:00Z", "2026-11-29T05:00:00Z", 0), 10)).isTrue();
    }

    @Test
    void bounds_that_are_no_times_rule_nothing_out() {
        Filter hour = filter(THREE, THREE + HOUR);
        assertThat(hour.canHold(new Bounds("2026-11-20T00:00:00Z", "n/a", 0), 10)).isTrue();
        assertThat(hour.canHold(new Bounds("", "2026-11-30", 0), 10)).isTrue();
        assertThat(hour.canHold(new Bounds(null, null, 0), 10)).isTrue();
    }

    @Test
    void no_bounds_rule_out_a_row_that_is_asked_for() {
        Random random = new Random(5);
        for (int i = 0; i < 5_000; i++) {
            String[] texts = new String[1 + random.nextInt(5)];
            Arrays.setAll(texts, row -> random.nextInt(20) == 0 ? "none" : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(Instant.ofEpochSecond(1_795_921_200L + random.nextInt(600_000))
                    .atOffset(ZoneOffset.ofHours(random.nextInt(37) - 18))));
            long from = (1_795_921_200L + random.nextInt(600_000)) * 1_000_000;
            Filter filter = filter(from, from + random.nextInt(100_000) * 1_000_000L);
            int[] rows = filter.select(texts(texts), null);
            boolean some = rows == null || rows.length > 0;
            Bounds bounds = new Bounds(Arrays.stream(texts).min(Comparator.naturalOrder()).orElseThrow(), Arrays.stream(texts).max(Comparator.naturalOrder()).orElseThrow(), 0);
            assertThat(!some || filter.canHold(bounds, texts.length)).as(String.join(" ", texts)).isTrue();
        }
    }

    @Test
    void of_a_column_of_numbers_it_cannot_be_asked() {
        Schema.Field field = new Schema.Field("time", Type.Primitive.LONG, true);
        assertThatThrownBy(() -> Filter.of(FieldPath.of(field), new Condition.Written("time", 0L, null))).isInstanceOf(IllegalArgumentException.class);
    }
}
