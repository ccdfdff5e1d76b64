package dev.tidemark.lake;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class StatisticsTextTest {

    private static Schema.Field field(String name, Type type) {
        return new Schema.Field(name, type, true);
    }

    private static DataFile.Statistics read(Schema schema, String text) {
        return new StatisticsText(schema).read(text.replace('\'', '"')).orElseThrow();
    }

    @Test
    void a_largest_time_cut_to_milliseconds_is_a_bound_of_all_it_was_cut_from() {
        Schema schema = new Schema(List.of(field("t", Type.Primitive.TIMESTAMP)));
        DataFile.Statistics read = read(schema, "{'numRecords':1,'minValues':{'t':'1970-01-01T00:00:00.001Z'},'maxValues':{'t':'1970-01-01T00:00:00.001Z'}}");
        assertThat(read.min()).containsEntry("t", 1000L);
        assertThat(read.max()).containsEntry("t", 1999L);
    }

    @Test
    void of_a_largest_time_at_the_end_of_all_times_no_bound_is_known() {
        Schema schema = new Schema(List.of(field("t", Type.Primitive.TIMESTAMP)));
        assertThat(read(schema, "{'numRecords':1,'maxValues':{'t':'+294247-01-10T04:00:54.775Z'}}").max()).isEmpty();
    }

    @Test
    void bounds_that_may_belong_to_either_of_two_columns_are_left_out() {
        Schema schema = new Schema(List.of(field("a", new Type.Struct(List.of(field("b", Type.Primitive.LONG)))), field("a.b", Type.Primitive.LONG), field("c", Type.Primitive.LONG)));
        DataFile.Statistics read = read(schema, "{'numRecords':2,'minValues':{'a':{'b':1},'a.b':7,'c':3},'maxValues':{'a':{'b':2},'a.b':9,'c':4},"
                + "'nullCount':{'a':{'b':2},'a.b':0,'c':0}}");
        assertThat(read.min()).containsOnlyKeys("c");
        assertThat(read.max()).containsOnlyKeys("c");
        assertThat(read.nullCount()).containsOnlyKeys("c");
    }

    @ParameterizedTest
    @CsvSource({"2026-11-21T05:24:09.123456Z, 1795238649123456", "2026-11-21T05:24:09.12Z, 1795238649120000", "2026-11-21 05:24:09, 1795238649000000",
            "2026-11-21T05:24:09.1234567Z, 1795238649123456", "2026-11-21T07:24:09.5+02:00, 1795238649500000", "1969-12-31T23:59:59.999Z, -1000",
            "0001-01-01T00:00:00.000Z, -62135596800000000", "2026-11-21T05:24Z, 1795238640000000", "2026-02-28T24:00:00Z, "})
    void times_are_read_in_every_form_of_iso_8601(String text, Long micros) {
        Schema schema = new Schema(List.of(field("t", Type.Primitive.TIMESTAMP)));
        assertThat(read(schema, "{'numRecords':1,'minValues':{'t':'" + text + "'}}").min().get("t")).isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-21T05:60:00Z", "2026-11-21T05:24:0xZ", ""})
    void what_is_no_time_is_no_bound(String text) {
        Schema schema = new Schema(List.of(field("t", Type.Primitive.TIMESTAMP)));
        assertThat(read(schema, "{'numRecords':1,'minValues':{'t':'" + text + "'}}").min()).isEmpty();
    }
}
