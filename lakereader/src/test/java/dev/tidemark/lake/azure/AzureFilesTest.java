package dev.tidemark.lake.azure;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(600)
class AzureFilesTest {

    private static final String KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static final Instant THEN = Instant.parse("2026-11-21T05:24:00Z");

    private DfsServer server;
    private FileSystem files;

    @BeforeAll
    static void trust() {
        Certificates.trust();
    }

    @BeforeEach
    void an_account() throws IOException {
        StoreCache.use(java.nio.file.Path.of("unused"), 0);
        server = new DfsServer("plantdata", DfsGate.key("plantdata", KEY));
        server.container("lake").file("t/a.parquet", "hello, lake".getBytes(StandardCharsets.UTF_8), THEN);
        AzureAccounts.enter("plantdata", AzureAccess.key(KEY).endpoint(server.endpoint()));
        Configuration settings = new Configuration();
        AzureFiles.register(settings);
        files = FileSystem.newInstance(URI.create("abfss://lake@plantdata.dfs.core.windows.net/"), settings);
    }

    @AfterEach
    void close() throws IOException {
        files.close();
        server.close();
        AzureAccounts.forget("plantdata");
    }

    private static Path path(String path) {
        return new Path("abfss://lake@plantdata.dfs.core.windows.net/" + path);
    }

    @Test
    void a_file_is_read_by_a_signed_request_for_what_is_wanted() throws IOException {
        FileStatus file = files.getFileStatus(path("t/a.parquet"));
        assertThat(file.getLen()).isEqualTo(11);
        assertThat(file.getModificationTime()).isEqualTo(THEN.toEpochMilli());
        server.taken();
        byte[] bytes = new byte[4];
        try (FSDataInputStream in = ((AzureFiles) files).open(path("t/a.parquet"), 11, 5)) {
            in.readFully(7, bytes);
        }
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("lake");
        assertThat(server.taken()).extracting(DfsServer.Answered::toString).containsExactly("READ t/a.parquet 206 4");
    }

    @Test
    void a_folder_is_listed_from_a_name_on() throws IOException {
        for (int i = 0; i < 30; i++) {
            server.container("lake").file(String.format("log/%020d.json", i), new byte[3], THEN);
        }
        server.taken();
        FileStatus[] found = ((AzureFiles) files).listFrom(path("log"), String.format("%020d", 25));
        assertThat(Arrays.stream(found).map(file -> file.getPath().getName())).containsExactly("00000000000000000025.json", "00000000000000000026.json",
                "00000000000000000027.json", "00000000000000000028.json", "00000000000000000029.json");
        assertThat(server.taken()).hasSize(1);
        assertThat(files.listStatus(path("log"))).hasSize(30);
    }

    @Test
    void what_is_not_there_is_a_missing_file() {
        assertThatThrownBy(() -> files.getFileStatus(path("t/none"))).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> files.listStatus(path("none"))).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> ((AzureFiles) files).listFrom(path("none"), "0")).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> ((AzureFiles) files).open(path("t/none"), 5, 5).readFully(0, new byte[5])).isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void a_file_is_written_and_given_a_name_once() throws IOException {
        for (String name : new String[] {"x", "y"}) {
            try (FSDataOutputStream out = files.create(path("t/." + name), false)) {
                out.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(files.rename(path("t/.x"), path("t/final"))).isTrue();
        assertThat(files.rename(path("t/.y"), path("t/final"))).isFalse();
        assertThat(server.container("lake").bytes("t/final")).asString(StandardCharsets.UTF_8).isEqualTo("x");
    }
}
