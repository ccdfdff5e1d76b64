package dev.tidemark.stream.decode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static dev.tidemark.stream.decode.Messages.decoder;
import static dev.tidemark.stream.decode.Messages.json;
import static dev.tidemark.stream.decode.Messages.leaves;
import static dev.tidemark.stream.decode.Messages.measures;
import static dev.tidemark.stream.decode.Messages.micros;
import static dev.tidemark.stream.decode.Messages.reading;
import static dev.tidemark.stream.decode.Messages.reject;
import static org.assertj.core.api.Assertions.assertThat;

/** JSON messages: aliases, flattening, measures, rejects. */
class JsonDecodingTest {

    @Test
    void a_message_of_the_raspberry_pi_web_simulator_is_a_reading_at_its_enqueued_time() {
        Reading reading = reading(json("{\"messageId\":7,\"deviceId\":\"Raspberry Pi Web Client\",\"temperature\":24.3,\"humidity\":61.2}"));

        assertThat(reading.deviceId()).isEqualTo("Raspberry Pi Web Client");
        assertThat(reading.eventTime()).isEqualTo(Messages.ENQUEUED);
        assertThat(reading.location()).isNull();
        assertThat(reading.status()).isNull();
        assertThat(reading.rescued()).isNull();
        assertThat(reading.texts()).isNull();
        assertThat(leaves(reading)).containsExactly(Map.entry("messageId", 7.0), Map.entry("temperature", 24.3), Map.entry("humidity", 61.2));
        assertThat(measures(reading)).isEqualTo(leaves(reading));
        assertThat(reading.shape().units()).containsExactly(null, null, null);
    }

