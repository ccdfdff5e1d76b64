package dev.tidemark.lake.azure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** How a storage account lets us in. Immutable, thread-safe. Its text never shows a secret. */
public final class AzureAccess {

    private static final Logger LOG = LoggerFactory.getLogger(AzureAccess.class);

    /** The ways to sign in. */
    public enum Way {
        /** The account's shared key. */
        KEY("shared key"),
        /** A shared access signature of the account or the container. */
        SAS("SAS token"),
        /** Whichever of azure-identity's finds something first: environment, workload identity, managed identity, developer tools such as Azure CLI. */
        DEFAULT("default sign-in"),
        /** A service principal by AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_CLIENT_SECRET or a certificate. */
        ENVIRONMENT("service principal of the environment"),
        /** A federated token in a file, as in Kubernetes. */
        WORKLOAD_IDENTITY("workload identity"),
        /** The identity of the virtual machine or service this runs on. */
        MANAGED_IDENTITY("managed identity"),
        /** Whoever is signed in by {@code az login}. */
        AZURE_CLI("Azure CLI"),
        /** A person, in the browser of this machine. */
        BROWSER("browser"),
        /** A person, in any browser, by a code that is shown here. */
        DEVICE_CODE("device code");

        private final String title;

        Way(String title) {
            this.title = title;
        }

        /** What to call it to a person. */
        public String title() {
            return title;
        }
    }

    private final Way way;
    private final String secret;
    private final String tenant;
    private final String client;
    private final String authority;
    private final String endpoint;
    private final Consumer<String> prompt;

    private AzureAccess(Way way, String secret, String tenant, String client, String authority, String endpoint, Consumer<String> prompt) {
        this.way = way;
        this.secret = secret;
        this.tenant = tenant;
        this.client = client;
        this.authority = authority;
        this.endpoint = endpoint;
        this.prompt = prompt;
    }

    private static AzureAccess of(Way way, String secret) {
        return new AzureAccess(way, secret, null, null, null, null, LOG::warn);
    }

    /** By the account's shared key, base64 as the portal shows it. IllegalArgumentException if it is no such thing. */
    public static AzureAccess key(String key) {
        String plain = key.strip();
        if (!plain.matches("[A-Za-z0-9+/]{20,}={0,2}")) {
            throw new IllegalArgumentException("the account key is no base64 text (copy key1 or key2 from the portal, without quotes)");
        }
        return of(Way.KEY, plain);
    }

    /** By a SAS token ({@code sv=…&sig=…}, with or without the question mark). IllegalArgumentException if it is no such thing. */
    public static AzureAccess sas(String token) {
        String plain = token.strip().replaceFirst("^\\?", "");
        if (!plain.matches("\\S+") || !("&" + plain).contains("&sig=") || plain.contains("://")) {
            throw new IllegalArgumentException("the SAS token has no signature (expected a text such as sv=...&sig=..., without the URL)");
        }
        return of(Way.SAS, plain);
    }

    /** By a token of Microsoft Entra ID. Nothing is asked before the first request to the account. */
    public static AzureAccess identity(Way way) {
        if (way == Way.KEY || way == Way.SAS) {
            throw new IllegalArgumentException("a " + way.title() + " is no identity");
        }
        return of(way, null);
    }

    /** In this tenant (directory), by its id or domain. */
    public AzureAccess tenant(String id) {
        return new AzureAccess(way, secret, id, client, authority, endpoint, prompt);
    }

    /** As this application or user-assigned managed identity, by its client id. */
    public AzureAccess client(String id) {
        return new AzureAccess(way, secret, tenant, id, authority, endpoint, prompt);
    }

    /** By another authority than the public cloud's, as {@code https://HOST}. */
    public AzureAccess authority(String url) {
        return new AzureAccess(way, secret, tenant, client, url, endpoint, prompt);
    }

    /** With the account served at {@code HOST:PORT} over TLS as emulators do it: its name leads the path. For tests and local servers. */
    public AzureAccess endpoint(String hostAndPort) {
        return new AzureAccess(way, secret, tenant, client, authority, hostAndPort, prompt);
    }

    /** With what a person has to do to sign in (open a page, type a code) told to this instead of the log; called on any thread. */
    public AzureAccess prompt(Consumer<String> teller) {
        return new AzureAccess(way, secret, tenant, client, authority, endpoint, Objects.requireNonNull(teller));
    }

    /** How it signs in. */
    public Way way() {
        return way;
    }

    boolean isIdentity() {
        return secret == null;
    }

    /** Whether asking anew for a token would ask a person. */
    boolean isInteractive() {
        return way == Way.BROWSER || way == Way.DEVICE_CODE;
    }

    String secret() {
        return secret;
    }

    Optional<String> tenant() {
        return Optional.ofNullable(tenant);
    }

    Optional<String> client() {
        return Optional.ofNullable(client);
    }

    Optional<String> authority() {
        return Optional.ofNullable(authority);
    }

    Optional<String> endpoint() {
        return Optional.ofNullable(endpoint);
    }

    Consumer<String> prompt() {
        return prompt;
    }

    /** The way to sign in; no secret. */
    @Override
    public String toString() {
        return way.title();
    }
}
