package dev.tidemark.stream.decode;

import dev.tidemark.stream.source.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import static dev.tidemark.stream.decode.Messages.csv;
import static dev.tidemark.stream.decode.Messages.decoder;
import static dev.tidemark.stream.decode.Messages.leaves;
import static dev.tidemark.stream.decode.Messages.measures;
import static dev.tidemark.stream.decode.Messages.micros;
import static dev.tidemark.stream.decode.Messages.reading;
import static dev.tidemark.stream.decode.Messages.reject;
import static org.assertj.core.api.Assertions.assertThat;

/** CSV lines: cells and their kinds, quotes, rejects. */
class CsvDecodingTest {

    @Test
    void a_line_of_the_house_is_a_reading() {
        Reading reading = reading(csv("sensor_id,timestamp,temperature,humidity,location", "1001,2016-01-11 17:30:00,67.8,46.07,kitchen"));
        assertThat(reading.deviceId()).isEqualTo("1001");
        assertThat(reading.eventTime()).isEqualTo(micros("2016-01-11T17:30:00Z"));
        assertThat(reading.location()).isEqualTo("kitchen");
        assertThat(measures(reading)).containsExactly(Map.entry("temperature", 67.8), Map.entry("humidity", 46.07));
    }

    @Test
    void each_cell_is_a_number_a_flag_or_text_by_itself() {
        Reading reading = reading(csv("deviceId,a,b,c,d,e,f,g,h,i", "d,1,TRUE,false,x1,+3,.5,5.,1e3,\"12\""));
        assertThat(leaves(reading)).containsExactly(Map.entry("a", 1.0), Map.entry("b", true), Map.entry("c", false), Map.entry("d", "x1"),
                Map.entry("e", 3.0), Map.entry("f", 0.5), Map.entry("g", 5.0), Map.entry("h", 1000.0), Map.entry("i", 12.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1d", "1f", "0x10", "1e", "1 2", "--1", ".", "-", "1_000", "1.2.3"})
    void what_only_resembles_a_number_is_text(String cell) {
        assertThat(leaves(reading(csv("deviceId,v,t", "d,1," + cell)))).containsEntry("t", cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "  ", "NaN", "nan", "inf", "-Infinity", "+INF", "1e999"})
    void empty_cells_and_words_for_no_number_are_null(String cell) {
        assertThat(leaves(reading(csv("deviceId,v,t", "d,1," + cell)))).containsOnlyKeys("v");
        assertThat(reject(csv("deviceId,t", "d," + cell)).reason()).isEqualTo(Decoded.Reason.NO_NUMBER);
    }

    @Test
    void quoted_cells_hold_separators_quotes_and_line_ends() {
        Reading reading = reading(csv("deviceId,\"note, long\",v", "\"d\",\"a,\"\"b\"\"\nc\",1"));
        assertThat(leaves(reading)).containsExactly(Map.entry("note__long", "a,\"b\"\nc"), Map.entry("v", 1.0));
    }

    @Test
    void spaces_around_unquoted_cells_and_names_do_not_count() {
        Reading reading = reading(csv(" deviceId , v ", " d , 1 "));
        assertThat(reading.deviceId()).isEqualTo("d");
        assertThat(measures(reading)).containsExactly(Map.entry("v", 1.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t", "|"})
    void the_header_tells_the_separator(String separator) {
        Reading reading = reading(csv(String.join(separator, "deviceId", "v", "w"), String.join(separator, "a,b", "1", "2")));
        assertThat(reading.deviceId()).isEqualTo("a,b");
        assertThat(measures(reading)).containsExactly(Map.entry("v", 1.0), Map.entry("w", 2.0));
    }

    @Test
    void text_that_is_no_utf8_is_read_as_latin1() {
        Reading reading = reading(csv("deviceId,location,v", "d,Küche,1".getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(reading.location()).isEqualTo("Küche");
    }

    @Test
    void a_name_given_twice_in_the_header_is_rescued() {
        Reading reading = reading(csv("deviceId,v,V,n", "d,1,2,x"));
        assertThat(leaves(reading)).containsExactly(Map.entry("v", 1.0), Map.entry("n", "x"));
        assertThat(reading.rescued()).isEqualTo("{\"v\":2}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "d,1         | a CSV line with a wrong number of cells (expected 3 as in the header, actual 2)",
        "d,1,2,3,4   | a CSV line with a wrong number of cells (expected 3 as in the header, actual 5)",
        "d,\"1,2     | a quote that is not closed in cell 2 of the CSV line",
        "d,\"1\"x,2  | text behind the closing quote of cell 2 of the CSV line",
    })
    void lines_that_do_not_fit_their_header_are_malformed(String line, String detail) {
        Decoded.Rejected reject = reject(csv("deviceId,v,w", line.strip()));
        assertThat(reject.reason()).isEqualTo(Decoded.Reason.MALFORMED);
        assertThat(reject.detail()).isEqualTo(detail);
    }

    @Test
    void a_line_without_its_header_is_malformed() {
        Message message = new Message(0, 0, null, Map.of(Message.CONTENT_TYPE, "text/csv; charset=utf-8"), "d,1".getBytes(StandardCharsets.UTF_8));
        assertThat(reject(message).text()).isEqualTo("malformed: a CSV line without its header (expected the property csv-header)");
    }

    @Test
    void a_missing_device_column_is_told_with_the_columns_there_are() {
        assertThat(reject(csv("room,v", "d,1")).text()).startsWith("no_device: ").contains("deviceId, device_id, sensor_id, sensorId").endsWith("actual room, v)");
    }

    @Test
    void files_and_json_may_take_turns() {
        Decoder decoder = decoder();
        for (int i = 0; i < 3; i++) {
            assertThat(measures(reading(decoder, csv("deviceId,v", "d," + i)))).containsExactly(Map.entry("v", (double) i));
            assertThat(measures(reading(decoder, csv("w;deviceId", i + ";d")))).containsExactly(Map.entry("w", (double) i));
            assertThat(measures(reading(decoder, Messages.json("{\"deviceId\":\"d\",\"v\":" + i + "}")))).containsExactly(Map.entry("v", (double) i));
        }
    }
}
