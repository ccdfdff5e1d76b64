package dev.tidemark.lake.log;

import io.delta.standalone.DeltaLog;
import io.delta.standalone.Operation;
import io.delta.standalone.OptimisticTransaction;
import io.delta.standalone.actions.AddFile;
import io.delta.standalone.actions.Metadata;
import io.delta.standalone.types.LongType;
import io.delta.standalone.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A version is published once, whole, whoever races for it. */
@Timeout(600)
class PublishTest {

    private static final int RACERS = 4;

    @TempDir
    private Path table;

    static String line(String racer) {
        return "{\"commitInfo\":{\"operation\":\"" + racer + "\"}}";
    }

    private CommitLog log() {
        return CommitLog.of(Place.local(table));
    }

    private String winner(long version) throws IOException {
        return ((Action.Info) log().read(version).orElseThrow().actions().get(0)).operation();
    }

    @Test
    void a_taken_version_is_refused_and_unchanged() throws IOException {
        assertThat(log().publish(0, List.of(line("first"), line("second line")), true)).isTrue();
        assertThat(log().publish(0, List.of(line("late")), true)).isFalse();
        assertThat(winner(0)).isEqualTo("first");
        assertThat(Files.readString(table.resolve("_delta_log/00000000000000000000.json")).lines()).hasSize(2);
    }

    @Test
    void nothing_is_left_beside_the_commits() throws IOException {
        log().publish(0, List.of(line("a")), false);
        log().publish(0, List.of(line("b")), false);
        log().publish(1, List.of(line("c")), true);
        try (Stream<Path> files = Files.list(table.resolve("_delta_log"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("00000000000000000000.json", "00000000000000000001.json");
        }
    }

    @Test
    void a_later_version_does_not_make_a_folder_that_is_gone() {
        assertThatThrownBy(() -> log().publish(5, List.of(line("a")), false)).isInstanceOf(IOException.class);
        assertThat(table.resolve("_delta_log")).doesNotExist();
    }

    @Test
    void of_threads_that_race_exactly_one_wins_each_version() throws Exception {
        int versions = 200;
        CyclicBarrier start = new CyclicBarrier(RACERS);
        ExecutorService threads = Executors.newFixedThreadPool(RACERS);
        try {
            List<Future<List<Long>>> races = new ArrayList<>();
            for (int racer = 0; racer < RACERS; racer++) {
                String name = "thread " + racer;
                races.add(threads.submit(() -> {
                    CommitLog log = log();
                    List<Long> won = new ArrayList<>();
                    start.await();
                    for (long version = 0; version < versions; version++) {
                        if (log.publish(version, List.of(line(name)), false)) {
                            won.add(version);
                        }
                    }
                    return won;
                }));
            }
            Map<Long, String> winners = new HashMap<>();
            for (int racer = 0; racer < RACERS; racer++) {
                for (long version : races.get(racer).get()) {
                    assertThat(winners.put(version, "thread " + racer)).isNull();
                }
            }
            assertThat(winners).hasSize(versions);
            for (long version = 0; version < versions; version++) {
                assertThat(winner(version)).isEqualTo(winners.get(version));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void of_processes_that_race_exactly_one_wins_each_version() throws Exception {
        int versions = 300;
        List<Process> racers = new ArrayList<>();
        try {
            for (int racer = 0; racer < RACERS; racer++) {
                racers.add(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                        "-cp", System.getProperty("java.class.path") + File.pathSeparator + System.getProperty("surefire.test.class.path", ""),
                        Racer.class.getName(), table.toString(), "process " + racer, String.valueOf(versions))
                        .redirectError(ProcessBuilder.Redirect.INHERIT).start());
            }
            List<BufferedReader> results = new ArrayList<>();
            for (Process racer : racers) {
                BufferedReader result = new BufferedReader(new InputStreamReader(racer.getInputStream(), StandardCharsets.UTF_8));
                assertThat(result.readLine()).isEqualTo("ready");
                results.add(result);
            }
            for (Process racer : racers) {
                racer.getOutputStream().write('\n');
                racer.getOutputStream().flush();
            }
            Map<Long, String> winners = new HashMap<>();
            for (int racer = 0; racer < RACERS; racer++) {
                for (String version = results.get(racer).readLine(); version != null; version = results.get(racer).readLine()) {
                    assertThat(winners.put(Long.parseLong(version), "process " + racer)).isNull();
                }
                assertThat(racers.get(racer).waitFor()).isZero();
            }
            assertThat(winners).hasSize(versions);
            for (long version = 0; version < versions; version++) {
                assertThat(winner(version)).isEqualTo(winners.get(version));
            }
        } finally {
            racers.forEach(Process::destroyForcibly);
        }
    }

    @Test
    void no_commit_of_competing_transactions_is_lost() throws Exception {
        int commits = 15;
        DeltaLog first = log().transactions();
        OptimisticTransaction create = first.startTransaction();
        create.updateMetadata(Metadata.builder().schema(new StructType().add("id", new LongType())).build());
        create.commit(List.of(), new Operation(Operation.Name.CREATE_TABLE), "test");
        CyclicBarrier start = new CyclicBarrier(RACERS);
        ExecutorService threads = Executors.newFixedThreadPool(RACERS);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < RACERS; writer++) {
                int id = writer;
                writers.add(threads.submit(() -> {
                    DeltaLog log = log().transactions();
                    start.await();
                    for (int commit = 0; commit < commits; commit++) {
                        AddFile file = new AddFile("f-" + id + "-" + commit, Map.of(), 1, 1, true, null, null);
                        log.startTransaction().commit(List.of(file), new Operation(Operation.Name.WRITE), "test");
                    }
                    return null;
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(first.update().getVersion()).isEqualTo(RACERS * commits);
        assertThat(first.snapshot().getAllFiles()).hasSize(RACERS * commits);
    }
}
