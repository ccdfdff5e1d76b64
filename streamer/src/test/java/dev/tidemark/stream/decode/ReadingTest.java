package dev.tidemark.stream.decode;

import org.junit.jupiter.api.Test;

import static dev.tidemark.stream.decode.Messages.json;
import static dev.tidemark.stream.decode.Messages.reading;
import static org.assertj.core.api.Assertions.assertThat;

class ReadingTest {

    @Test
    void leaves_that_fit_no_column_are_rescued_as_json() {
        Reading reading = reading(json("{\"deviceId\":\"d\",\"a\":1.5,\"b\":true,\"c\":\"x\\\"\\u0001\",\"A\":2}"));
        assertThat(reading.json(0)).isEqualTo("1.5");
        assertThat(reading.json(1)).isEqualTo("true");
        assertThat(reading.json(2)).isEqualTo("\"x\\\"\\u0001\"");
        assertThat(reading.rescued(leaf -> leaf > 0)).isEqualTo("{\"a\":2,\"b\":true,\"c\":\"x\\\"\\u0001\"}");
        assertThat(reading.rescued(leaf -> false)).isEqualTo("{\"a\":2}");
    }

    @Test
    void without_misfits_there_is_nothing_to_rescue() {
        Reading reading = reading(json("{\"deviceId\":\"d\",\"a\":1.5}"));
        assertThat(reading.rescued(leaf -> false)).isNull();
        assertThat(reading.rescued(leaf -> true)).isEqualTo("{\"a\":1.5}");
    }
}
