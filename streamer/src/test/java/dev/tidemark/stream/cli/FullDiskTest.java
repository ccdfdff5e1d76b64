package dev.tidemark.stream.cli;

import com.github.luben.zstd.util.ZstdVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A store that refuses what is written: a limit on the size of files stands for the full disk. The first commit fits, the second does not. */
@DisabledOnOs(OS.WINDOWS)
class FullDiskTest {

    private static final int LIMIT_KB = 48;

    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        Path drop = Files.createDirectory(folder.resolve("drop"));
        Files.writeString(drop.resolve("a.csv"), "device_id,ts,x\na,1714557600,1\n");
        StringBuilder large = new StringBuilder("device_id,ts,x,note\n");
        for (int i = 0; i < 8_000; i++) {
            large.append("b,").append(1714557700 + i).append(',').append(Math.sin(i)).append(',').append(Long.toHexString(i * 0x9E3779B97F4A7C15L)).append('\n');
        }
        Files.writeString(drop.resolve("b.csv"), large);
        for (String name : new String[] {"a.csv", "b.csv"}) {
            Files.setLastModifiedTime(drop.resolve(name), FileTime.fromMillis(1_700_000_000_000L));
        }
        // The first batch is a file of one row: it is committed alone.
        Files.writeString(folder.resolve("config.yaml"), "commit-interval: 10ms\nonce-patience: 2s\nauto-compact: false\n");
    }

    private Path zstd() throws IOException {
        String name = "/linux/" + System.getProperty("os.arch") + "/libzstd-jni-" + ZstdVersion.VERSION + ".so";
        Path library = folder.resolve("libzstd.so");
        try (InputStream in = ZstdVersion.class.getResourceAsStream(name)) {
            assumeTrue(in != null, "no Zstandard for this system");
            Files.copy(in, library);
        }
        return library;
    }

    private StreamerProcess start(String... more) throws IOException {
        String[] arguments = new String[9 + more.length];
        String[] first = {"run", "--lake", folder.resolve("lake").toString(), "--source", "files:" + folder.resolve("drop"), "--config",
            folder.resolve("config.yaml").toString(), "--log-format", "json"};
        System.arraycopy(first, 0, arguments, 0, 9);
        System.arraycopy(more, 0, arguments, 9, more.length);
        return StreamerProcess.limited(folder.resolve("output.txt"), LIMIT_KB, zstd(), arguments);
    }

    @Test
    void a_run_that_has_an_end_gives_up_and_says_why() throws Exception {
        try (StreamerProcess streamer = start("--once")) {
            assertThat(streamer.exit()).as(streamer.output()).isEqualTo(1);
            assertThat(streamer.output()).contains("Cannot commit for 2 s: Cannot write table ", "read again at the next start").doesNotContain("\tat ");
        }
    }

    @Test
    void a_service_waits_and_when_asked_to_stop_ends_with_a_word() throws Exception {
        try (StreamerProcess streamer = start()) {
            assertThat(streamer.awaitOutput("tried again until it succeeds")).as(streamer.output()).isTrue();
            assertThat(streamer.stop()).as(streamer.output()).isEqualTo(1);
            assertThat(streamer.output()).contains("Stopped before everything was committed: Cannot write table ")
                    .contains("\"level\":\"WARN\"").doesNotContain("\tat ");
        }
    }
}
