package dev.tidemark.lake.azure;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.azure.AzureAccess.Way;
import dev.tidemark.lake.azure.DfsServer.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What goes wrong with a storage account, as the user hears of it; and that no secret is heard. */
@Timeout(600)
class TroubleTest {

    private static final String KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static final String SAS = "sv=2024-11-04&sp=rl&se=2099-01-01T00%3A00%3A00Z&sig=c2lnbmF0dXJlb2Z0aGVzYXM%3D";
    private static final String TOKEN = "eyJ0b2tlbi1vZi10aGUtdXNlcg";
    private static final String ROOT = "abfss://lake@trouble.dfs.core.windows.net";

    @TempDir
    private Path folder;
    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();
    private final List<String> told = new ArrayList<>();
    private DfsServer server;

    @BeforeAll
    static void trust() {
        Certificates.trust();
    }

    @BeforeEach
    void listen() {
        heard.start();
        root().addAppender(heard);
        StoreCache.use(folder, 0);
        Attempts.waitBy(pause -> { });
    }

    @AfterEach
    void no_secret_was_heard() {
        root().detachAppender(heard);
        Attempts.waitBy(null);
        AzureAccounts.forget("trouble");
        if (server != null) {
            server.close();
        }
        List.copyOf(heard.list).forEach(event -> told.add(event.getFormattedMessage() + (event.getThrowableProxy() == null ? "" : event.getThrowableProxy().getMessage())));
        assertThat(told).allSatisfy(text -> assertThat(text).doesNotContain(KEY, "c2lnbmF0dXJlb2Z0aGVzYXM", TOKEN));
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    private Table table(DfsGate gate, AzureAccess access) throws IOException {
        server = new DfsServer("trouble", gate);
        new GrownTable(folder.resolve("t")).create().grow(1, 2).copyTo(server.container("lake"), "t");
        return Lake.at(ROOT, access.endpoint(server.endpoint())).table("t");
    }

    private Table tableByKey() throws IOException {
        return table(DfsGate.key("trouble", KEY), AzureAccess.key(KEY));
    }

    private LakeException failure(Table table) {
        LakeException failure = catchThrowableOfType(LakeException.class, table::snapshot);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            told.add(String.valueOf(cause));
        }
        assertThat(failure.getMessage()).startsWith("Cannot read " + ROOT + "/t: ").doesNotContain("\n");
        return failure;
    }

    private List<String> hints() {
        return List.copyOf(heard.list).stream().filter(event -> event.getLevel() == Level.WARN && event.getLoggerName().startsWith("dev.tidemark")).map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void a_busy_account_is_asked_again_and_that_is_told_in_one_line() throws IOException {
        Table table = tableByKey();
        server.fault(3, request -> true, new Fault.Refuse(503, "ServerBusy", "The server is busy."));
        assertThat(table.snapshot().version()).isEqualTo(2);
        assertThat(hints()).singleElement().asString()
                .matches("Storage account trouble keeps us waiting: it is busy \\(503\\). Asking again in \\d+ ms \\(2 of 6\\)");
    }

    @Test
    void an_account_that_stays_busy_is_given_up_and_cannot_be_reached() throws IOException {
        Table table = tableByKey();
        server.fault(1000, request -> true, new Fault.Refuse(503, "ServerBusy", "The server is busy."));
        LakeException failure = failure(table);
        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure).hasMessageContaining("account trouble is busy or out of order (503 ServerBusy) and stayed so. Try again in a while");
        assertThat(server.taken()).hasSize(Attempts.MOST);
        server.heal();
        assertThat(table.snapshot().version()).isEqualTo(2);
    }

    @Test
    void an_answer_that_breaks_off_is_asked_for_again() throws IOException {
        Table table = tableByKey();
        server.fault(2, request -> request.startsWith("READ"), new Fault.Cut(5)).fault(1, request -> request.startsWith("LIST"), new Fault.Cut(40));
        assertThat(table.snapshot().files()).hasSize(2);
    }

