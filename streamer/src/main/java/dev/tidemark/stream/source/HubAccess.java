package dev.tidemark.stream.source;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.messaging.eventhubs.EventHubClientBuilder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Where a hub is and how to get in: with a connection string that stands in an environment variable or a file, or with the identity that azure-identity
 * finds (environment, managed identity, {@code az login}). Keys are in no text that it gives.
 */
public final class HubAccess {

    private static final Pattern SECRET = Pattern.compile("SharedAccess(Key|Signature)\\s*=|AccountKey\\s*=", Pattern.CASE_INSENSITIVE);
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
    private static final int AMQPS = 5671;
    private static final int AMQP = 5672;

    private final String host;
    /** -1 for the usual one. */
    private final int port;
    private final String hub;
    private final boolean plain;
    /** Fills in the credentials. */
    private final Function<EventHubClientBuilder, EventHubClientBuilder> credentials;

    private HubAccess(String host, int port, String hub, boolean plain, Function<EventHubClientBuilder, EventHubClientBuilder> credentials) {
        this.host = host;
        this.port = port;
        this.hub = hub;
        this.plain = plain;
        this.credentials = credentials;
    }

    /** Whether a text that others may see (an argument, a configuration) holds a key. Such a text is never to be repeated in a message. */
    public static boolean holdsSecret(String text) {
        return SECRET.matcher(text).find();
    }

    /**
     * With the connection string in an environment variable.
     *
     * @param hub used if the connection string names none ({@code EntityPath}); may be null
     * @throws IllegalArgumentException with a message for the user
     */
    public static HubAccess fromEnvironment(String variable, String hub, Function<String, String> environment) {
        String value = environment.apply(variable);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("no connection string in the environment (expected it in variable " + variable + ", actual "
                    + (value == null ? "no such variable" : "empty") + ")");
        }
        return fromConnectionString(value.strip(), hub, "the variable " + variable);
    }

    /**
     * With the connection string in a file.
     *
     * @param hub used if the connection string names none ({@code EntityPath}); may be null
     * @throws IllegalArgumentException with a message for the user
     */
    public static HubAccess fromFile(String file, String hub) {
        String text;
        try {
            text = Files.readString(Path.of(file)).strip();
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("the file of the connection string cannot be read (expected one line in " + file + ", actual "
                    + e.getClass().getSimpleName() + ")", e);
        }
        return fromConnectionString(text, hub, "the file " + file);
    }

    /**
     * With an identity; TLS always.
     *
     * @param namespace host of the namespace, with a port where it is not the usual one
     * @throws IllegalArgumentException with a message for the user
     */
    public static HubAccess withIdentity(String namespace, String hub) {
        return withIdentity(namespace, hub, () -> new DefaultAzureCredentialBuilder().build());
    }

    static HubAccess withIdentity(String namespace, String hub, Supplier<TokenCredential> identity) {
        int colon = namespace.indexOf(':');
        String host = colon < 0 ? namespace : namespace.substring(0, colon);
        int port = colon < 0 ? -1 : port(namespace.substring(colon + 1));
        if (!HOST.matcher(host).matches() || port == 0) {
            throw new IllegalArgumentException("no name of a namespace (expected one like plant.servicebus.windows.net, actual '" + namespace + "')");
        }
        if (hub == null || hub.isBlank()) {
            throw new IllegalArgumentException("no hub (expected hub=NAME beside the namespace, actual none)");
        }
        return new HubAccess(host.toLowerCase(Locale.ROOT), port, hub, false, builder -> {
            builder.credential(host, hub, identity.get());
            return port < 0 ? builder : builder.customEndpointAddress("https://" + host + ":" + port);
        });
    }

    private static HubAccess fromConnectionString(String text, String hub, String where) {
        Map<String, String> parts = parts(text, where);
        if (parts.containsKey("hostname")) {
            throw new IllegalArgumentException("the connection string of an IoT Hub's service or device (expected that of its Event Hub-compatible endpoint,"
                    + " which begins with Endpoint=sb:// and stands under Built-in endpoints of the IoT Hub, actual one with HostName in " + where + ")");
        }
        String endpoint = parts.getOrDefault("endpoint", "");
        if (!endpoint.toLowerCase(Locale.ROOT).startsWith("sb://")) {
            throw unusable(where, "no Endpoint=sb://…");
        }
        String address = endpoint.substring("sb://".length()).replaceAll("/+$", "");
        int colon = address.indexOf(':');
        String host = colon < 0 ? address : address.substring(0, colon);
        int port = colon < 0 ? -1 : port(address.substring(colon + 1));
        if (!HOST.matcher(host).matches() || port == 0) {
            throw unusable(where, "an unreadable Endpoint");
        }
        boolean key = parts.containsKey("sharedaccesskeyname") && parts.containsKey("sharedaccesskey");
        if (!key && !parts.containsKey("sharedaccesssignature")) {
            throw unusable(where, "neither SharedAccessKeyName and SharedAccessKey nor SharedAccessSignature");
        }
        String inside = parts.get("entitypath");
        if (inside == null && (hub == null || hub.isBlank())) {
            throw new IllegalArgumentException("no hub (expected EntityPath in the connection string, or hub=NAME beside it, actual neither)");
        }
        if (inside != null && hub != null && !hub.equals(inside)) {
            throw new IllegalArgumentException("two hubs (expected one, actual EntityPath=" + inside + " in the connection string and hub=" + hub + ")");
        }
        boolean plain = Boolean.parseBoolean(parts.get("usedevelopmentemulator"));
        return new HubAccess(host.toLowerCase(Locale.ROOT), port, inside == null ? hub : inside, plain, builder -> {
            try {
                return inside == null ? builder.connectionString(text, hub) : builder.connectionString(text);
            } catch (RuntimeException e) {
                // Without the cause: the SDK may repeat the text.
                throw unusable(where, "one that the client library refuses");
            }
        });
    }

    /** Keys in lower case. */
    private static Map<String, String> parts(String text, String where) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : text.split(";")) {
            int equals = part.indexOf('=');
            if (part.isBlank()) {
                continue;
            }
            if (equals < 1) {
                throw unusable(where, "a part without '='");
            }
            parts.put(part.substring(0, equals).strip().toLowerCase(Locale.ROOT), part.substring(equals + 1).strip());
        }
        return parts;
    }

    private static IllegalArgumentException unusable(String where, String actual) {
        return new IllegalArgumentException("no connection string of a hub in " + where
                + " (expected Endpoint=sb://HOST/;SharedAccessKeyName=…;SharedAccessKey=…;EntityPath=HUB, actual " + actual + ")");
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port > 0 && port < 65_536 ? port : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** A builder of clients for this hub; what is to be received or sent is still to be said. */
    EventHubClientBuilder builder() {
        return credentials.apply(new EventHubClientBuilder());
    }

    String host() {
        return host;
    }

    int port() {
        return port > 0 ? port : plain ? AMQP : AMQPS;
    }

    /** Host, port where it is not the usual one, and hub. */
    @Override
    public String toString() {
        return host + (port > 0 ? ":" + port : "") + "/" + hub;
    }
}
