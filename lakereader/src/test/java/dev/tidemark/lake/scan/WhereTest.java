package dev.tidemark.lake.scan;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Batch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntFunction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Row {@code n} of the table: device dev-(n mod 7), value n/4, ok if n mod 3 = 0; every tenth has none of these. */
class WhereTest {

    private static final int ROWS = 1050;

    @TempDir
    private static Path folder;
    private static Snapshot snapshot;

    @BeforeAll
    static void write() throws IOException {
        snapshot = ReadingsTable.write(folder, 3, ROWS / 3, true);
    }

    private static Scan scan(String where) {
        return Scan.of(snapshot).columns(List.of("n")).where(Where.parse(where, snapshot.schema(), ZoneOffset.UTC));
    }

    private static List<Long> rows(String where) {
        Batch batch = scan(where).readAll();
        return java.util.stream.IntStream.range(0, batch.rows()).mapToObj(i -> batch.longs("n").values()[i]).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "n < 3 | 0,1,2", "n <= 2 | 0,1,2", "n >= 1048 | 1048,1049", "n > 1047.5 | 1048,1049", "n = 7.0 | 7", "n = 7.5 |", "3 > n | 0,1,2", "n < 99999999999999999999 and n > 1047 | 1048,1049",
        "n > 99999999999999999999 |", "n >= -99999999999999999999 and n < 1 | 0", "n between 4 and 6 | 4,5,6", "n not between 2 and 1047 | 0,1,1048,1049", "n in (5, 3, 5000) | 3,5",
        "n not in (0) and n < 3 | 1,2", "not (n >= 2) | 0,1", "value = 1.25 | 5", "value <= .25 | 0,1", "value is null and n < 20 | 9,19", "value is not null and n > 1046 | 1047,1048",
        "device = 'dev-1' and n < 10 | 1,8", "device > 'dev-5' and n <= 6 | 6", "device <= 'dev-0' and n < 9 | 0,7", "device != 'dev-0' and n < 4 | 1,2,3", "ok and n < 7 | 0,3,6",
        "not ok and n < 4 | 1,2", "ok = false and n < 4 | 1,2", "true = ok and n < 4 | 0,3", "window.start < '1970-01-01 00:02' | 0,1", "window.start = timestamp '1970-01-01T01:03:00+01:00' | 3",
        "\"n\" = 3 or `device` = 'dev-6' and n < 9 | 3,6", "day = '2026-11-22' and n < 352 | 350,351", "day is null and n > 1048 | 1049", "day >= date '2026-11-22' and n > 698 | 699",
        "day < '2026-11-22' and n > 348 or n = 5 | 5,349", "N=1 OR(NOT n<>2)| 1,2", "not (n > 2 or value is null) | 0,1,2", "not (not n = 1) | 1"})
    void a_condition_chooses_rows(String where, String expected) {
        assertThat(rows(where)).isEqualTo(expected == null ? List.of() : List.of(expected.split(",")).stream().map(Long::valueOf).toList());
    }

    @Test
    void quotes_inside_text_are_doubled() {
        assertThat(rows("device = 'dev''1'")).isEmpty();
        assertThat(Where.parse("device = 'it''s'", snapshot.schema(), ZoneOffset.UTC))
                .isEqualTo(new Predicate.Is(new Condition.In("device", java.util.Set.of("it's"))));
    }

    @Test
    void a_time_without_a_zone_lies_in_the_one_asked_for() {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        Scan scan = Scan.of(snapshot).where(Where.parse("window.start = '1970-01-01 01:05'", snapshot.schema(), zone));
        assertThat(scan.readAll().longs("n").values()).containsExactly(5);
    }

    @Test
    void decimals_and_floats_are_compared_as_they_are_stored() {
        Schema schema = new Schema(List.of(new Schema.Field("d", new Type.Decimal(10, 2), true), new Schema.Field("f", Type.Primitive.FLOAT, true)));
        assertThat(parse("d <= 1.005", schema)).isEqualTo(new Condition.Range("d", null, new BigDecimal("1.01")));
        assertThat(parse("d > 1.005", schema)).isEqualTo(new Condition.Range("d", new BigDecimal("1.01"), null));
        assertThat(parse("d = 1.005", schema)).isEqualTo(new Condition.In("d", java.util.Set.of()));
        assertThat(parse("f = 0.1", schema)).isEqualTo(new Condition.In("f", java.util.Set.of((double) 0.1f)));
    }

    @Test
    void a_column_may_be_called_date_or_timestamp() {
        Schema schema = new Schema(List.of(new Schema.Field("date", Type.Primitive.DATE, true), new Schema.Field("timestamp", Type.Primitive.TIMESTAMP, true)));
        assertThat(parse("date = date '1970-01-03'", schema)).isEqualTo(new Condition.In("date", java.util.Set.of(2L)));
        assertThat(parse("timestamp '1970-01-01 00:00:01' > timestamp", schema)).isEqualTo(new Condition.Range("timestamp", null, 1_000_000L));
    }

    private static Condition parse(String where, Schema schema) {
        return ((Predicate.Is) Where.parse(where, schema, ZoneOffset.UTC)).condition();
    }

    @Test
    void files_that_cannot_hold_an_answer_are_not_opened() {
        assertThat(scan("n < 10 or n > 1040").filesToRead()).hasSize(2);
        assertThat(scan("n < 10 or day is null").filesToRead()).hasSize(2);
        assertThat(scan("not (n >= 350)").filesToRead()).hasSize(1);
        assertThat(scan("n = 5 or n = 7").filesToRead()).hasSize(1);
    }

    @Test
    void rows_are_counted_under_any_condition() {
        assertThat(scan("n < 10 or n >= 1040").count()).isEqualTo(20);
        assertThat(scan("n < 10 or n >= 1040").knownRows()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "n >> 5 | at character 4 (\"> 5\"): expected a value, actual '>'", "n = | at its end: expected a value, actual the end", "m = 5 | at character 1 (\"m = 5\"): there is no such column (expected one of n, device",
        "n = 'x' | at character 5 (\"'x'\"): column n is a long (expected a number, actual 'x')", "n = 5 value = 3 | at character 7 (\"value = 3\"): expected and, or, or the end",
        "device = dev | at character 10 (\"dev\"): expected a value; text stands in single quotes", "(n = 5 | at its end: expected ), actual the end", "n = null | nothing equals null (expected is null",
        "device = 'x | at character 10 (\"'x\"): the quote that begins here does not end", "n ; 5 | at character 3 (\"; 5\"): ';' means nothing here", "ok < true | is a boolean and has no order",
        "window = 'x' | can only be asked whether it is null", "window.start = 'noon' | at character 16 (\"'noon'\"): 'noon' is no time", "day = '2026-13-01' | is a date (expected a date in quotes",
        "n not 5 | at character 7 (\"5\"): expected in or between", "n = 5e | this is no number (actual 5e)", "n = 1e999999999 | too large or too small", "and | expected a column, actual 'and'"})
    void a_mistake_is_told_with_its_place(String where, String message) {
        assertThatThrownBy(() -> scan(where)).isInstanceOfSatisfying(LakeException.class, e -> assertThat(e.reason()).isEqualTo(LakeException.Reason.INVALID))
                .hasMessageStartingWith("Cannot understand the condition ").hasMessageContaining(message);
    }

    @Test
    void random_conditions_choose_the_rows_that_three_valued_logic_says() {
        Random random = new Random(7);
        for (int i = 0; i < 150; i++) {
            Asked asked = asked(random, 3);
            TreeSet<Long> expected = new TreeSet<>();
            for (int n = 0; n < ROWS; n++) {
                if (Boolean.TRUE.equals(asked.truth.apply(n))) {
                    expected.add((long) n);
                }
            }
            assertThat(rows(asked.text)).as(asked.text).isEqualTo(List.copyOf(expected));
        }
    }

    /** A condition and, for each row, whether it holds; null for neither. */
    private record Asked(String text, IntFunction<Boolean> truth) { }

    private static Asked asked(Random random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return simple(random);
        }
        Asked a = asked(random, depth - 1);
        Asked b = asked(random, depth - 1);
        return switch (random.nextInt(3)) {
            case 0 -> new Asked("(" + a.text + " and " + b.text + ")", n -> and(a.truth.apply(n), b.truth.apply(n)));
            case 1 -> new Asked("(" + a.text + " or " + b.text + ")", n -> not(and(not(a.truth.apply(n)), not(b.truth.apply(n)))));
            default -> new Asked("not (" + a.text + ")", n -> not(a.truth.apply(n)));
        };
    }

    private static Boolean not(Boolean a) {
        return a == null ? null : (Boolean) !a;
    }

    private static Boolean and(Boolean a, Boolean b) {
        return Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b) ? Boolean.FALSE : a == null || b == null ? null : Boolean.TRUE;
    }

    private static Asked simple(Random random) {
        int bound = random.nextInt(ROWS);
        int digit = random.nextInt(7);
        return switch (random.nextInt(7)) {
            case 0 -> new Asked("n < " + bound, n -> n < bound);
            case 1 -> new Asked("value >= " + bound / 4.0, n -> n % 10 == 9 ? null : (Boolean) (n >= bound));
            case 2 -> new Asked("device = 'dev-" + digit + "'", n -> n % 10 == 9 ? null : (Boolean) (n % 7 == digit));
            case 3 -> new Asked("device is null", n -> n % 10 == 9);
            case 4 -> new Asked("day = '2026-11-22'", n -> n >= 700 ? null : (Boolean) (n >= 350));
            case 5 -> new Asked("ok", n -> n % 10 == 9 ? null : (Boolean) (n % 3 == 0));
            default -> new Asked("n in (" + bound + ", " + digit + ")", n -> n == bound || n == digit);
        };
    }
}
