package dev.tidemark.stream.status;

import dev.tidemark.stream.pipeline.FiguresByHand;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MetricsEndpointTest {

    private final MockClock clock = new MockClock();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), clock);
    private final FiguresByHand by = new FiguresByHand(registry);
    private MetricsEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        endpoint = MetricsEndpoint.start(0, registry, by.figures());
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private HttpResponse<String> ask(String method, String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> health() throws Exception {
        return ask("GET", "/health");
    }

    @Test
    void metrics_have_prometheus_names_and_units() throws Exception {
        by.polled("eventhubs:plant", "3", 100, 4_711, TimeUnit.MILLISECONDS.toMicros(clock.wallTime()) - 5_000_000, 42);
        by.committed("bronze/events", 9);
        by.commitFailed("silver/readings", "the disk is full");
        by.watermark(TimeUnit.MILLISECONDS.toMicros(clock.wallTime()) - 12_000_000);
        HttpResponse<String> answer = ask("GET", "/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).contains("tidemark_events_total 100.0", "tidemark_rejected_total{reason=\"no_device\"} 0.0",
                "tidemark_commit_seconds_count{table=\"bronze/events\"} 1", "tidemark_commit_seconds_bucket{table=\"bronze/events\",le=\"0.003\"} 1",
                "tidemark_commit_failures_total{table=\"silver/readings\"} 1.0", "tidemark_table_version{table=\"bronze/events\"} 9.0",
                "tidemark_source_lag_messages{partition=\"3\",source=\"eventhubs:plant\"} 42.0",
                "tidemark_source_lag_seconds{partition=\"3\",source=\"eventhubs:plant\"} 5.0", "tidemark_source_position{partition=\"3\",source=\"eventhubs:plant\"} 4711.0",
                "tidemark_watermark_age_seconds 12.0", "tidemark_buffer_fill_ratio 0.0", "tidemark_buffer_size_bytes 0.0", "tidemark_up 0.0", "jvm_memory_used_bytes");
        by.ended("eventhubs:plant", "3");
        assertThat(ask("GET", "/metrics").body()).doesNotContain("source=");
    }

    @Test
    void a_commit_that_fails_is_told_until_it_succeeds() throws Exception {
        assertThat(health().statusCode()).isEqualTo(200);
        assertThat(health().body().strip()).isEqualTo("{\"status\":\"up\",\"reasons\":[]}");
        by.commitFailed("bronze/events", "Cannot write table x: the \"disk\" is full");
        assertThat(health().statusCode()).isEqualTo(503);
        assertThat(health().body().strip()).isEqualTo(
                "{\"status\":\"degraded\",\"reasons\":[\"commit failing: bronze/events: Cannot write table x: the \\\"disk\\\" is full\"]}");
        by.committed("bronze/events", 1);
        assertThat(health().statusCode()).isEqualTo(200);
    }

    @Test
    void a_source_that_is_out_of_reach_and_a_pipeline_that_stands_still_are_told() throws Exception {
        by.outage("eventhubs:plant", "no route to host");
        assertThat(health().body()).contains("source disconnected: eventhubs:plant: no route to host");
        by.outage("eventhubs:plant", null);
        assertThat(health().statusCode()).isEqualTo(200);
        clock.add(61, TimeUnit.SECONDS);
        assertThat(health().statusCode()).isEqualTo(503);
        assertThat(health().body()).contains("stalled: no sign of life for 61 s");
        by.moved();
        assertThat(health().statusCode()).isEqualTo(200);
    }

    @Test
    void it_answers_two_questions_only_and_a_port_that_is_taken_is_told() throws Exception {
        assertThat(ask("GET", "/").statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/metrics/x").statusCode()).isEqualTo(404);
        assertThat(ask("POST", "/health").statusCode()).isEqualTo(405);
        try (ServerSocket elsewhere = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> MetricsEndpoint.start(elsewhere.getLocalPort(), registry, by.figures())).isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Cannot listen on port " + elsewhere.getLocalPort() + " for metrics: ").hasMessageContaining("--metrics-port");
        }
    }
}
