package dev.tidemark.lake.azure;

import dev.tidemark.lake.cli.TidemarkLake;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code tidemark-lake} on a storage account, as a process of its own with a settings file and nothing else. */
@Timeout(600)
class StoreCommandTest {

    private static final String KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static final String ROOT = "abfss://lake@command.dfs.core.windows.net";

    @TempDir
    private Path folder;
    private DfsServer server;

    @BeforeEach
    void an_account() throws IOException {
        server = new DfsServer("command", DfsGate.key("command", KEY));
        new GrownTable(folder.resolve("t")).create().grow(1, 3).copyTo(server.container("lake"), "gold/t");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private record Said(int code, String out, String err) {
    }

    private Said run(String key, String... command) throws Exception {
        Path settings = Files.writeString(folder.resolve("azure.properties"), "account.command.key-env=PLANT_KEY\naccount.command.endpoint=" + server.endpoint()
                + "\ncache.folder=" + folder.resolve("cache").toString().replace('\\', '/') + "\n");
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-Djavax.net.ssl.trustStore=" + Certificates.trustStore(folder), "-Djavax.net.ssl.trustStorePassword=changeit", "-Xlog:class+load:file=" + folder.resolve("classes"),
                "-cp", System.getProperty("java.class.path"), TidemarkLake.class.getName()));
        line.addAll(List.of(command));
        ProcessBuilder process = new ProcessBuilder(line).redirectError(folder.resolve("err").toFile()).redirectOutput(folder.resolve("out").toFile());
        process.environment().put(AzureSettings.FILE, settings.toString());
        process.environment().put("PLANT_KEY", key);
        int code = process.start().waitFor();
        return new Said(code, Files.readString(folder.resolve("out"), StandardCharsets.UTF_8), Files.readString(folder.resolve("err"), StandardCharsets.UTF_8));
    }

    @Test
    void tables_are_shown_without_a_word_of_the_clients_and_without_loading_the_azure_sdk() throws Exception {
        Said said = run(KEY, "tables", ROOT);
        assertThat(said.err).isEmpty();
        assertThat(said.code).isZero();
        assertThat(said.out).contains("gold/t").contains("30");
        assertThat(Files.readString(folder.resolve("classes"))).contains("AzureFiles").doesNotContain(" com.azure.", " com.microsoft.");
    }

    @Test
    void a_wrong_key_is_one_line() throws Exception {
        Said said = run("b3RoZXIga2V5IG9mIHRoZSBhY2NvdW50", "count", ROOT + "/gold/t");
        assertThat(said.code).isEqualTo(1);
        assertThat(said.out).isEmpty();
        assertThat(said.err.lines()).singleElement().asString().startsWith("tidemark-lake: Cannot read " + ROOT + "/gold/t: the key is not one of account command")
                .doesNotContain("b3RoZXIga2V5IG9mIHRoZSBhY2NvdW50");
    }

    @Test
    void a_sas_token_in_the_place_is_refused() throws Exception {
        Said said = run(KEY, "count", ROOT + "/gold/t?sv=1&sig=TOPSECRET");
        assertThat(said.code).isEqualTo(1);
        assertThat(said.err.lines()).singleElement().asString().contains("the place carries a key or a SAS token").doesNotContain("TOPSECRET");
    }
}
