package dev.tidemark.lake.azure;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;

import java.io.IOException;
import java.util.Map;

/**
 * A request, taken apart. The driver puts the account's name before the path when it is sent to a host that is not named so.
 *
 * @param method what is meant, whatever verb carried it
 * @param verb   the verb that carried it
 * @param path   in the container, decoded, without a leading slash
 */
public record DfsRequest(String method, String verb, String rawPath, String container, String path, Map<String, String> query, Headers headers, byte[] body) {

    static DfsRequest of(String account, HttpExchange exchange) throws IOException {
        String override = exchange.getRequestHeaders().getFirst("X-HTTP-Method-Override");
        String raw = exchange.getRequestURI().getRawPath();
        String plain = DfsServer.decode(raw).replaceAll("^/+|/+$", "").replaceFirst("^" + account + "/?", "");
        int slash = plain.indexOf('/');
        return new DfsRequest(override == null ? exchange.getRequestMethod() : override, exchange.getRequestMethod(), raw, slash < 0 ? plain : plain.substring(0, slash),
                slash < 0 ? "" : plain.substring(slash + 1), DfsServer.query(exchange.getRequestURI().getRawQuery()), exchange.getRequestHeaders(),
                exchange.getRequestBody().readAllBytes());
    }

    String header(String name) {
        return headers.getFirst(name);
    }

    String action() {
        return query.getOrDefault("action", "");
    }

    /** In a word: LIST, STATUS, READ, CREATE, RENAME, APPEND, FLUSH, DELETE … */
    String operation() {
        return switch (method) {
            case "GET" -> "filesystem".equals(query.get("resource")) ? "LIST" : "READ";
            case "HEAD" -> "filesystem".equals(query.get("resource")) ? "CONTAINER" : action().equalsIgnoreCase("getAccessControl") ? "ACL" : "STATUS";
            case "PUT" -> header("x-ms-rename-source") != null ? "RENAME" : "CREATE";
            case "PATCH" -> action().toUpperCase(java.util.Locale.ROOT);
            default -> method;
        };
    }

    @Override
    public String toString() {
        return operation() + " " + path;
    }
}
