package dev.tidemark.lake.azure;

import com.azure.core.util.Configuration;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.azure.AzureAccess.Way;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Identities by azure-identity itself, against a token endpoint and an account of this machine. */
@Timeout(600)
class IdentityTest {

    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final String SECRET = "the-secret-of-the-application";

    @TempDir
    private Path folder;
    private TokenServer entra;
    private final List<String> variables = new ArrayList<>();

    @BeforeAll
    static void trust() {
        Certificates.trust();
    }

    @BeforeEach
    void an_authority() throws IOException {
        entra = new TokenServer(true);
        StoreCache.use(folder, 0);
    }

    @AfterEach
    void close() {
        entra.close();
        AzureAccounts.forget("who");
        variables.forEach(Configuration.getGlobalConfiguration()::remove);
    }

    /** As if it stood in the environment: where azure-identity looks. */
    private void variable(String name, String value) {
        variables.add(name);
        Configuration.getGlobalConfiguration().put(name, value);
    }

    private Tokens.Token token(AzureAccess access) throws IOException {
        return new Identities("who", access).get(false);
    }

    @Test
    void a_service_principal_of_the_environment_reads_a_table_and_renews_its_token() throws IOException {
        variable("AZURE_TENANT_ID", TENANT);
        variable("AZURE_CLIENT_ID", "the-application");
        variable("AZURE_CLIENT_SECRET", SECRET);
        try (DfsServer server = new DfsServer("who", DfsGate.bearer(token -> token.equals(entra.newest())))) {
            new GrownTable(folder.resolve("t")).create().grow(1, 2).copyTo(server.container("lake"), "t");
            AzureAccess access = AzureAccess.identity(Way.ENVIRONMENT).authority(entra.url()).endpoint(server.endpoint());
            Lake lake = Lake.at("abfss://lake@who.dfs.core.windows.net", access);
            assertThat(lake.table("t").snapshot().files()).hasSize(2);
            assertThat(entra.given()).isEqualTo(1);
            assertThat(entra.asked()).containsExactly("client_credentials " + SECRET);
            // The account takes only the newest token: the one in use is refused now.
            new Identities("who", access).get(false);
            assertThat(lake.table("t").latestVersion()).isEqualTo(2);
            assertThat(entra.given()).isEqualTo(3);
        }
    }

    @Test
    void the_default_finds_the_environment_too() throws IOException {
        variable("AZURE_TENANT_ID", TENANT);
        variable("AZURE_CLIENT_ID", "the-application");
        variable("AZURE_CLIENT_SECRET", SECRET);
        assertThat(token(AzureAccess.identity(Way.DEFAULT).authority(entra.url())).text()).isEqualTo("token-1");
    }

    @Test
    void a_workload_identity_brings_the_token_of_its_file() throws IOException {
        Path federated = Files.writeString(folder.resolve("token"), "eyJhbGciOiJub25lIn0.e30.");
        variable("AZURE_FEDERATED_TOKEN_FILE", federated.toString());
        Tokens.Token token = token(AzureAccess.identity(Way.WORKLOAD_IDENTITY).tenant(TENANT).client("the-application").authority(entra.url()));
        assertThat(token.text()).isEqualTo("token-1");
        assertThat(token.expiry()).isBetween(Instant.now().plusSeconds(3000), Instant.now().plusSeconds(3700));
        assertThat(entra.asked()).containsExactly("client_credentials eyJhbGciOiJub25lIn0.e30.");
    }

    @Test
    void a_device_code_is_told_to_the_person_who_signs_in() throws IOException {
        List<String> told = new ArrayList<>();
        Tokens.Token token = token(AzureAccess.identity(Way.DEVICE_CODE).tenant(TENANT).client("the-application").authority(entra.url()).prompt(told::add));
        assertThat(token.text()).isEqualTo("token-1");
        assertThat(told).containsExactly("To sign in to storage account who, open https://example.com/devicelogin and enter the code ABC-123");
    }

    @Test
    void an_application_that_is_refused_is_told_without_its_secret() {
        variable("AZURE_TENANT_ID", TENANT);
        variable("AZURE_CLIENT_ID", "the-application");
        variable("AZURE_CLIENT_SECRET", SECRET);
        entra.refuse("AADSTS7000215: Invalid client secret provided.");
        LakeException failure = catchThrowableOfType(LakeException.class, () -> Lake.at("abfss://lake@who.dfs.core.windows.net",
                AzureAccess.identity(Way.ENVIRONMENT).authority(entra.url()).endpoint("localhost:1")).table("t").snapshot());
        assertThat(failure.reason()).isEqualTo(LakeException.Reason.DENIED);
        assertThat(failure).hasMessageContaining("no sign-in to storage account who by service principal of the environment").hasMessageNotContaining(SECRET).hasMessageNotContaining("\n");
    }

    @Test
    void where_no_identity_is_found_the_choices_are_told() {
        assertThatThrownBy(() -> token(AzureAccess.identity(Way.ENVIRONMENT))).isInstanceOf(AzureException.class).hasMessageContaining("no sign-in to storage account who")
                .hasMessageContaining("Sign in with 'az login', or set AZURE_STORAGE_ACCOUNT=who and AZURE_STORAGE_KEY").hasMessageContaining("settings file named by TIDEMARK_AZURE_SETTINGS");
    }

    /** The endpoint of a managed identity and the path of {@code az} are read from the environment alone: a process of its own has one. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_managed_identity_and_azures_command_line_give_tokens() throws Exception {
        try (TokenServer machine = new TokenServer(false)) {
            Path bin = Files.createDirectory(folder.resolve("bin"));
            Path az = Files.writeString(bin.resolve("az"), "#!/bin/sh\necho '{\"accessToken\": \"token-of-az\", \"expiresOn\": \"2099-01-01 00:00:00.000000\", \"expires_on\": 4070908800, "
                    + "\"subscription\": \"s\", \"tenant\": \"t\", \"tokenType\": \"Bearer\"}'\n");
            assertThat(az.toFile().setExecutable(true)).isTrue();
            ProcessBuilder process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                    System.getProperty("java.class.path"), SignIn.class.getName(), "MANAGED_IDENTITY", "AZURE_CLI");
            process.environment().putAll(Map.of("IDENTITY_ENDPOINT", machine.url() + "/msi/token", "IDENTITY_HEADER", TokenServer.IDENTITY_HEADER,
                    "PATH", bin + ":" + System.getenv("PATH")));
            Process java = process.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(java.waitFor()).as(said).isZero();
            assertThat(said.lines()).containsExactly("MANAGED_IDENTITY token-1", "AZURE_CLI token-of-az");
            assertThat(machine.asked()).containsExactly("managed identity https://storage.azure.com " + TokenServer.IDENTITY_HEADER);
        }
    }

    /** Signs in by the ways that its arguments name, and prints the tokens. */
    static final class SignIn {
        public static void main(String[] ways) throws IOException {
            for (String way : ways) {
                System.out.println(way + " " + new Identities("who", AzureAccess.identity(Way.valueOf(way))).get(false).text());
            }
            System.exit(0);
        }
    }
}
