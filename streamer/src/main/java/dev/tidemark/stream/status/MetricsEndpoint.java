package dev.tidemark.stream.status;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tidemark.stream.pipeline.Figures;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * {@code /metrics} for Prometheus and {@code /health} for whoever watches over the process: 200 if it is up, 503 if it is not. On the loopback interface only,
 * by HTTP, without a password. Owns one thread until it is closed.
 */
public final class MetricsEndpoint implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService thread;
    private final JvmGcMetrics collections = new JvmGcMetrics();

    private MetricsEndpoint(HttpServer server, ExecutorService thread) {
        this.server = server;
        this.thread = thread;
    }

    /**
     * Begins to answer.
     *
     * @param port to listen on; 0 for any that is free
     * @throws IOException with a message for the user if the port cannot be had
     */
    public static MetricsEndpoint start(int port, PrometheusMeterRegistry registry, Figures figures) throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (BindException e) {
            throw new IOException("Cannot listen on port " + port + " for metrics: " + e.getMessage() + "; choose another (--metrics-port), or 0 for any", e);
        }
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread daemon = new Thread(task, "metrics");
            daemon.setDaemon(true);
            return daemon;
        });
        MetricsEndpoint endpoint = new MetricsEndpoint(server, thread);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        endpoint.collections.bindTo(registry);
        Gauge.builder("tidemark.up", figures, f -> Health.of(f).isUp() ? 1 : 0).description("1 if /health says up").register(registry);
        server.createContext("/metrics", exchange -> answer(exchange, "/metrics", 200, "text/plain; version=0.0.4; charset=utf-8", registry::scrape));
        server.createContext("/health", exchange -> {
            Health health = Health.of(figures);
            answer(exchange, "/health", health.isUp() ? 200 : 503, "application/json", () -> json(health));
        });
        server.setExecutor(thread);
        server.start();
        return endpoint;
    }

    private static String json(Health health) {
        return StatusFile.JSON.valueToTree(health).toString() + "\n";
    }

    private static void answer(HttpExchange exchange, String path, int code, String type, Supplier<String> text) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(path)) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
            } else {
                byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", type);
                exchange.sendResponseHeaders(code, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** Where it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        collections.close();
        thread.shutdownNow();
        try {
            thread.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
