package dev.tidemark.lake.azure;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives tokens as Microsoft Entra ID does (over TLS: by client secret, federated token and device code) and as App Service's managed identity endpoint does
 * (plain, as that is). Its tokens are {@code token-1}, {@code token-2} …
 */
public final class TokenServer implements AutoCloseable {

    /** What the endpoint of a managed identity wants to see. */
    static final String IDENTITY_HEADER = "of-this-machine";

    /** A person is told by an unsigned id token. */
    private static final String WHO = ",\"client_info\":\"" + encoded("{\"uid\":\"u\",\"utid\":\"t\"}") + "\",\"id_token\":\"" + encoded("{\"alg\":\"none\"}") + "."
            + encoded("{\"oid\":\"u\",\"tid\":\"t\",\"preferred_username\":\"operator@example.com\",\"sub\":\"u\"}") + ".\"";

    private final HttpServer http;
    private final String base;
    private final AtomicInteger given = new AtomicInteger();
    private final AtomicInteger pending = new AtomicInteger(1);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String refusal;
    private volatile int lifetime = 3600;

    public TokenServer(boolean tls) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls) {
            HttpsServer https = HttpsServer.create(address, 50);
            https.setHttpsConfigurator(new HttpsConfigurator(Certificates.tls()));
            http = https;
        } else {
            http = HttpServer.create(address, 50);
        }
        base = (tls ? "https" : "http") + "://localhost:" + http.getAddress().getPort();
        http.createContext("/", this::handle);
        http.start();
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    public String url() {
        return base;
    }

    public String newest() {
        return "token-" + given.get();
    }

    int given() {
        return given.get();
    }

    TokenServer lifetime(int seconds) {
        lifetime = seconds;
        return this;
    }

    /** From now on nobody gets a token, for this reason. */
    TokenServer refuse(String reason) {
        refusal = reason;
        return this;
    }

    /** The code of a device is entered by nobody until {@link #entered}. */
    public TokenServer unentered() {
        pending.set(Integer.MAX_VALUE);
        return this;
    }

    /** Somebody has entered the code. */
    public void entered() {
        pending.set(0);
    }

    /** What was asked with: the grant types and what came with them. */
    List<String> asked() {
        return asked;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Map<String, String> form = DfsServer.query(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).replace("+", "%20"));
            String tenant = path.split("/").length > 1 ? path.split("/")[1] : "";
            if (path.endsWith("/.well-known/openid-configuration")) {
                String at = base + "/" + tenant;
                send(exchange, 200, "{\"token_endpoint\":\"" + at + "/oauth2/v2.0/token\",\"authorization_endpoint\":\"" + at + "/oauth2/v2.0/authorize\",\"device_authorization_endpoint\":\""
                        + at + "/oauth2/v2.0/devicecode\",\"issuer\":\"" + at + "/v2.0\"}");
            } else if (path.endsWith("/devicecode")) {
                send(exchange, 200, "{\"device_code\":\"the-device\",\"user_code\":\"ABC-123\",\"verification_uri\":\"https://example.com/devicelogin\",\"expires_in\":900,\"interval\":1,"
                        + "\"message\":\"open the page\"}");
            } else if (path.endsWith("/oauth2/v2.0/token")) {
                token(exchange, form);
            } else if (path.endsWith("/msi/token")) {
                asked.add("managed identity " + DfsServer.query(exchange.getRequestURI().getRawQuery()).get("resource") + " " + exchange.getRequestHeaders().getFirst("X-IDENTITY-HEADER"));
                send(exchange, 200, "{\"access_token\":\"token-" + given.incrementAndGet() + "\",\"expires_on\":\"" + (System.currentTimeMillis() / 1000 + lifetime)
                        + "\",\"resource\":\"https://storage.azure.com\",\"token_type\":\"Bearer\"}");
            } else {
                send(exchange, 404, "{\"error\":\"not_found\"}");
            }
        }
    }

    private void token(HttpExchange exchange, Map<String, String> form) throws IOException {
        asked.add(form.get("grant_type") + " " + form.getOrDefault("client_secret", form.getOrDefault("client_assertion", form.getOrDefault("device_code", ""))));
        if (refusal != null) {
            send(exchange, 401, "{\"error\":\"invalid_client\",\"error_description\":\"" + refusal + "\",\"error_codes\":[7000215]}");
        } else if (form.getOrDefault("grant_type", "").endsWith("device_code") && pending.getAndDecrement() > 0) {
            send(exchange, 400, "{\"error\":\"authorization_pending\",\"error_description\":\"wait\"}");
        } else {
            boolean person = form.getOrDefault("grant_type", "").endsWith("device_code");
            send(exchange, 200, "{\"token_type\":\"Bearer\",\"expires_in\":" + lifetime + ",\"ext_expires_in\":" + lifetime + ",\"access_token\":\"token-" + given.incrementAndGet()
                    + "\"" + (person ? WHO : "") + "}");
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
