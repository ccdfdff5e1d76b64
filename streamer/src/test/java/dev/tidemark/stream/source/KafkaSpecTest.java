package dev.tidemark.stream.source;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KafkaSpecTest {

    @TempDir
    Path folder;

    private static KafkaSpec spec(String rest) {
        return KafkaSpec.of(KafkaSpec.settings(rest));
    }

    @Test
    void a_source_is_named_by_its_servers_and_topic_in_whatever_order_they_stand() {
        KafkaSpec spec = spec("topic=t, servers=B:9092;a:9092, start=latest");
        assertThat(spec.name()).isEqualTo("kafka:a:9092;b:9092/t");
        assertThat(spec.servers()).isEqualTo("a:9092,b:9092");
        assertThat(spec("topic=t,servers=[::1]:9092,name=plant").name()).isEqualTo("kafka:plant");
        assertThat(SourceSpec.parse("kafka:topic=t,servers=a:1").create(InstantSource.system()).name()).isEqualTo("kafka:a:1/t");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "topic=t                              | no servers (expected servers=HOST:PORT, several separated by a semicolon)",
        "servers=a,topic=t                    | unreadable servers (expected servers=HOST:PORT",
        "servers=u:p@a:1,topic=t              | unreadable servers (expected servers=HOST:PORT",
        "servers=a:1                          | no topic (expected topic=NAME",
        "servers=a:1,topic=a b                | impossible topic (expected topic=NAME",
        "servers=a:1,topic=t,start=today      | unreadable start (expected earliest, latest or a time like 2026-01-01T00:00:00Z)",
        "servers=a:1,topic=t,topic=u          | topic given twice (expected topic once)",
        "servers=a:1,topic=t,group=g          | an unknown setting (expected servers, topic, config, start and name",
        "servers=a:1,topic                    | a setting without a value (expected servers, topic, config, start and name",
        "servers=a:1,topic=t,name=a#b         | impossible name (expected name=NAME",
    })
    void what_cannot_be_used_is_refused_with_what_would_do(String text, String reason) {
        assertThatThrownBy(() -> KafkaSpec.of(KafkaSpec.settings(text))).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("Cannot use this source kafka: " + reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "servers=a:1,topic=t,password=hunter2", "servers=a:1,topic=t,sasl.jaas.config=x password=\"hunter2\";", "servers=u:hunter2@a:1,topic=t",
        "servers=a:1,topic=t,Endpoint=sb://x/;Key=hunter2", "hunter2", "servers=a:1,topic=hunter2 hunter2", "servers=a:1,topic=t,user=hunter2"
    })
    void a_secret_on_the_command_line_is_refused_and_not_repeated(String text) {
        assertThatThrownBy(() -> SourceSpec.parse("kafka:" + text)).isInstanceOf(IllegalArgumentException.class).message().doesNotContain("hunter2");
    }

    @Test
    void the_file_says_how_to_log_in_and_nothing_that_would_lose_messages() throws IOException {
        Path file = Files.writeString(folder.resolve("client.properties"), """
                security.protocol=SASL_SSL
                sasl.jaas.config=x.Module required username="$ConnectionString" password="Endpoint=sb://h/;SharedAccessKey=hunter2";
                group.id=others
                auto.offset.reset=latest
                enable.auto.commit=true
                ssl.truststore.password=changeit
                """);
        KafkaSettings settings = KafkaSettings.read(spec("servers=a:1,topic=t,config=" + file));
        assertThat(settings.consumer()).containsEntry("security.protocol", "SASL_SSL").containsEntry("auto.offset.reset", "none")
                .containsEntry("enable.auto.commit", false).containsEntry("isolation.level", "read_committed").containsEntry("bootstrap.servers", "a:1")
                .doesNotContainKey("group.id");
        assertThat(settings.hide("bad: Endpoint=sb://h/;SharedAccessKey=hunter2 and changeit.")).isEqualTo("bad: … and ….");
    }

    @Test
    void a_file_that_is_not_there_or_no_properties_is_refused() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken"), "sasl.jaas.config=\\uhunter2");
        assertThatThrownBy(() -> KafkaSettings.read(spec("servers=a:1,topic=t,config=" + folder.resolve("nope")))).isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot use source kafka:a:1/t: config=").hasMessageEndingWith("nope: there is no such file");
        assertThatThrownBy(() -> KafkaSettings.read(spec("servers=a:1,topic=t,config=" + broken))).isInstanceOf(IOException.class)
                .hasMessageContaining("no properties file").message().doesNotContain("hunter2");
    }
}