    @Test
    void nested_objects_are_flattened_and_fixed_columns_are_no_leaves() {
        Reading reading = reading(json("""
                {"deviceId":"press-03","timestamp":"2026-11-21T10:00:00.123Z","location":"hall-b","status":"ok",
                 "readings":{"motor":{"temp_c":71.2,"on":true},"note":"new bearing","none":null,"empty":{}}}"""));

        assertThat(reading.eventTime()).isEqualTo(micros("2026-11-21T10:00:00.123Z"));
        assertThat(reading.location()).isEqualTo("hall-b");
        assertThat(reading.status()).isEqualTo("ok");
        assertThat(leaves(reading)).containsExactly(Map.entry("readings_motor_temp_c", 71.2), Map.entry("readings_motor_on", true),
                Map.entry("readings_note", "new bearing"));
        assertThat(reading.shape().measures()).containsExactly("readings_motor_temp_c");
        assertThat(reading.shape().measureLeaf()).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deviceId", "device_id", "sensor_id", "sensorId", "DEVICEID", "Device_Id"})
    void the_device_has_aliases_in_any_case(String alias) {
        Reading reading = reading(json("{\"" + alias + "\":\"d\",\"v\":1}"));
        assertThat(reading.deviceId()).isEqualTo("d");
        assertThat(reading.shape().leaves()).containsExactly("v");
    }

    @Test
    void of_several_aliases_the_one_named_first_in_the_rules_wins_and_the_others_are_leaves() {
        Reading reading = reading(json("{\"sensor_id\":5,\"ts\":1000,\"deviceId\":\"d\",\"time\":2000,\"v\":1}"));
        assertThat(reading.deviceId()).isEqualTo("d");
        assertThat(reading.eventTime()).isEqualTo(2_000_000_000L);
        assertThat(leaves(reading)).containsExactly(Map.entry("sensor_id", 5.0), Map.entry("ts", 1000.0), Map.entry("v", 1.0));
    }

    @Test
    void an_alias_that_is_null_or_blank_counts_as_absent() {
        Reading reading = reading(json("{\"deviceId\":null,\"device_id\":\" \",\"sensor_id\":\"s\",\"timestamp\":null,\"location\":\"\",\"status\":null,\"v\":1}"));
        assertThat(reading.deviceId()).isEqualTo("s");
        assertThat(reading.eventTime()).isEqualTo(Messages.ENQUEUED);
        assertThat(reading.location()).isNull();
        assertThat(reading.status()).isNull();
    }

    @Test
    void numeric_ids_places_and_states_are_text() {
        Reading reading = reading(json("{\"deviceId\":1001,\"location\":4,\"status\":0,\"v\":1}"));
        assertThat(reading.deviceId()).isEqualTo("1001");
        assertThat(reading.location()).isEqualTo("4");
        assertThat(reading.status()).isEqualTo("0");
    }

    @Test
    void aliases_below_the_top_are_ordinary_leaves() {
        Reading reading = reading(json("{\"deviceId\":\"d\",\"location\":{\"lat\":50.8,\"lon\":4.4},\"inner\":{\"timestamp\":5,\"status\":\"x\"}}"));
        assertThat(reading.location()).isNull();
        assertThat(leaves(reading)).containsExactly(Map.entry("location_lat", 50.8), Map.entry("location_lon", 4.4),
                Map.entry("inner_timestamp", 5.0), Map.entry("inner_status", "x"));
    }

    @Test
    void the_transport_knows_the_device_if_the_message_does_not() {
        var message = new dev.tidemark.stream.source.Message(1, 5, "from-hub", Map.of(), "{\"v\":1}".getBytes(StandardCharsets.UTF_8));
        assertThat(reading(message).deviceId()).isEqualTo("from-hub");
    }

    @Test
    void value_with_a_device_type_or_a_measure_is_a_measure_of_that_name() {
        Reading typed = reading(json("{\"deviceId\":\"d\",\"device_type\":\"temperature\",\"value\":20.5,\"battery\":3.1,\"unit\":\"°C\"}"));
        assertThat(measures(typed)).containsExactly(Map.entry("temperature", 20.5), Map.entry("battery", 3.1));
        assertThat(typed.shape().units()).containsExactly("°C", null);
        assertThat(leaves(typed)).containsEntry("value", 20.5).containsEntry("device_type", "temperature").containsEntry("unit", "°C");

        Reading both = reading(json("{\"deviceId\":\"d\",\"device_type\":\"sensor\",\"measure\":\"humidity\",\"value\":40}"));
        assertThat(measures(both)).containsExactly(Map.entry("humidity", 40.0));

        assertThat(measures(reading(json("{\"deviceId\":\"d\",\"value\":40}")))).containsExactly(Map.entry("value", 40.0));
        assertThat(measures(reading(json("{\"deviceId\":\"d\",\"device_type\":\"press\",\"power\":4}")))).containsExactly(Map.entry("power", 4.0));
    }

    @Test
    void short_arrays_of_numbers_are_spread_and_others_stay_json() {
        String sixteen = IntStream.range(0, 16).mapToObj(Integer::toString).collect(Collectors.joining(","));
        Reading reading = reading(json("{\"deviceId\":\"d\",\"zones\":[1.5, null ,3],\"a\":[],\"b\":[1,\"x\",{\"y\":[ ]}],\"c\":[" + sixteen + "],\"d\":["
                + sixteen + ",16],\"e\":[null],\"f\":[[1],[2]]}"));
        assertThat(leaves(reading)).containsEntry("zones_0", 1.5).doesNotContainKey("zones_1").containsEntry("zones_2", 3.0).containsEntry("a", "[]")
                .containsEntry("b", "[1,\"x\",{\"y\":[ ]}]").containsEntry("c_15", 15.0).containsEntry("d", "[" + sixteen + ",16]")
                .containsEntry("e", "[null]").containsEntry("f", "[[1],[2]]").hasSize(2 + 5 + 16);
    }

    @Test
    void a_second_leaf_of_the_same_column_is_rescued() {
        Reading reading = reading(json("{\"deviceId\":\"d\",\"a_b\":1,\"a\":{\"b\":\"q\\\"\"},\"A_B\":true,\"deviceId\":\"e\"}"));
        assertThat(reading.deviceId()).isEqualTo("d");
        assertThat(leaves(reading)).containsExactly(Map.entry("a_b", 1.0));
        assertThat(reading.rescued()).isEqualTo("{\"a_b\":\"q\\\"\",\"a_b\":true,\"deviceId\":\"e\"}");
    }

    @Test
    void columns_are_spelled_as_when_first_seen() {
        Decoder decoder = decoder();
        reading(decoder, json("{\"deviceId\":\"d\",\"Temp\":1}"));
        assertThat(reading(decoder, json("{\"deviceId\":\"d\",\"temp\":1}")).shape().leaves()).containsExactly("Temp");

        Decoder known = new Decoder(() -> Messages.NOW, List.of("TEMP"));
        assertThat(reading(known, json("{\"deviceId\":\"d\",\"temp\":1}")).shape().leaves()).containsExactly("TEMP");
    }

    @Test
    void names_that_a_table_refuses_or_has_already_are_changed() {
        Reading reading = reading(json("{\"deviceId\":\"d\",\"motor temp (°C)\":1,\"a,b;c{d}e=f\\tg\\n\":2,\"date\":3,\"Source\":4,\"event\":{\"time\":5},\"\":6}"));
        assertThat(leaves(reading)).containsExactly(Map.entry("motor_temp__°C_", 1.0), Map.entry("a_b_c_d_e_f_g", 2.0), Map.entry("payload_date", 3.0),
                Map.entry("payload_Source", 4.0), Map.entry("payload_event_time", 5.0), Map.entry("_", 6.0));
    }

    @Test
    void escapes_are_undone_in_names_and_texts() {
        Reading reading = reading(json("{\"device\\u0049d\":\"d\\u00e9\\/\\\\\",\"t\":\"a\\n\\\"\\ud83d\\ude00é\",\"v\":1}"));
        assertThat(reading.deviceId()).isEqualTo("dé/\\");
        assertThat(leaves(reading)).containsEntry("t", "a\n\"😀é");
    }

    @Test
    void numbers_of_any_size_are_doubles_and_words_for_no_number_are_null() {
        Reading reading = reading(json("{\"deviceId\":\"d\",\"big\":123456789012345678901234567890,\"max\":9223372036854775807,\"tiny\":1e-320,\"zero\":-0.0,\"nan\":NaN,"
                + "\"inf\":-Infinity,\"over\":1e999}"));
        assertThat(leaves(reading)).containsExactly(Map.entry("big", 123456789012345678901234567890.0), Map.entry("max", 9.223372036854775807e18),
                Map.entry("tiny", 1e-320), Map.entry("zero", -0.0));
    }

    @Test
    void readings_of_a_kind_share_one_shape_whatever_their_values() {
        Decoder decoder = decoder();
        Shape first = reading(decoder, json("{\"deviceId\":\"d\",\"a\":1,\"t\":\"x\"}")).shape();
        Shape other = reading(decoder, json("{\"deviceId\":\"d\",\"a\":\"1\",\"t\":\"x\",\"b\":1}")).shape();
        assertThat(reading(decoder, json("{ \"a\": 2.5, \"t\": \"y\", \"deviceId\": \"e\" }")).shape()).isSameAs(first);
        assertThat(other).isNotSameAs(first);
        assertThat(reading(decoder, json("{\"deviceId\":\"d\",\"A\":1,\"t\":\"x\"}")).shape()).as("spelled otherwise").isSameAs(first);
    }

    @Test
    void a_message_with_very_many_leaves_keeps_a_thousand_columns_and_rescues_the_rest() {
        String fields = IntStream.range(0, 1_500).mapToObj(i -> "\"f" + i + "\":" + i).collect(Collectors.joining(","));
        Reading reading = reading(json("{\"deviceId\":\"d\"," + fields + "}"));
        assertThat(reading.shape().leaves()).hasSize(999);
        assertThat(reading.rescued()).startsWith("{\"f999\":999,").endsWith(",\"f1499\":1499}");
    }

    @Test
    void devices_that_invent_names_do_not_stop_it() {
        Decoder decoder = decoder();
        for (int i = 0; i < 120_000; i++) {
            assertThat(reading(decoder, json("{\"deviceId\":\"d\",\"k" + i + "\":1}")).shape().leaves()).containsExactly("k" + i);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"a\":1                      | no JSON at byte 6 (expected a comma or the end of the object, actual the end of the message)",
        "{\"a\":1} x                   | no JSON at byte 8 (expected nothing behind the object, actual 'x')",
        "{'a':1}                       | no JSON at byte 1 (expected a name in quotes, actual ''')",
        "{\"a\":01}                    | no JSON at byte 5 (expected a value, actual '0')",
        "{\"a\":1,}                    | no JSON at byte 7 (expected a name in quotes, actual '}')",
        "{\"a\":tru}                   | no JSON at byte 8 (expected true, actual '}')",
        "{\"a\":\"\\x\"}               | no JSON at byte 7 (expected an escape of JSON, actual 'x')",
        "[{\"a\":1}]                   | the message is an array (expected one JSON object); send each of its elements as a message of its own",
        "42                            | no JSON at byte 0 (expected a JSON object, actual '4')",
        "``                            | the message is empty (expected a JSON object)",
    })
    void what_is_no_json_object_is_malformed_and_says_where(String body, String detail) {
        Decoded.Rejected reject = reject(json(body));
        assertThat(reject.reason()).isEqualTo(Decoded.Reason.MALFORMED);
        assertThat(reject.detail()).isEqualTo(detail);
        assertThat(reject.text()).isEqualTo("malformed: " + detail);
    }

    @Test
    void nesting_without_end_and_broken_utf8_are_malformed() {
        assertThat(reject(json("{\"a\":".repeat(10_000))).detail()).startsWith("nested deeper than 64 levels");
        assertThat(reject(json("{\"a\":" + "[".repeat(10_000))).detail()).startsWith("nested deeper than 64 levels");
        byte[] latin = "{\"deviceId\":\"Küche\",\"v\":1}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(reject(json(latin)).detail()).isEqualTo("invalid UTF-8 at byte 14");
    }

    @Test
    void a_message_without_device_is_rejected_with_the_names_that_would_do() {
        Decoded.Rejected reject = reject(json("{\"id\":\"d\",\"v\":1}"));
        assertThat(reject.text()).isEqualTo("no_device: no device (expected a field or column deviceId, device_id, sensor_id, sensorId, "
                + "or a device id of the transport, actual id, v)");
    }

    @Test
    void a_message_without_a_finite_number_is_rejected() {
        assertThat(reject(json("{\"deviceId\":\"d\",\"on\":true,\"t\":\"5\",\"v\":NaN,\"w\":null}")).text()).startsWith("no_number: ");
        assertThat(reject(json("{\"deviceId\":5,\"timestamp\":1700000000}")).reason()).isEqualTo(Decoded.Reason.NO_NUMBER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"yesterday\"", "\"2026-13-01T00:00:00Z\"", "true", "1e40"})
    void an_unreadable_time_is_rejected(String time) {
        Decoded.Rejected reject = reject(json("{\"deviceId\":\"d\",\"time\":" + time + ",\"v\":1}"));
        assertThat(reject.text()).startsWith("unreadable_time: ").contains("actual '" + time.replace("\"", "") + "'");
    }

    @Test
    void a_time_more_than_an_hour_ahead_of_the_clock_is_rejected() {
        assertThat(reading(json("{\"deviceId\":\"d\",\"time\":\"2026-11-21T13:00:00Z\",\"v\":1}")).eventTime()).isEqualTo(micros("2026-11-21T13:00:00Z"));
        assertThat(reject(json("{\"deviceId\":\"d\",\"time\":\"2026-11-21T13:00:00.000001Z\",\"v\":1}")).text())
                .isEqualTo("future_time: the time lies more than an hour ahead of this machine's clock (expected at most 2026-11-21T13:00:00Z, actual "
                        + "2026-11-21T13:00:00.000001Z)");
    }
}
