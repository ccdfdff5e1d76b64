package dev.tidemark.lake.azure;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * A storage account on this machine, over TLS: the REST operations of Data Lake Storage Gen2 that Hadoop's driver uses ("Path" and "Filesystem" operations of
 * Azure's documentation), with the account's checks of who asks, its ways to fail, and a count of what it was asked.
 */
public final class DfsServer implements AutoCloseable {

    /** One request as it was answered. */
    public record Answered(String operation, String path, int status, long bytes) {
        @Override
        public String toString() {
            return operation + " " + path + " " + status + " " + bytes;
        }
    }

    /** What to do instead of answering. */
    sealed interface Fault {
        /** Answers with an error. */
        record Refuse(int status, String code, String text) implements Fault { }

        /** Sends the first bytes of the answer and breaks the connection. */
        record Cut(int bytes) implements Fault { }
    }

    private static final class Rule {
        private final Predicate<String> of;
        private final Fault fault;
        private int times;

        private Rule(Predicate<String> of, Fault fault, int times) {
            this.of = of;
            this.fault = fault;
            this.times = times;
        }
    }

    private final HttpsServer http;
    private final ExecutorService threads;
    private final Map<String, DfsTree> containers = new ConcurrentHashMap<>();
    private final List<Answered> answered = new CopyOnWriteArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private final String account;
    private final DfsGate gate;
    private volatile Duration latency = Duration.ZERO;

    /** Serves an account at a port of its own. */
    public DfsServer(String account, DfsGate gate) throws IOException {
        this.account = account;
        this.gate = gate;
        http = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        http.setHttpsConfigurator(new HttpsConfigurator(Certificates.tls()));
        threads = Executors.newFixedThreadPool(24, work -> {
            Thread thread = new Thread(work, "dfs server");
            thread.setDaemon(true);
            return thread;
        });
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    /** Host and port. */
    public String endpoint() {
        return "localhost:" + http.getAddress().getPort();
    }

    /** A container, made if it is not there. */
    public DfsTree container(String name) {
        return containers.computeIfAbsent(name, n -> new DfsTree());
    }

    /** What each answer takes. */
    public DfsServer latency(Duration each) {
        latency = each;
        return this;
    }

    /** The next requests whose "OPERATION path" fits fare so. */
    synchronized DfsServer fault(int times, Predicate<String> of, Fault fault) {
        rules.add(new Rule(of, fault, times));
        return this;
    }

    synchronized DfsServer heal() {
        rules.clear();
        return this;
    }

    private synchronized Fault faultOf(String request) {
        for (Rule rule : rules) {
            if (rule.times > 0 && rule.of.test(request)) {
                rule.times--;
                return rule.fault;
            }
        }
        return null;
    }

    /** What was asked since the last call of this. */
    public List<Answered> taken() {
        List<Answered> taken = List.copyOf(answered);
        answered.removeAll(taken);
        return taken;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            DfsRequest request = DfsRequest.of(account, exchange);
            Headers out = exchange.getResponseHeaders();
            out.set("x-ms-request-id", "00000000-0000-0000-0000-000000000000");
            out.set("x-ms-version", String.valueOf(request.header("x-ms-version")));
            pause();
            Fault fault = faultOf(request.toString());
            DfsAnswer answer;
            try {
                if (fault instanceof Fault.Refuse refuse) {
                    throw new DfsError(refuse.status(), refuse.code(), refuse.text());
                }
                gate.check(request);
                answer = answer(request);
            } catch (DfsError e) {
                answer = e.answer();
                if (e.status() == 503) {
                    out.set("Retry-After", "1");
                }
            }
            answer.headers().forEach(out::set);
            boolean head = request.method().equals("HEAD");
            byte[] body = answer.body();
            long sent = head ? 0 : body.length;
            if (fault instanceof Fault.Cut cut) {
                exchange.sendResponseHeaders(answer.status(), body.length);
                exchange.getResponseBody().write(body, 0, Math.min(cut.bytes(), body.length));
                exchange.getResponseBody().flush();
                answered.add(new Answered(request.operation(), request.path(), -1, Math.min(cut.bytes(), body.length)));
                // Closing what is not all sent breaks the connection.
                return;
            }
            answered.add(new Answered(request.operation(), request.path(), answer.status(), sent));
            exchange.sendResponseHeaders(answer.status(), sent == 0 ? -1 : sent);
            if (sent > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private void pause() throws IOException {
        if (latency.isZero()) {
            return;
        }
        try {
            java.util.concurrent.TimeUnit.NANOSECONDS.sleep(latency.toNanos());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private DfsAnswer answer(DfsRequest request) {
        if (request.container().isEmpty()) {
            throw new DfsError(400, "InvalidUri", "The request URI is invalid.");
        }
        DfsTree tree = containers.get(request.container());
        if (tree == null) {
            throw new DfsError(404, "FilesystemNotFound", "The specified filesystem does not exist.");
        }
        synchronized (tree) {
            return tree.answer(request, Instant.now());
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    static Map<String, String> query(String raw) {
        Map<String, String> query = new TreeMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int at = pair.indexOf('=');
            query.put(decode(at < 0 ? pair : pair.substring(0, at)).toLowerCase(java.util.Locale.ROOT), at < 0 ? "" : decode(pair.substring(at + 1)));
        }
        return query;
    }
}
