package dev.tidemark.stream.source;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventHubsSpecTest {

    private static final String KEY = "c2VjcmV0c2VjcmV0";
    private static final String HUB = "Endpoint=sb://plant.servicebus.windows.net/;SharedAccessKeyName=listen;SharedAccessKey=" + KEY + "=;EntityPath=telemetry";

    @TempDir
    Path folder;

    private static SourceSpec parse(String text, String connectionString) {
        return SourceSpec.parse(text, Map.of("HUB", connectionString)::get);
    }

    private static void open(String text, String connectionString) {
        parse(text, connectionString).create(Clock.systemUTC()).close();
    }

    private static String name(SourceSpec spec) {
        try (EventSource source = spec.create(Clock.systemUTC())) {
            return source.name();
        }
    }

    @Test
    void a_connection_string_stands_in_an_environment_variable() {
        SourceSpec spec = parse("eventhubs:connection-string-env=HUB", HUB);
        assertThat(name(spec)).isEqualTo("eventhubs:plant.servicebus.windows.net/telemetry");
        spec.requireEnd();
    }

    @Test
    void or_in_a_file() throws IOException {
        Path file = Files.writeString(folder.resolve("hub.txt"), HUB + "\n");
        assertThat(name(parse("eventhubs:connection-string-file=" + file + ",consumer-group=bronze,start=latest,prefetch=4000,owner-level=3", "")))
                .isEqualTo("eventhubs:plant.servicebus.windows.net/telemetry");
    }

    @Test
    void the_event_hub_compatible_endpoint_of_an_iot_hub_is_a_hub() {
        assertThat(name(parse("eventhubs:connection-string-env=HUB", "Endpoint=sb://iothub-ns-plant-1-2.servicebus.windows.net/;SharedAccessKeyName=service;"
                + "SharedAccessKey=" + KEY + ";EntityPath=plant"))).isEqualTo("eventhubs:iothub-ns-plant-1-2.servicebus.windows.net/plant");
    }

    @Test
    void a_namespace_and_a_hub_are_enough_with_an_identity() {
        assertThat(name(parse("eventhubs:namespace=plant.servicebus.windows.net,hub=telemetry", ""))).isEqualTo("eventhubs:plant.servicebus.windows.net/telemetry");
    }

    @Test
    void a_port_and_a_hub_beside_a_connection_string_without_one_are_part_of_the_name() {
        assertThat(name(parse("eventhubs:connection-string-env=HUB,hub=telemetry",
                "Endpoint=sb://localhost:5673;SharedAccessKeyName=owner;SharedAccessKey=" + KEY + ";UseDevelopmentEmulator=true")))
                .isEqualTo("eventhubs:localhost:5673/telemetry");
    }

    @Test
    void the_connection_string_of_the_iot_hub_itself_is_refused_and_the_right_one_named() {
        assertThatThrownBy(() -> open("eventhubs:connection-string-env=HUB", "HostName=plant.azure-devices.net;SharedAccessKeyName=iothubowner;SharedAccessKey=" + KEY))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Event Hub-compatible endpoint").hasMessageContaining("Built-in endpoints")
                .hasMessageNotContaining(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventhubs:" + HUB, "eventhubs:connection-string-env=" + HUB, HUB, "files:/drop;sharedaccesskey = " + KEY, "kafka:SharedAccessSignature=" + KEY})
    void a_key_in_the_text_of_a_source_is_refused_without_repeating_it(String text) {
        assertThatThrownBy(() -> SourceSpec.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("connection-string-env")
                .hasMessageNotContaining(KEY).hasMessageNotContaining("plant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense " + KEY, "Endpoint=sb://plant.servicebus.windows.net/;SharedAccessKey=" + KEY + ";EntityPath=telemetry",
        "Endpoint=https://plant/;SharedAccessKeyName=a;SharedAccessKey=" + KEY, "SharedAccessKey=" + KEY, "Endpoint=sb://plant:x/;SharedAccessKeyName=a;SharedAccessKey=" + KEY,
        "Endpoint=sb://plant/;SharedAccessKeyName=a;SharedAccessKey=" + KEY, "Endpoint=sb://plant/;" + KEY})
    void an_unusable_connection_string_is_refused_without_repeating_it(String connectionString) {
        assertThatThrownBy(() -> open("eventhubs:connection-string-env=HUB", connectionString)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot use source eventhubs:connection-string-env=HUB: ").hasMessageContaining("expected")
                .hasMessageNotContaining(KEY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "eventhubs: | no single way in",
        "eventhubs:connection-string-env=HUB,namespace=plant | no single way in",
        "eventhubs:connection-string-env=NONE | no such variable",
        "eventhubs:connection-string-file=nowhere/hub.txt | cannot be read",
        "eventhubs:namespace=plant.servicebus.windows.net | hub=NAME",
        "eventhubs:namespace=pl ant,hub=x | no name of a namespace",
        "eventhubs:connection-string-env=HUB,hub=other | two hubs",
        "eventhubs:connection-string-env=HUB,start=yesterday | 2026-01-01T00:00:00Z",
        "eventhubs:connection-string-env=HUB,prefetch=0 | impossible prefetch",
        "eventhubs:connection-string-env=HUB,owner-level=-1 | impossible owner-level",
        "eventhubs:connection-string-env=HUB,group=x | unknown setting"})
    void impossible_settings_are_refused(String text, String reason) {
        assertThatThrownBy(() -> open(text.strip(), HUB)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(reason)
                .hasMessageNotContaining(KEY);
    }

    @Test
    void what_stands_for_a_hub_shows_no_key() {
        assertThat(HubAccess.fromEnvironment("HUB", null, Map.of("HUB", HUB)::get).toString()).isEqualTo("plant.servicebus.windows.net/telemetry");
        assertThat(parse("eventhubs:connection-string-env=HUB", HUB).toString()).doesNotContain(KEY);
    }
}
