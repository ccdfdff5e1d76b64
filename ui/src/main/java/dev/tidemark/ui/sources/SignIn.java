package dev.tidemark.ui.sources;

import dev.tidemark.lake.azure.AzureAccess;
import dev.tidemark.ui.text.Messages;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How a storage account is signed in to, without any secret: this can be remembered. Immutable.
 *
 * @param variable environment variable that holds the key or the SAS token; "" for none
 * @param tenant   of the identity, by id or domain; "" for its own
 * @param client   id of the application or of the user-assigned managed identity; "" for none
 */
public record SignIn(Way way, String variable, String tenant, String client) {

    /** The ways that an operator can choose. */
    public enum Way {
        /** As settings file and environment of this computer say. */
        SETTINGS(null),
        AZURE_CLI(AzureAccess.Way.AZURE_CLI),
        BROWSER(AzureAccess.Way.BROWSER),
        DEVICE_CODE(AzureAccess.Way.DEVICE_CODE),
        ENVIRONMENT(AzureAccess.Way.ENVIRONMENT),
        WORKLOAD_IDENTITY(AzureAccess.Way.WORKLOAD_IDENTITY),
        MANAGED_IDENTITY(AzureAccess.Way.MANAGED_IDENTITY),
        KEY(AzureAccess.Way.KEY),
        SAS(AzureAccess.Way.SAS);

        private final AzureAccess.Way reader;

        Way(AzureAccess.Way reader) {
            this.reader = reader;
        }

        /** Whether it needs a key or token of the operator's. */
        public boolean hasSecret() {
            return this == KEY || this == SAS;
        }

        /** Whether a tenant can be told. */
        public boolean hasTenant() {
            return this == AZURE_CLI || this == BROWSER || this == DEVICE_CODE || this == ENVIRONMENT || this == WORKLOAD_IDENTITY;
        }

        /** Whether a client id can be told. */
        public boolean hasClient() {
            return this == MANAGED_IDENTITY || this == BROWSER || this == DEVICE_CODE || this == WORKLOAD_IDENTITY;
        }
    }

    /** Whatever this computer is set up for. */
    public static final SignIn USUAL = new SignIn(Way.SETTINGS, "", "", "");

    /** What was written by {@link #text()}; the usual one for anything else. */
    static SignIn of(String text) {
        String[] words = text.split(" ", -1);
        try {
            return words.length == 4 ? new SignIn(Way.valueOf(words[0]), words[1], words[2], words[3]) : USUAL;
        } catch (IllegalArgumentException spoilt) {
            return USUAL;
        }
    }

    /** As one line. */
    String text() {
        return way + " " + variable + " " + tenant + " " + client;
    }

    /**
     * The way in, for the reader; empty for that of settings and environment.
     *
     * @param secret      a key or token that was typed; "" to take it from the variable
     * @param environment value of a variable, null if it is not set
     * @throws IllegalArgumentException if the secret is missing or cannot be one; the message never repeats it
     */
    Optional<AzureAccess> access(String secret, UnaryOperator<String> environment) {
        if (way == Way.SETTINGS) {
            return Optional.empty();
        }
        if (way.hasSecret()) {
            String found = secret.isBlank() ? environment.apply(variable) : secret;
            if (found == null || found.isBlank()) {
                throw new IllegalArgumentException(Messages.text(variable.isEmpty() ? "store.wrong.secret" : "store.wrong.variable", variable));
            }
            return Optional.of(way == Way.KEY ? AzureAccess.key(found) : AzureAccess.sas(found));
        }
        AzureAccess access = AzureAccess.identity(way.reader);
        access = tenant.isEmpty() ? access : access.tenant(tenant);
        return Optional.of(client.isEmpty() ? access : access.client(client));
    }
}
