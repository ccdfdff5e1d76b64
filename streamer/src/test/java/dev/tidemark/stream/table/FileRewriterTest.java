package dev.tidemark.stream.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.Tail;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.stream.Patience;
import io.delta.standalone.actions.AddFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileRewriterTest extends RewrittenTable {

    @Test
    void rows_are_the_same_to_the_bit_and_in_the_same_order_with_every_value_a_column_can_have() {
        Random random = new Random(3);
        List<List<Object>> before;
        try (DeltaTable table = Example.open(lake)) {
            for (int file = 0; file < 7; file++) {
                if (file == 3) {
                    table.addColumns(new Schema(List.of(new Schema.Field("grown", Type.Primitive.DOUBLE, true), new Schema.Field("note", Type.Primitive.STRING, true))));
                }
                Rows rows = table.newRows();
                for (int i = 0; i < 10 + file * 900; i++) {
                    fill(rows, random, file);
                }
                table.append(rows, Map.of(), Map.of());
            }
            before = rows();
            try (FileRewriter rewriter = rewriter()) {
                FileRewriter.Rewritten done = rewriter.rewrite(ordered(rewriter), ASKED).orElseThrow();
                assertThat(done.files()).isEqualTo(7);
                assertThat(done.rows()).isEqualTo(before.size());
            }
            assertThat(written.files()).hasSize(1);
            assertThat(rows()).isEqualTo(before);
            assertThat(table.append(Example.rows(table, 1), Map.of(), Map.of())).isInstanceOf(CommitOutcome.Done.class);
        }
    }

    /** In the order in which the reader reads them: by age, then by name. */
    private List<LiveFile> ordered(FileRewriter rewriter) {
        List<String> order = Lake.at(lake.toString()).table(Example.PATH).snapshot().files().stream().map(file -> file.location()).toList();
        return rewriter.files().stream().sorted(Comparator.comparingInt(file -> order.indexOf("file:" + lake.resolve(Example.PATH).resolve(file.path())))).toList();
    }

    private static void fill(Rows rows, Random random, int file) {
        double[] doubles = {0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, random.nextGaussian()};
        String[] texts = {"", "a", "gärten", "\uD83C\uDF21", "text-" + random.nextInt(), "x".repeat(random.nextInt(200))};
        if (random.nextInt(5) > 0) {
            rows.setLong(0, random.nextLong());
        }
        if (random.nextInt(5) > 0) {
            rows.setLong(1, random.nextLong() >> 12);
        }
        if (random.nextInt(5) > 0) {
            rows.setDouble(2, doubles[random.nextInt(doubles.length)]);
        }
        if (random.nextInt(5) > 0) {
            rows.setBoolean(3, random.nextBoolean());
        }
        if (random.nextInt(5) > 0) {
            rows.setString(4, texts[random.nextInt(texts.length)]);
        }
        if (random.nextInt(3) > 0) {
            Map<String, String> map = new HashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                map.put("k" + random.nextInt(5), random.nextInt(4) == 0 ? null : texts[random.nextInt(texts.length)]);
            }
            rows.setMap(5, map);
        }
        rows.setLong(6, Example.DAY);
        if (file >= 3 && random.nextBoolean()) {
            rows.setDouble(7, random.nextDouble());
            rows.setString(8, texts[random.nextInt(texts.length)]);
        }
        rows.end();
    }

    @Test
    void the_commit_is_one_that_changes_no_data_and_tells_what_spark_would() {
        try (DeltaTable table = Example.open(lake); FileRewriter rewriter = rewriter()) {
            appendFiles(table, 3, 10);
            List<AddFile> before = written.files();
            FileRewriter.Rewritten done = rewriter.rewrite(inOrder(rewriter), ASKED).orElseThrow();
            List<JsonNode> commit = written.commit(done.version());
            JsonNode info = commit.get(0).get("commitInfo");
            assertThat(info.get("operation").asText()).isEqualTo("OPTIMIZE");
            assertThat(info.get("isBlindAppend").asBoolean()).isFalse();
            assertThat(info.get("readVersion").asLong()).isEqualTo(done.version() - 1);
            assertThat(info.get("operationParameters").get("auto").asText()).isEqualTo("false");
            AddFile file = written.files().get(0);
            assertThat(info.get("operationMetrics")).isEqualTo(WrittenTable.JSON.valueToTree(Map.of("numAddedFiles", "1", "numRemovedFiles", "3",
                    "numAddedBytes", "" + file.getSize(), "numRemovedBytes", "" + before.stream().mapToLong(AddFile::getSize).sum(),
                    "minFileSize", "" + file.getSize(), "p25FileSize", "" + file.getSize(), "p50FileSize", "" + file.getSize(),
                    "p75FileSize", "" + file.getSize(), "maxFileSize", "" + file.getSize(), "numDeletionVectorsRemoved", "0")));
            assertThat(commit.stream().filter(action -> action.has("remove")).map(action -> action.get("remove").get("path").asText()))
                    .containsExactlyInAnyOrderElementsOf(before.stream().map(AddFile::getPath).toList());
            assertThat(commit.stream().skip(1)).allMatch(action -> !action.elements().next().get("dataChange").asBoolean());
            assertThat(file.getPartitionValues()).isEqualTo(Map.of("date", "2026-11-21"));
            assertThat(written.statistics(file).get("numRecords").asLong()).isEqualTo(30);
            assertThat(written.statistics(file).get("minValues").get("id").asLong()).isZero();
            assertThat(written.statistics(file).get("maxValues").get("id").asLong()).isEqualTo(29);
            assertThat(written.statistics(file).get("nullCount").get("name").asLong()).isZero();
            assertThat(ids()).isEqualTo(upTo(30));
        }
    }

    @Test
    void a_writer_that_replaces_the_rows_names_the_rewritten_file() {
        try (DeltaTable table = Example.open(lake); FileRewriter rewriter = rewriter()) {
            appendFiles(table, 3, 10);
            rewriter.rewrite(inOrder(rewriter), ASKED).orElseThrow();
            table.append(Example.rows(table, 30), Map.of(), Map.of());
            table.replace(Example.rows(table, 99), Map.of(), Map.of());
            assertThat(ids()).containsExactly(99L);
        }
    }

    @ParameterizedTest
    @EnumSource(FaultyFolder.Step.class)
    void failing_anywhere_it_loses_and_doubles_nothing_and_leaves_no_file_behind(FaultyFolder.Step step) {
        try (DeltaTable table = Example.open(lake)) {
            appendFiles(table, 3, 10);
            boolean foundOut = step == FaultyFolder.Step.AFTER_PUBLISH || step == FaultyFolder.Step.READ_BACK || step == FaultyFolder.Step.LOOK_BEFORE;
            try (FileRewriter rewriter = rewriter(folder -> new FaultyFolder(folder).fail(step, new IOException("No space left on device")))) {
                if (foundOut) {
                    assertThat(rewriter.rewrite(inOrder(rewriter), ASKED)).isPresent();
                } else {
                    assertThatThrownBy(() -> rewriter.rewrite(inOrder(rewriter), ASKED)).isInstanceOf(LakeException.class).hasMessageContaining("disk is full");
                    assertThat(written.dataFiles()).hasSize(3);
                    assertThat(rewriter.rewrite(inOrder(rewriter), ASKED)).isPresent();
                }
            }
            assertThat(ids()).isEqualTo(upTo(30));
            assertThat(written.files()).hasSize(1);
            assertThat(written.dataFiles()).hasSize(4);
        }
    }

    @Test
    void if_it_cannot_be_found_out_whether_the_commit_is_there_the_new_file_stays() {
        try (DeltaTable table = Example.open(lake)) {
            appendFiles(table, 3, 10);
            try (FileRewriter rewriter = rewriter(folder -> new FaultyFolder(folder).fail(FaultyFolder.Step.AFTER_PUBLISH, new IOException("lost"))
                    .fail(FaultyFolder.Step.READ_BACK, new IOException("lost again")))) {
                assertThatThrownBy(() -> rewriter.rewrite(inOrder(rewriter), ASKED)).isInstanceOf(LakeException.class);
                assertThat(ids()).isEqualTo(upTo(30));
                assertThat(rewriter.files()).hasSize(1);
            }
        }
    }

    @Test
    void stopped_it_leaves_nothing() {
        try (DeltaTable table = Example.open(lake)) {
            Rows rows = table.newRows();
            for (int i = 0; i < 3; i++) {
                rows.clear();
                Example.add(rows, LongStream.range(i * 70_000L, (i + 1) * 70_000L).toArray());
                table.append(rows, Map.of(), Map.of());
            }
        }
        try (FileRewriter rewriter = FileRewriter.open(Lake.at(lake.toString()), Example.PATH, false, Example.CLOCK, () -> true)) {
            assertThatThrownBy(() -> rewriter.rewrite(inOrder(rewriter), ASKED)).isInstanceOf(CancellationException.class);
        }
        assertThat(written.dataFiles()).hasSize(3);
    }

    @Test
    void a_large_file_has_row_groups_of_which_a_reader_opens_those_it_needs() {
        try (DeltaTable table = Example.open(lake)) {
            Rows rows = table.newRows();
            Example.add(rows, LongStream.range(0, 300_000).toArray());
            table.append(rows, Map.of(), Map.of());
            table.append(Example.rows(table, LongStream.range(300_000, 300_100).toArray()), Map.of(), Map.of());
        }
        try (FileRewriter rewriter = rewriter()) {
            rewriter.rewrite(rewriter.files().stream().sorted(Comparator.comparingLong(LiveFile::rows).reversed()).toList(), ASKED).orElseThrow();
        }
        Scan scan = Scan.of(Lake.at(lake.toString()).table(Example.PATH).snapshot());
        List<Integer> groups = new ArrayList<>();
        scan.read(batch -> groups.add(batch.rows()));
        assertThat(groups).hasSizeGreaterThan(2).allMatch(group -> group <= 1 << 17);
        List<Long> last = new ArrayList<>();
        scan.columns(List.of("id")).where(new Condition.Range("id", 300_050L, null)).read(batch -> {
            for (long id : batch.longs("id").values()) {
                last.add(id);
            }
        });
        assertThat(last).isEqualTo(LongStream.range(300_050, 300_100).boxed().toList());
        Batch all = scan.columns(List.of("id")).readAll();
        assertThat(all.longs("id").values()).isEqualTo(LongStream.range(0, 300_100).toArray());
    }

    @Test
    void a_table_with_a_column_that_is_not_written_here_is_left_alone() throws IOException {
        Path log = Files.createDirectories(written.folder().resolve("_delta_log"));
        Files.writeString(log.resolve("00000000000000000000.json"), """
                {"protocol":{"minReaderVersion":1,"minWriterVersion":2}}
                {"metaData":{"id":"x","format":{"provider":"parquet","options":{}},"schemaString":"{\\"type\\":\\"struct\\",\\"fields\\":[\
                {\\"name\\":\\"price\\",\\"type\\":\\"decimal(9,2)\\",\\"nullable\\":true,\\"metadata\\":{}}]}","partitionColumns":[],"configuration":{}}}
                """);
        assertThatThrownBy(this::rewriter).isInstanceOf(LakeException.class).hasMessageContaining("column price").hasMessageContaining("Compact it with Spark");
    }

    @Test
    void one_who_follows_the_table_sees_each_row_once() throws Exception {
        List<Commit> commits = new ArrayList<>();
        List<Long> seen = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(7);
        try (DeltaTable table = Example.open(lake); FileRewriter rewriter = rewriter()) {
            Table reader = Lake.at(lake.toString()).table(Example.PATH);
            try (Tail tail = reader.follow(0, new Tail.Listener() {
                @Override
                public void committed(Commit commit) {
                    commits.add(commit);
                    if (commit.dataChange()) {
                        Scan.of(reader.snapshot(commit.version())).files(commit.added()).read(batch -> {
                            for (long id : batch.longs("id").values()) {
                                seen.add(id);
                            }
                        });
                    }
                    all.countDown();
                }

                @Override
                public void fellBehind(long resumeAt) {
                    throw new AssertionError("fell behind");
                }

                @Override
                public void failed(LakeException problem) {
                    throw problem;
                }

                @Override
                public void recovered() {
                    // never failed
                }
            })) {
                for (long id = 0; id < 5; id++) {
                    table.append(Example.rows(table, id), Map.of(), Map.of());
                    if (id == 2 || id == 3) {
                        rewriter.rewrite(inOrder(rewriter), ASKED).orElseThrow();
                    }
                }
                assertThat(all.await(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(seen).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(commits).extracting(Commit::kind).containsExactly(Commit.Kind.APPEND, Commit.Kind.APPEND, Commit.Kind.APPEND, Commit.Kind.REWRITE,
                Commit.Kind.APPEND, Commit.Kind.REWRITE, Commit.Kind.APPEND);
        assertThat(commits).filteredOn(commit -> commit.kind() == Commit.Kind.REWRITE).extracting(Commit::rowsAdded).containsExactly(3L, 4L);
    }
}
