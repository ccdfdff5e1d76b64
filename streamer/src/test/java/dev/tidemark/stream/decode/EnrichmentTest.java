package dev.tidemark.stream.decode;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EnrichmentTest {

    private static final double NONE = Double.NaN;

    private final Decoder decoder = new Decoder(InstantSource.fixed(Instant.parse("2024-06-01T00:00:00Z")));
    private final Enrichment enrichment = new Enrichment(new Reference(List.of(
            new Reference.Row("a", "hall 1", "Press", null, null, NONE, NONE),
            new Reference.Row("a", null, null, "temperature", "°C", 5, 80),
            new Reference.Row("b", null, null, null, "bar", NONE, 6))));

    private Reading read(String json) {
        Decoded decoded = decoder.decode(new dev.tidemark.stream.source.Message(1, 0, null, Map.of(), json.getBytes(StandardCharsets.UTF_8)));
        return enrichment.apply(((Decoded.Accepted) decoded).reading());
    }

    @Test
    void what_a_message_lacks_is_added() {
        Reading reading = read("{\"deviceId\":\"a\",\"ts\":1714557600,\"temperature\":20,\"vibration\":1}");
        assertThat(reading.location()).isEqualTo("hall 1");
        assertThat(reading.shape().measures()).containsExactly("temperature", "vibration");
        assertThat(reading.shape().units()).containsExactly("°C", null);
        assertThat(read("{\"deviceId\":\"b\",\"ts\":1714557600,\"value\":3}").shape().units()).containsExactly("bar");
    }

    @Test
    void what_a_message_says_itself_stays() {
        Reading reading = read("{\"deviceId\":\"a\",\"ts\":1714557600,\"value\":70,\"measure\":\"temperature\",\"unit\":\"°F\",\"location\":\"yard\"}");
        assertThat(reading.location()).isEqualTo("yard");
        assertThat(reading.shape().units()).containsExactly("°F");
    }

    @Test
    void a_device_that_is_not_known_stays_as_it_is_and_applied_again_nothing_changes() {
        Reading unknown = read("{\"deviceId\":\"c\",\"ts\":1714557600,\"temperature\":20}");
        assertThat(unknown.location()).isNull();
        assertThat(enrichment.apply(unknown)).isSameAs(unknown);
        Reading known = read("{\"deviceId\":\"a\",\"ts\":1714557600,\"temperature\":20}");
        assertThat(enrichment.apply(known)).isSameAs(known);
    }

    @Test
    void readings_of_the_same_kind_share_a_shape() {
        String json = "{\"deviceId\":\"a\",\"ts\":1714557600,\"temperature\":20}";
        assertThat(read(json).shape()).isSameAs(read(json).shape());
    }

    @Test
    void limits_of_a_measure_go_before_those_of_the_device() {
        Reference reference = enrichment.reference();
        assertThat(reference.device("a").measure("temperature")).isEqualTo(new Reference.Measure("°C", 5, 80));
        assertThat(reference.device("a").measure("vibration")).isNull();
        assertThat(reference.device("a").name()).isEqualTo("Press");
        assertThat(reference.device("b").measure("anything").high()).isEqualTo(6);
        assertThat(reference.device("c")).isNull();
    }

    @Test
    void rows_that_contradict_each_other_are_refused() {
        Reference.Row row = new Reference.Row("a", "x", null, null, null, NONE, NONE);
        assertThatThrownBy(() -> new Reference(List.of(row, new Reference.Row("a", "y", null, "m", null, NONE, NONE)))).hasMessageContaining("expected one location");
        assertThatThrownBy(() -> new Reference(List.of(new Reference.Row("a", null, null, "m", "C", NONE, NONE),
                new Reference.Row("a", null, null, "m", "F", NONE, NONE)))).hasMessageContaining("device \"a\" and measure \"m\" contradict");
        assertThatThrownBy(() -> new Reference(List.of(new Reference.Row("a", null, null, null, null, 5, 4)))).hasMessageContaining("wrong way round");
    }
}
