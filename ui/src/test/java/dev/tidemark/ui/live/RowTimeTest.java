package dev.tidemark.ui.live;

import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.ui.live.RowTime.Spelling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class RowTimeTest {

    private static final long THREE = 1_795_921_200_000_000L;
    private static final long NONE = Long.MIN_VALUE;

    private static RowTime time(Spelling spelling) {
        return new RowTime("t", null, null, spelling);
    }

    private static Column longs(long... values) {
        return new Column.Longs(Type.Primitive.LONG, values, null);
    }

    private static Column doubles(double... values) {
        return new Column.Doubles(Type.Primitive.DOUBLE, values, null);
    }

    private static Column texts(String... values) {
        int[] codes = new int[values.length];
        java.util.Arrays.setAll(codes, i -> i);
        return new Column.Strings(Type.Primitive.STRING, codes, values);
    }

    @Test
    void each_spelling_of_one_moment_is_that_moment() {
        assertThat(time(Spelling.STAMP).micros(longs(THREE))).containsExactly(THREE);
        assertThat(time(Spelling.SECONDS).micros(longs(THREE / 1_000_000))).containsExactly(THREE);
        assertThat(time(Spelling.MILLIS).micros(longs(THREE / 1_000 + 7))).containsExactly(THREE + 7_000);
        assertThat(time(Spelling.MICROS).micros(longs(THREE + 3))).containsExactly(THREE + 3);
        assertThat(time(Spelling.NANOS).micros(longs(THREE * 1_000 + 999))).containsExactly(THREE);
        assertThat(time(Spelling.SECONDS).micros(doubles(1_795_921_200.123456))).containsExactly(THREE + 123_456);
        assertThat(time(Spelling.TEXT).micros(texts("2026-11-29T03:00:00Z", "2026-11-29 04:00:00+01:00"))).containsExactly(THREE, THREE);
    }

    @Test
    void what_is_no_time_is_none() {
        assertThat(time(Spelling.TEXT).micros(texts("n/a", ""))).containsExactly(NONE, NONE);
        assertThat(time(Spelling.SECONDS).micros(doubles(Double.NaN, 1e300))).containsExactly(NONE, NONE);
        assertThat(time(Spelling.SECONDS).micros(longs(Long.MAX_VALUE))).containsExactly(NONE);
        assertThat(time(Spelling.MILLIS).micros(new Column.Longs(Type.Primitive.LONG, new long[] {5, 6}, new boolean[] {false, true}))).containsExactly(5_000, NONE);
        assertThat(time(Spelling.UNSEEN).micros(longs(5))).containsExactly(NONE);
    }

    /** What is asked of files must not leave out a row that would be drawn. */
    @ParameterizedTest
    @EnumSource(names = {"SECONDS", "MILLIS", "MICROS", "NANOS", "DAYS", "STAMP"})
    void a_range_holds_every_row_whose_time_lies_in_it(Spelling spelling) {
        Random random = new Random(3);
        double unit = spelling == Spelling.DAYS ? 86_400e6 : 1e6 / spelling.perSecond();
        for (int i = 0; i < 20_000; i++) {
            long from = THREE + random.nextInt(5_000_000);
            long to = from + 1 + random.nextInt(3) * random.nextInt(3_000_000);
            double stored = (from - 4 * unit + random.nextDouble() * (to - from + 8 * unit)) / unit;
            Condition.Range asked = (Condition.Range) time(spelling).within(from, to);
            long whole = (long) stored;
            long micros = time(spelling).micros(longs(whole))[0];
            boolean passes = whole >= (Long) asked.from() && whole < (Long) asked.to();
            assertThat(passes || micros < from || micros >= to).as("%d in [%d, %d)", whole, from, to).isTrue();
            if (spelling.isNumber()) {
                long rounded = time(spelling).micros(doubles(stored))[0];
                boolean passesToo = stored >= (double) (Long) asked.from() && stored < (double) (Long) asked.to();
                assertThat(passesToo || rounded < from || rounded >= to).as("%s in [%d, %d)", stored, from, to).isTrue();
            }
        }
    }

    @Test
    void statistics_are_read_as_the_column_is() {
        assertThat(time(Spelling.SECONDS).told(1_795_921_200L)).hasValue(THREE);
        assertThat(time(Spelling.SECONDS).told(1_795_921_200.5)).hasValue(THREE + 500_000);
        assertThat(time(Spelling.TEXT).told("2026-11-29 03:00:00")).hasValue(THREE);
        assertThat(time(Spelling.TEXT).told("n/a")).isEmpty();
        assertThat(time(Spelling.STAMP).told(null)).isEmpty();
    }

    @Test
    void of_texts_of_several_zones_the_first_need_not_be_the_earliest() {
        assertThat(time(Spelling.TEXT).told("2026-11-29T03:00:00+01:00")).isEmpty();
        assertThat(time(Spelling.TEXT).told("2026-11-29T03:00:00-01:00")).isEmpty();
    }
}
