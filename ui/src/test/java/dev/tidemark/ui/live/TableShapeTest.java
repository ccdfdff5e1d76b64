package dev.tidemark.ui.live;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Schema.Field;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.Type.Primitive;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TableShapeTest {

    /** {@code name:type name:type …}; w stands for Spark's window struct. */
    private static Schema schema(String columns) {
        List<Field> fields = new ArrayList<>();
        for (String column : columns.split(" ")) {
            String[] parts = column.split(":");
            Type type = switch (parts[1]) {
                case "ts" -> Primitive.TIMESTAMP;
                case "ntz" -> Primitive.TIMESTAMP_NTZ;
                case "s" -> Primitive.STRING;
                case "d" -> Primitive.DOUBLE;
                case "f" -> Primitive.FLOAT;
                case "l" -> Primitive.LONG;
                case "i" -> Primitive.INTEGER;
                case "b" -> Primitive.BOOLEAN;
                case "date" -> Primitive.DATE;
                case "dec" -> new Type.Decimal(10, 2);
                case "w" -> new Type.Struct(List.of(new Field("start", Primitive.TIMESTAMP, true), new Field("end", Primitive.TIMESTAMP, true)));
                case "struct" -> new Type.Struct(List.of(new Field("a", Primitive.DOUBLE, true)));
                default -> throw new IllegalArgumentException(parts[1]);
            };
            fields.add(new Field(parts[0], type, true));
        }
        return new Schema(fields);
    }

    private static TableShape shape(String columns) {
        return TableShape.of(schema(columns)).orElseThrow();
    }

    @Test
    void the_streamers_windows_are_recognised_by_their_columns() {
        TableShape shape = shape("window:s window_start:ts window_end:ts grain:s device_id:s location:s measure:s unit:s count:l avg:d min:d "
                + "max:d sum:d stddev:d first:d last:d last_event_time:ts date:date");
        assertThat(shape.kind()).isEqualTo(TableShape.Kind.WINDOWS);
        assertThat(shape.timePath()).isEqualTo("window_start");
        assertThat(shape.keys()).containsExactly("location", "device_id");
    }

    @Test
    void an_hourly_table_of_databricks() {
        TableShape shape = shape("sensor_id:s hour:ts avg_temperature:d avg_humidity:d reading_count:l");
        assertThat(shape.kind()).isEqualTo(TableShape.Kind.WIDE);
        assertThat(shape.timePath()).isEqualTo("hour");
        assertThat(shape.keys()).containsExactly("sensor_id");
        assertThat(shape.measures()).containsExactly("avg_temperature", "avg_humidity", "reading_count");
    }

    @Test
    void sparks_window_struct_is_the_time() {
        TableShape shape = shape("window:w deviceId:s avg_temp:d processed_at:ts");
        assertThat(shape.time()).isEqualTo(new RowTime("window", "start", "window.end", RowTime.Spelling.STAMP));
    }

    @Test
    void when_something_happened_comes_before_when_it_was_written() {
        assertThat(shape("ingested_at:ts event_time:ts device_id:s x:d").timePath()).isEqualTo("event_time");
        assertThat(shape("enqueued_time:ts timestamp:ts x:d").timePath()).isEqualTo("timestamp");
        assertThat(shape("created_at:ts x:d").timePath()).isEqualTo("created_at");
    }

    @Test
    void a_time_comes_before_a_date() {
        assertThat(shape("date:date reading_time:ntz x:d").timePath()).isEqualTo("reading_time");
        assertThat(shape("date:date station:s x:d").timePath()).isEqualTo("date");
    }

    @Test
    void ids_that_are_numbers_are_keys_and_no_measures() {
        TableShape shape = shape("ts:ts sensor_id:l machine_code:i temperature:f offset:l");
        assertThat(shape.keys()).containsExactly("sensor_id", "machine_code");
        assertThat(shape.measures()).containsExactly("temperature");
    }

    @Test
    void long_texts_make_no_series() {
        assertThat(shape("ts:ts device_id:s body:s _rescued_data:s message:s site:s x:d").keys()).containsExactly("device_id", "site");
    }

    @Test
    void averages_come_before_extremes_and_extremes_before_counts() {
        assertThat(shape("ts:ts n:l min_temp:d temp:d temp_stddev:d max_temp:d price:dec").measures())
                .containsExactly("temp", "price", "min_temp", "max_temp", "temp_stddev", "n");
    }

    @Test
    void names_are_compared_without_regard_to_case() {
        TableShape shape = shape("EventTime:ts DeviceId:s Temperature:d");
        assertThat(shape.timePath()).isEqualTo("EventTime");
        assertThat(shape.keys()).containsExactly("DeviceId");
    }

    @Test
    void a_table_without_a_time_or_without_a_number_cannot_be_drawn() {
        assertThat(TableShape.of(schema("device_id:s x:d"))).isEmpty();
        assertThat(TableShape.of(schema("ts:ts device_id:s on:b"))).isEmpty();
        assertThat(TableShape.of(schema("ts:struct x:d"))).isEmpty();
    }

    @Test
    void a_table_without_keys_has_one_series() {
        assertThat(shape("ts:ts x:d").keys()).isEmpty();
    }

    // ---- tables whose rows say which measure they are of ----

    private static TableShape.Named named(String by, String value) {
        return new TableShape.Named(by, value, null, null, null, null);
    }

    @Test
    void a_column_called_metric_beside_one_called_value_names_the_measure() {
        for (String name : List.of("metric", "tag", "measure", "signal", "parameter", "metric_name", "Variable")) {
            TableShape shape = shape("ts:ts sensor_id:s " + name + ":s value:d");
            assertThat(shape.kind()).isEqualTo(TableShape.Kind.LONG);
            assertThat(shape.named()).isEqualTo(named(name, "value"));
            assertThat(shape.keys()).containsExactly("sensor_id");
            assertThat(shape.measures()).isEmpty();
        }
    }

    @Test
    void our_own_windows_are_such_a_table_too() {
        TableShape shape = shape("window:s window_start:ts window_end:ts grain:s device_id:s location:s measure:s unit:s count:l avg:d min:d max:d last_event_time:ts");
        assertThat(shape.named()).isEqualTo(new TableShape.Named("measure", "avg", "min", "max", "count", "unit"));
    }

    @Test
    void sparks_aggregates_of_any_measure_are_told_apart_by_the_type_of_device() {
        TableShape shape = shape("window:w sensor_id:s device_type:s location:s count:l avg:d min:d max:d");
        assertThat(shape.kind()).isEqualTo(TableShape.Kind.LONG);
        assertThat(shape.named()).isEqualTo(new TableShape.Named("device_type", "avg", "min", "max", "count", null));
        assertThat(shape.keys()).containsExactly("sensor_id", "location");
    }

    @Test
    void a_type_of_device_beside_columns_that_say_what_they_measure_is_a_key() {
        TableShape shape = shape("ts:ts device_id:s device_type:s temperature:d humidity:d");
        assertThat(shape.kind()).isEqualTo(TableShape.Kind.WIDE);
        assertThat(shape.measures()).containsExactly("temperature", "humidity");
    }

    @Test
    void beside_a_value_there_may_be_a_set_point_and_a_limit() {
        assertThat(shape("ts:ts sensor_id:s metric:s value:d set_point:d high_limit:d").named()).isEqualTo(named("metric", "value"));
    }

    @Test
    void the_unit_of_a_measure_makes_no_series() {
        TableShape shape = shape("ts:ts signal:s unit:s value:d station:s");
        assertThat(shape.named().unit()).isEqualTo("unit");
        assertThat(shape.keys()).containsExactly("station");
    }

    @Test
    void readings_as_other_programs_export_them() {
        assertThat(shape("_time:ts _measurement:s _field:s _value:d host:s").named()).isEqualTo(named("_measurement", "_value"));
        assertThat(shape("ts:ts device_id:s value:d").kind()).isEqualTo(TableShape.Kind.WIDE);
    }

    // ---- what an operator says ----

    private static TableShape said(String columns, Question.Roles roles) {
        return TableShape.of(schema(columns), TimeColumns.NONE, roles).orElseThrow();
    }

    private static final String MIXED = "event_time:ts ingested_at:ts day:date site:s metric:s kind:s value:d target:d";

    @Test
    void another_column_of_time_can_be_told() {
        assertThat(shape(MIXED).choices().times()).containsExactly("event_time", "ingested_at", "day");
        assertThat(said(MIXED, Question.Roles.ANY.withTime("ingested_at")).timePath()).isEqualTo("ingested_at");
        assertThat(said(MIXED, Question.Roles.ANY.withTime("day")).time().spelling()).isEqualTo(RowTime.Spelling.DAYS);
    }

    @Test
    void another_column_can_name_the_measure_and_another_hold_its_value() {
        TableShape shape = said(MIXED, new Question.Roles(null, "kind", "target"));
        assertThat(shape.named()).isEqualTo(named("kind", "target"));
        assertThat(shape.keys()).containsExactly("site", "metric");
    }

    @Test
    void each_column_of_numbers_can_be_a_measure_of_its_own() {
        TableShape shape = said(MIXED, Question.Roles.ANY.withName(Question.Roles.NO_NAME));
        assertThat(shape.kind()).isEqualTo(TableShape.Kind.WIDE);
        assertThat(shape.measures()).containsExactly("value", "target");
        assertThat(shape.keys()).containsExactly("site", "metric", "kind");
    }

    @Test
    void a_column_that_is_not_there_any_more_is_passed_over() {
        assertThat(said(MIXED, new Question.Roles("gone", "gone", "gone"))).isEqualTo(shape(MIXED));
    }
}
