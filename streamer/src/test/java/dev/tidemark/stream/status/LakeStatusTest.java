package dev.tidemark.stream.status;

import dev.tidemark.lake.Lake;
import dev.tidemark.stream.pipeline.Figures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

import static org.assertj.core.api.Assertions.assertThat;

class LakeStatusTest {

    private static final Instant HEARTBEAT = Instant.parse("2026-03-01T12:00:00Z");
    /** More than any system gives. */
    private static final long NOBODY = Long.MAX_VALUE;

    @TempDir
    Path folder;

    @BeforeEach
    void table() throws IOException {
        Path log = Files.createDirectories(folder.resolve("bronze/events/_delta_log"));
        Files.writeString(log.resolve("00000000000000000000.json"), """
                {"protocol":{"minReaderVersion":1,"minWriterVersion":2}}
                {"metaData":{"id":"t","format":{"provider":"parquet","options":{}},"schemaString":"{\\"type\\":\\"struct\\",\\"fields\\":[]}","partitionColumns":[],"configuration":{}}}
                """);
    }

    private boolean runs(long pid, String host, int secondsLater) throws IOException {
        Status.Process process = new Status.Process(pid, host, HEARTBEAT.minusSeconds(60).toString(), HEARTBEAT.toString(), "running");
        new StatusFile(folder).write(Status.of(process, new Figures(new SimpleMeterRegistry()), 0));
        return LakeStatus.of(Lake.at(folder.toString()), InstantSource.fixed(HEARTBEAT.plusSeconds(secondsLater))).running();
    }

    @Test
    void a_streamer_whose_process_is_gone_from_this_machine_runs_no_more() throws IOException {
        assertThat(runs(NOBODY, StatusWriter.host(), 4)).isFalse();
        assertThat(runs(ProcessHandle.current().pid(), StatusWriter.host(), 4)).isTrue();
        assertThat(runs(ProcessHandle.current().pid(), StatusWriter.host(), 11)).as("it may be another process that was given the number since").isFalse();
    }

    @Test
    void one_that_gives_signs_of_life_but_cannot_be_seen_from_here_runs() throws IOException {
        assertThat(runs(NOBODY, StatusWriter.host(), 2)).as("in another container").isTrue();
        assertThat(runs(NOBODY, "another-machine", 9)).isTrue();
        assertThat(runs(NOBODY, "another-machine", 11)).isFalse();
    }
}
