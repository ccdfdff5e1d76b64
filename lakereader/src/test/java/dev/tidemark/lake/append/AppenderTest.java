package dev.tidemark.lake.append;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Schema.Field;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Type.Primitive;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AppenderTest {

    private static final Schema SCHEMA = new Schema(List.of(new Field("id", Primitive.STRING, true), new Field("comment", Primitive.STRING, true),
            new Field("at", Primitive.TIMESTAMP, true), new Field("weight", Primitive.DOUBLE, true), new Field("done", Primitive.BOOLEAN, true),
            new Field("date", Primitive.DATE, true)));
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));
    private static final long TEN = 1_795_255_200_000_000L;
    private static final long DAY = 20_778;

    @TempDir
    private Path folder;

    private Appender appender() {
        return new Appender(Lake.at(folder.toString()), "ops/acks", SCHEMA, "date", "test", CLOCK);
    }

    private static Map<String, Object> row(String id, long at) {
        return Map.of("id", id, "at", at, "date", Math.floorDiv(at, 86_400_000_000L));
    }

    private Snapshot snapshot() {
        return Lake.at(folder.toString()).table("ops/acks").snapshot();
    }

    private List<String> ids() {
        List<String> ids = new ArrayList<>();
        Scan.of(snapshot()).columns(List.of("id")).read(batch -> {
            for (int i = 0; i < batch.rows(); i++) {
                ids.add(batch.strings("id").get(i));
            }
        });
        return ids;
    }

    @Test
    void the_first_rows_make_the_table() {
        assertThat(appender().append(List.of(row("a", TEN), row("b", TEN + 1)))).isZero();
        Snapshot made = snapshot();
        assertThat(made.schema().names()).containsExactly("id", "comment", "at", "weight", "done", "date");
        assertThat(made.partitionColumns()).containsExactly("date");
        assertThat(made.properties()).containsEntry("delta.appendOnly", "true");
        assertThat(made.minReaderVersion()).isEqualTo(1);
        assertThat(made.minWriterVersion()).isEqualTo(2);
        assertThat(made.rows()).isEqualTo(2);
    }

    @Test
    void every_value_comes_back_as_it_was_written() {
        appender().append(List.of(Map.of("id", "ä \"quoted\"\n", "comment", "", "at", TEN + 1, "weight", 0.1, "done", true, "date", DAY), Map.of("date", DAY)));
        Batch all = Scan.of(snapshot()).readAll();
        assertThat(all.strings("id").get(0)).isEqualTo("ä \"quoted\"\n");
        assertThat(all.strings("comment").get(0)).isEmpty();
        assertThat(all.longs("at").values()[0]).isEqualTo(TEN + 1);
        assertThat(all.doubles("weight").values()[0]).isEqualTo(0.1);
        assertThat(all.column("done").isNull(0)).isFalse();
        assertThat(all.longs("date").values()).containsExactly(DAY, DAY);
        for (String name : List.of("id", "comment", "at", "weight", "done")) {
            assertThat(all.column(name).isNull(1)).as(name).isTrue();
        }
    }

    @Test
    void later_rows_follow_and_nothing_that_was_there_goes() {
        Appender appender = appender();
        appender.append(List.of(row("a", TEN)));
        assertThat(appender.append(List.of(row("b", TEN)))).isEqualTo(1);
        assertThat(appender().append(List.of(row("c", TEN)))).isEqualTo(2);
        assertThat(ids()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void rows_of_two_days_are_one_commit_and_two_partitions() {
        appender().append(List.of(row("a", TEN), row("b", TEN - 86_400_000_000L)));
        assertThat(snapshot().version()).isZero();
        assertThat(snapshot().files()).extracting(file -> file.partition().get("date")).containsExactlyInAnyOrder("2026-11-21", "2026-11-20");
        assertThat(Scan.of(snapshot()).where(new Condition.In("date", Set.of(DAY))).count()).isEqualTo(1);
    }

    @Test
    void times_can_be_looked_for_by_the_statistics() {
        appender().append(List.of(row("a", TEN + 999)));
        Scan scan = Scan.of(snapshot());
        assertThat(scan.where(new Condition.Range("at", TEN + 999, TEN + 1000)).count()).isEqualTo(1);
        assertThat(scan.where(new Condition.Range("at", TEN + 5000, null)).filesToRead()).isEmpty();
    }

    @Test
    void several_that_write_at_once_lose_nothing() throws Exception {
        int writers = 4;
        int each = 15;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        List<Future<?>> running = new ArrayList<>();
        Set<String> expected = new HashSet<>();
        for (int w = 0; w < writers; w++) {
            Appender own = appender();
            String name = "writer-" + w + "-";
            for (int i = 0; i < each; i++) {
                expected.add(name + i);
            }
            running.add(threads.submit(() -> {
                start.await();
                for (int i = 0; i < each; i++) {
                    own.append(List.of(row(name + i, TEN)));
                }
                return null;
            }));
        }
        start.countDown();
        for (Future<?> one : running) {
            one.get();
        }
        threads.shutdown();
        assertThat(ids()).hasSize(writers * each).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(snapshot().version()).isEqualTo(writers * each - 1);
    }

    @Test
    void a_table_of_another_shape_is_refused_and_stays_as_it_was() throws IOException {
        Schema other = new Schema(List.of(new Field("id", Primitive.LONG, true), new Field("date", Primitive.DATE, true)));
        new Appender(Lake.at(folder.toString()), "ops/acks", other, "date", "test", CLOCK).append(List.of(Map.of("id", 1L, "date", DAY)));
        assertThatThrownBy(() -> appender().append(List.of(row("a", TEN)))).isInstanceOf(LakeException.class)
                .hasMessageContaining("Cannot write to").hasMessageContaining("expected id string, actual long");
        assertThat(snapshot().version()).isZero();
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".parquet"))).hasSize(1);
        }
    }

    @Test
    void columns_that_others_added_stay_empty() {
        List<Field> more = new ArrayList<>(SCHEMA.fields());
        more.add(new Field("shift", Primitive.STRING, true));
        new Appender(Lake.at(folder.toString()), "ops/acks", new Schema(more), "date", "test", CLOCK).append(List.of(row("a", TEN)));
        appender().append(List.of(row("b", TEN)));
        assertThat(ids()).containsExactlyInAnyOrder("a", "b");
        assertThat(Scan.of(snapshot()).where(new Condition.IsNull("shift")).count()).isEqualTo(2);
    }

    @Test
    void a_newer_protocol_is_not_written_to() throws IOException {
        appender().append(List.of(row("a", TEN)));
        CommitLog.of(Place.local(folder.resolve("ops/acks"))).publish(1, List.of("{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":4}}"), false);
        assertThatThrownBy(() -> appender().append(List.of(row("b", TEN)))).isInstanceOf(LakeException.class).hasMessageContaining("newer protocol");
        assertThat(snapshot().version()).isEqualTo(1);
    }

    @Test
    void where_nothing_can_be_written_it_says_so_and_leaves_nothing() throws IOException {
        Files.writeString(folder.resolve("ops"), "in the way");
        assertThatThrownBy(() -> appender().append(List.of(row("a", TEN)))).isInstanceOf(LakeException.class)
                .hasMessageContaining("Cannot write to " + folder.resolve("ops/acks"));
    }
}
