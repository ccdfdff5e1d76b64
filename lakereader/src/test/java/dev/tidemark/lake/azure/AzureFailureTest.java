package dev.tidemark.lake.azure;

import dev.tidemark.lake.azure.AzureException.Kind;
import org.apache.hadoop.fs.azurebfs.contracts.exceptions.AbfsRestOperationException;
import org.apache.hadoop.fs.azurebfs.contracts.exceptions.InvalidAbfsRestOperationException;
import org.junit.jupiter.api.Test;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

import static org.assertj.core.api.Assertions.assertThat;

class AzureFailureTest {

    private static final AzurePlace PLACE = AzurePlace.of("abfss://lake@plant.dfs.core.windows.net/gold");
    private static final String KEY = "c2VjcmV0LWtleS1vZi10aGUtYWNjb3VudA==";

    private boolean online = true;
    private Duration ahead = Duration.ofSeconds(3);

    private AzureException explained(AzureAccess access, IOException e) {
        AzureFailure.Surroundings surroundings = new AzureFailure.Surroundings() {
            @Override public boolean isOnline() { return online; }
            @Override public Optional<Duration> ahead() { return Optional.of(ahead); }
        };
        return (AzureException) new AzureFailure(PLACE, new AzureAccounts.Login("plant", access, null), surroundings).explain(e);
    }

    private static IOException driver(Exception cause) {
        return new IOException("wrapped", new InvalidAbfsRestOperationException(cause, 0));
    }

    private static IOException answered(int status, String code) {
        return new IOException(new AbfsRestOperationException(status, code, "said", null));
    }

    @Test
    void an_account_that_nobody_knows_is_told_from_a_machine_that_is_offline() {
        AzureException unknown = explained(AzureAccess.key(KEY), driver(new UnknownHostException("plant.dfs.core.windows.net")));
        assertThat(unknown.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(unknown).hasMessage("no storage account of the name plant is known (plant.dfs.core.windows.net). Check the name");
        online = false;
        assertThat(explained(AzureAccess.key(KEY), driver(new UnknownHostException("x")))).hasMessage("this machine is offline (no name can be resolved). Connect it, and try again");
    }

    @Test
    void a_network_that_fails_cannot_be_reached() {
        for (Exception trouble : new Exception[] {new SocketTimeoutException("Read timed out"), new java.net.ConnectException("refused"), new java.net.SocketException("Connection reset"),
            new SSLHandshakeException("PKIX path building failed")}) {
            AzureException explained = explained(AzureAccess.key(KEY), driver(trouble));
            assertThat(explained.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(explained.getMessage()).doesNotContain("\n", "PKIX", "refused");
        }
        assertThat(explained(AzureAccess.key(KEY), driver(new SSLHandshakeException("PKIX")))).hasMessageContaining("its certificate is not trusted");
    }

    @Test
    void a_clock_that_is_wrong_is_told_with_how_much() {
        ahead = Duration.ofMinutes(-20);
        assertThat(explained(AzureAccess.key(KEY), answered(403, "AuthenticationFailed"))).hasMessage("the clock of this machine is 20 minutes behind that of account plant, "
                + "so it refuses what is signed here. Set the clock");
        ahead = Duration.ofMinutes(7);
        assertThat(explained(AzureAccess.identity(AzureAccess.Way.DEFAULT), answered(401, "InvalidAuthenticationInfo"))).hasMessageContaining("7 minutes ahead of");
    }

    @Test
    void an_account_without_shared_keys_is_told() {
        assertThat(explained(AzureAccess.key(KEY), new IOException(new AbfsRestOperationException(403, "x", "KeyBasedAuthenticationNotPermitted", null))))
                .hasMessage("account plant does not accept shared keys. Sign in with an identity, such as 'az login'");
    }

    @Test
    void a_missing_file_stays_one() {
        IOException missing = new FileNotFoundException("gold/x");
        assertThat(new AzureFailure(PLACE, new AzureAccounts.Login("plant", AzureAccess.key(KEY), null), null).explain(missing)).isSameAs(missing);
    }

    @Test
    void the_surroundings_can_be_asked_for_real() throws IOException {
        Certificates.trust();
        try (DfsServer server = new DfsServer("plant", DfsGate.sas("sig=x"))) {
            assertThat(new Internet(PLACE, AzureAccess.key(KEY).endpoint(server.endpoint())).ahead()).hasValueSatisfying(
                    difference -> assertThat(difference.abs()).isLessThan(Duration.ofSeconds(30)));
        }
    }
}
