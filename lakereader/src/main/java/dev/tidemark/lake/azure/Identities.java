package dev.tidemark.lake.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.util.Configuration;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.DeviceCodeCredentialBuilder;
import com.azure.identity.InteractiveBrowserCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;

import java.io.IOException;
import java.time.Duration;

/** Tokens by azure-identity. The only class that names the Azure SDK, so that it is not loaded where no identity is asked for. Thread-safe. */
final class Identities implements Tokens.Source {

    private static final String SCOPE = "https://storage.azure.com/.default";
    /** A person may take a while; a machine may not. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PATIENCE_WITH_PEOPLE = Duration.ofMinutes(10);

    private final String account;
    private final AzureAccess access;
    private TokenCredential credential;

    Identities(String account, AzureAccess access) {
        this.account = account;
        this.access = access;
    }

    @Override
    public synchronized Tokens.Token get(boolean anew) throws IOException {
        // What keeps a token inside cannot be told to drop it; whoever signed in by hand is not asked again for that.
        if (credential == null || anew && !access.isInteractive()) {
            credential = credential();
        }
        try {
            AccessToken token = credential.getToken(new TokenRequestContext().addScopes(SCOPE)).block(access.isInteractive() ? PATIENCE_WITH_PEOPLE : PATIENCE);
            if (token == null) {
                throw new IllegalStateException("no token came");
            }
            return new Tokens.Token(token.getToken(), token.getExpiresAt().toInstant());
        } catch (RuntimeException | LinkageError e) {
            throw new AzureException(AzureException.Kind.DENIED, "no sign-in to storage account " + account + " by " + access + ": " + why(e) + ". "
                    + AzureSettings.choices(account), e);
        }
    }

    /** What the first line says, without the words that only a developer of the SDK understands. */
    private String why(Throwable e) {
        String all = String.valueOf(e.getMessage());
        if (access.way() == AzureAccess.Way.DEFAULT && (all.contains("EnvironmentCredential") || all.contains("ManagedIdentityCredential"))) {
            return "neither the environment nor a workload identity, managed identity or developer tool of this machine gives a token";
        }
        String first = all.lines().filter(line -> !line.isBlank()).findFirst().orElse(e.getClass().getSimpleName()).strip();
        first = first.replaceAll("(?i)(client_secret|client_assertion|assertion|refresh_token|access_token|code)=[^&\\s]+", "$1=...");
        return (first.length() > 300 ? first.substring(0, 300) + "..." : first).replaceAll("\\.+$", "");
    }

    private TokenCredential credential() {
        return switch (access.way()) {
            case DEFAULT -> chain(null);
            case ENVIRONMENT -> chain("EnvironmentCredential");
            case WORKLOAD_IDENTITY -> {
                WorkloadIdentityCredentialBuilder workload = known(new WorkloadIdentityCredentialBuilder());
                access.tenant().ifPresent(workload::tenantId);
                access.client().ifPresent(workload::clientId);
                access.authority().ifPresent(workload::authorityHost);
                yield workload.build();
            }
            case MANAGED_IDENTITY -> {
                ManagedIdentityCredentialBuilder managed = new ManagedIdentityCredentialBuilder();
                access.client().ifPresent(managed::clientId);
                yield managed.build();
            }
            case AZURE_CLI -> {
                AzureCliCredentialBuilder cli = new AzureCliCredentialBuilder();
                access.tenant().ifPresent(cli::tenantId);
                yield cli.build();
            }
            case BROWSER -> {
                InteractiveBrowserCredentialBuilder browser = known(new InteractiveBrowserCredentialBuilder());
                access.tenant().ifPresent(browser::tenantId);
                access.client().ifPresent(browser::clientId);
                access.authority().ifPresent(browser::authorityHost);
                access.prompt().accept("Sign in to storage account " + account + " in the page that opens in your browser");
                yield browser.build();
            }
            case DEVICE_CODE -> {
                DeviceCodeCredentialBuilder code = known(new DeviceCodeCredentialBuilder()).challengeConsumer(asked -> access.prompt().accept(
                        "To sign in to storage account " + account + ", open " + asked.getVerificationUrl() + " and enter the code " + asked.getUserCode()));
                access.tenant().ifPresent(code::tenantId);
                access.client().ifPresent(code::clientId);
                access.authority().ifPresent(code::authorityHost);
                yield code.build();
            }
            case KEY, SAS -> throw new IllegalStateException(access + " needs no token");
        };
    }

    /**
     * The SDK's own chain.
     *
     * @param only the one link of it to use; null for all of them
     */
    private TokenCredential chain(String only) {
        DefaultAzureCredentialBuilder chain = new DefaultAzureCredentialBuilder();
        if (only != null) {
            chain.configuration(Configuration.getGlobalConfiguration().clone().put("AZURE_TOKEN_CREDENTIALS", only));
        }
        if (isAuthorityKnown()) {
            chain.disableInstanceDiscovery();
        }
        access.tenant().ifPresent(chain::tenantId);
        access.client().ifPresent(id -> chain.managedIdentityClientId(id).workloadIdentityClientId(id));
        access.authority().ifPresent(chain::authorityHost);
        return chain.build();
    }

    /** Who names an authority knows it: Azure need not be asked whether it is one. */
    private <B extends AadCredentialBuilderBase<B>> B known(B builder) {
        return isAuthorityKnown() ? builder.disableInstanceDiscovery() : builder;
    }

    private boolean isAuthorityKnown() {
        return access.authority().isPresent() || Configuration.getGlobalConfiguration().contains(Configuration.PROPERTY_AZURE_AUTHORITY_HOST);
    }
}