    @Test
    void a_server_that_is_not_there_cannot_be_reached() throws IOException {
        // Bound, so that nobody else gets it, and not listened to.
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress("localhost", 0));
            LakeException failure = failure(Lake.at(ROOT, AzureAccess.key(KEY).endpoint("localhost:" + nobody.getLocalPort())).table("t"));
            assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(failure).hasMessageContaining("the connection to account trouble breaks. Check the network, and try again");
        }
    }

    @Test
    void a_wrong_key_is_told() throws IOException {
        LakeException failure = failure(table(DfsGate.key("trouble", "b3RoZXIga2V5IG9mIHRoZSBhY2NvdW50"), AzureAccess.key(KEY)));
        assertThat(failure.reason()).isEqualTo(Reason.DENIED);
        assertThat(failure).hasMessageContaining("the key is not one of account trouble").hasMessageContaining("Copy it again from the portal");
    }

    @Test
    void a_sas_token_lets_in_and_one_that_does_not_is_told() throws IOException {
        assertThat(table(DfsGate.sas(SAS), AzureAccess.sas(SAS)).snapshot().version()).isEqualTo(2);
        server.close();
        LakeException failure = failure(table(DfsGate.sas(SAS.replace("c2ln", "b3Ro")), AzureAccess.sas(SAS)));
        assertThat(failure.reason()).isEqualTo(Reason.DENIED);
        assertThat(failure).hasMessageContaining("the SAS token does not allow it");
        server.close();
        String ended = SAS.replace("2099", "2001");
        assertThat(failure(table(DfsGate.sas("sig=other"), AzureAccess.sas(ended)))).hasMessageContaining("the SAS token ended at 2001-01-01T00:00:00Z. Ask for a new one");
    }

    @Test
    void a_missing_role_and_a_firewall_are_told_apart() throws IOException {
        server = new DfsServer("trouble", DfsGate.bearer(TOKEN::equals));
        AzureAccess access = AzureAccess.identity(Way.AZURE_CLI).endpoint(server.endpoint());
        AzureAccounts.enter("trouble", access, new Tokens(anew -> new Tokens.Token(TOKEN, java.time.Instant.now().plusSeconds(3600)), Clock.systemUTC()));
        Table table = Lake.at(ROOT).table("t");
        server.fault(1, request -> true, new Fault.Refuse(403, "AuthorizationPermissionMismatch", "This request is not authorized to perform this operation using this permission."));
        LakeException role = failure(table);
        assertThat(role.reason()).isEqualTo(Reason.DENIED);
        assertThat(role).hasMessageContaining("whoever signed in (Azure CLI) may not do this").hasMessageContaining("Ask for the role Storage Blob Data Reader").hasMessageContaining("on container lake");
        server.fault(1, request -> true, new Fault.Refuse(403, "AuthorizationFailure", "This request is not authorized to perform this operation."));
        assertThat(failure(table)).hasMessageContaining("does not let this network in").hasMessageContaining("the account's firewall");
    }

    @Test
    void a_token_that_ends_early_is_replaced_once_and_a_second_refusal_is_told() throws IOException {
        TokenCount count = new TokenCount();
        server = new DfsServer("trouble", DfsGate.bearer(token -> token.equals(TOKEN + count.given) && count.given > 1));
        new GrownTable(folder.resolve("t")).create().copyTo(server.container("lake"), "t");
        AzureAccounts.enter("trouble", AzureAccess.identity(Way.MANAGED_IDENTITY).endpoint(server.endpoint()), new Tokens(count, Clock.systemUTC()));
        assertThat(Lake.at(ROOT).table("t").snapshot().version()).isZero();
        assertThat(count.given).isEqualTo(2);
        server.fault(1000, request -> true, new Fault.Refuse(401, "InvalidAuthenticationInfo", "Lifetime validation failed."));
        LakeException failure = failure(Lake.at(ROOT).table("t"));
        assertThat(failure.reason()).isEqualTo(Reason.DENIED);
        assertThat(failure).hasMessageContaining("does not accept the token of the managed identity").hasMessageContaining("Sign in again");
    }

    private static final class TokenCount implements Tokens.Source {
        private int given;

        @Override
        public Tokens.Token get(boolean anew) {
            given++;
            return new Tokens.Token(TOKEN + given, java.time.Instant.now().plusSeconds(3600));
        }
    }

    @Test
    void a_container_that_is_not_there_is_told_and_is_no_trouble_of_the_network() throws IOException {
        tableByKey();
        LakeException failure = catchThrowableOfType(LakeException.class, () -> Lake.at("abfss://none@trouble.dfs.core.windows.net").tables());
        assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(failure).hasMessageContaining("account trouble has no container none. Check the name");
    }
}
