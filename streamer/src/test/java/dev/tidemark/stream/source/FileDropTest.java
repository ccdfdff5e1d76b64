package dev.tidemark.stream.source;

import dev.tidemark.stream.Patience;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Which files are taken, when, and what becomes of those that change. */
class FileDropTest {

    private static final String LINES = "{\"a\":1}\n{\"a\":2}\n";

    @TempDir
    private Path root;
    private DropFolder folder;

    @BeforeEach
    void folder() {
        folder = new DropFolder(root);
    }

    @Test
    void files_of_all_kinds_and_of_sub_folders_are_taken_by_name() {
        folder.put("b/two.jsonl", "{\"n\":2}\n");
        folder.put("a.csv", "id,v\nx,1\n");
        folder.put("b/one.CSV.GZ", DropFolder.gzip("id,v\ny,2\n"));
        folder.put("c.ndjson.gz", DropFolder.gzip("{\"n\":3}"));
        folder.put("d.json", "[{\"n\":4},{\"n\":5}]");

        try (FileDrop drop = folder.open()) {
            assertThat(drop.partitions()).extracting(SourcePartition::id).containsExactly("a.csv", "b/one.CSV.GZ", "b/two.jsonl", "c.ndjson.gz", "d.json");
            assertThat(DropFolder.rest(drop, 10)).containsExactly(Map.entry("a.csv", List.of("x,1")), Map.entry("b/one.CSV.GZ", List.of("y,2")),
                    Map.entry("b/two.jsonl", List.of("{\"n\":2}")), Map.entry("c.ndjson.gz", List.of("{\"n\":3}")),
                    Map.entry("d.json", List.of("{\"n\":4}", "{\"n\":5}")));
            assertThat(drop.drained()).isTrue();
            assertThat(drop.problems()).isEmpty();
        }
    }

    @Test
    void a_message_carries_its_number_file_header_and_the_time_of_the_file() {
        folder.put("room.csv", "id,v\nx,1\ny,2\n");

        try (FileDrop drop = folder.open()) {
            List<Message> messages = drop.partitions().get(0).poll(10);
            assertThat(messages).extracting(Message::number).containsExactly(0L, 1L);
            assertThat(messages.get(0).properties()).isEqualTo(
                    Map.of("content-type", "text/csv", "csv-header", "id,v", "file", "room.csv"));
            assertThat(messages.get(1).properties()).isSameAs(messages.get(0).properties());
            assertThat(messages.get(0).enqueued()).isEqualTo(TimeUnit.SECONDS.toMicros(DropFolder.NOW.getEpochSecond() - 60));
            assertThat(messages.get(0).deviceId()).isNull();
        }
    }

    @Test
    void the_name_is_the_folder_as_it_was_given() {
        assertThat(new FileDrop(Path.of("inbox/./plant/"), folder.clock).name()).isEqualTo("files:inbox/plant");
        assertThat(new FileDrop(Path.of("."), folder.clock).name()).isEqualTo("files:.");
    }

    @Test
    void a_finished_file_is_reported_once_and_leaves_the_list() {
        folder.put("a.jsonl", LINES);

        try (FileDrop drop = folder.open()) {
            SourcePartition file = drop.partitions().get(0);
            assertThat(file.position()).isEqualTo(-1);
            assertThat(file.poll(100)).hasSize(2);
            assertThat(file.position()).isEqualTo(SourcePartition.END);
            assertThat(drop.partitions()).containsExactly(file);
            assertThat(drop.partitions()).isEmpty();
        }
    }

    @Test
    void a_file_that_the_lake_holds_is_not_read_again() {
        folder.put("a.jsonl", LINES);
        folder.put("b.jsonl", LINES);

        assertThat(folder.read(Map.of("a.jsonl", SourcePartition.END))).containsOnlyKeys("b.jsonl");
    }

    @Test
    void hidden_and_unfinished_files_are_not_looked_at() {
        for (String name : List.of(".a.csv", "_a.csv", ".git/a.csv", "_delta_log/0.json", "a.csv.tmp", "a.csv.part", "a.csv.crdownload", "a.csv.filepart",
                "a.csv.inprogress")) {
            folder.put(name, "id,v\nx,1\n");
        }

        try (FileDrop drop = folder.open()) {
            assertThat(drop.partitions()).isEmpty();
            assertThat(drop.drained()).isTrue();
            assertThat(drop.problems()).isEmpty();
        }
    }

    @Test
    void files_of_an_unknown_kind_are_told_of_once() throws IOException {
        folder.put("a.xlsx", "PK");
        folder.put("b.parquet", "PAR1");

        try (FileDrop drop = folder.open()) {
            drop.look();
            assertThat(drop.problems()).singleElement().asString().startsWith("Cannot read ").contains("unknown kind of file (expected .csv");
            assertThat(drop.problems()).isEmpty();
        }
    }

    @Test
    void a_folder_that_is_not_there_is_refused() {
        FileDrop drop = new FileDrop(root.resolve("no"), folder.clock);
        assertThatThrownBy(() -> drop.open(Map.of(), () -> { })).isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot use source files:").hasMessageContaining("there is no such folder (expected a folder, actual ");
    }

    @Test
    void a_file_is_taken_once_it_has_rested_for_two_seconds() throws IOException {
        folder.put("a.jsonl", LINES.getBytes(StandardCharsets.UTF_8), Duration.ZERO);

        try (FileDrop drop = folder.open()) {
            assertHasAPlaceButNothingToRead(drop);
            assertThat(drop.drained()).as("it is waited for").isFalse();
            folder.clock.pass(Duration.ofMillis(1_999));
            drop.look();
            assertHasAPlaceButNothingToRead(drop);
            folder.clock.pass(Duration.ofMillis(1));
            drop.look();
            assertThat(DropFolder.rest(drop, 10)).containsOnlyKeys("a.jsonl");
            assertThat(drop.drained()).isTrue();
        }
    }

    @Test
    void a_file_that_grows_is_not_taken_however_long_that_lasts() throws IOException {
        try (FileDrop drop = folder.open()) {
            String text = "";
            for (int i = 0; i < 10; i++) {
                text += "{\"n\":" + i;
                folder.put("a.jsonl", text.getBytes(StandardCharsets.UTF_8), Duration.ZERO);
                drop.look();
                assertHasAPlaceButNothingToRead(drop);
                folder.clock.pass(Duration.ofMillis(1_500));
                text += "}\n";
            }
            folder.put("a.jsonl", text.getBytes(StandardCharsets.UTF_8), Duration.ZERO);
            folder.clock.pass(Duration.ofSeconds(2));
            drop.look();
            assertThat(DropFolder.rest(drop, 100).get("a.jsonl")).hasSize(10);
        }
    }

    @Test
    void a_file_from_the_future_is_taken_when_it_was_seen_unchanged_for_two_seconds() throws IOException {
        folder.put("a.jsonl", LINES.getBytes(StandardCharsets.UTF_8), Duration.ofHours(-5));

        try (FileDrop drop = folder.open()) {
            assertHasAPlaceButNothingToRead(drop);
            folder.clock.pass(Duration.ofSeconds(2));
            drop.look();
            assertThat(drop.partitions()).hasSize(1);
        }
    }

    /** It holds the watermark, so that what it will give is not late. */
    private static void assertHasAPlaceButNothingToRead(FileDrop drop) {
        assertThat(drop.partitions()).singleElement().satisfies(file -> {
            assertThat(file.poll(10)).isEmpty();
            assertThat(file.finished()).isFalse();
        });
    }

    @Test
    void an_empty_file_is_left_alone_until_something_is_in_it() throws IOException {
        folder.put("a.jsonl", "");

        try (FileDrop drop = folder.open()) {
            assertThat(drop.drained()).isTrue();
            folder.put("a.jsonl", LINES);
            drop.look();
            assertThat(DropFolder.rest(drop, 10).get("a.jsonl")).hasSize(2);
        }
    }

    @Test
    void files_that_appear_are_noticed() throws Exception {
        FileDrop drop = new FileDrop(root, folder.clock);
        CountDownLatch arrived = new CountDownLatch(1);
        try (drop) {
            drop.open(Map.of(), arrived::countDown);
            folder.put("new/later.jsonl", LINES);
            assertThat(arrived.await(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
            drop.look();
            assertThat(DropFolder.rest(drop, 10)).containsOnlyKeys("new/later.jsonl");
        }
    }

    @Test
    void a_file_that_changes_after_it_was_read_is_told_of_once_and_not_read_again() throws IOException {
        folder.put("a.jsonl", LINES);

        try (FileDrop drop = folder.open()) {
            DropFolder.rest(drop, 10);
            folder.put("a.jsonl", LINES + LINES);
            drop.look();
            assertThat(DropFolder.rest(drop, 10)).isEmpty();
            folder.put("a.jsonl", LINES + LINES + LINES);
            drop.look();
            assertThat(DropFolder.rest(drop, 10)).isEmpty();
            assertThat(drop.problems()).singleElement().asString().startsWith("Cannot read a.jsonl again: it was read to its end already")
                    .endsWith("give new content a new name");
        }
    }

    @Test
    void a_file_that_is_appended_to_while_it_is_read_is_read_on_when_it_rests() throws IOException {
        folder.put("a.jsonl", LINES);

        try (FileDrop drop = folder.open()) {
            SourcePartition file = drop.partitions().get(0);
            assertThat(file.poll(1)).hasSize(1);
            folder.put("a.jsonl", (LINES + "{\"a\":").getBytes(StandardCharsets.UTF_8), Duration.ZERO);
            assertThat(file.poll(1)).extracting(Message::text).containsExactly("{\"a\":2}");
            assertThat(file.finished()).as("its end is not the end that was seen").isFalse();
            drop.look();
            assertThat(drop.drained()).isFalse();
            assertThat(file.poll(1)).isEmpty();
            folder.put("a.jsonl", (LINES + "{\"a\":3}\n").getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(10));
            drop.look();
            assertThat(DropFolder.rest(drop, 10).get("a.jsonl")).containsExactly("{\"a\":3}");
            assertThat(drop.problems()).isEmpty();
            assertThat(drop.drained()).isTrue();
        }
    }

    @Test
    void a_file_that_shrinks_while_it_is_read_does_not_end() throws IOException {
        folder.put("a.jsonl", LINES + LINES);

        try (FileDrop drop = folder.open()) {
            SourcePartition file = drop.partitions().get(0);
            assertThat(file.poll(3)).hasSize(3);
            folder.put("a.jsonl", "{\"b\":1}\n");
            drop.look();
            assertThat(DropFolder.rest(drop, 10)).isEmpty();
            assertThat(file.finished()).isFalse();
            assertThat(drop.problems()).singleElement().asString().startsWith("Cannot read the rest of a.jsonl: it holds 1 records now (expected more than the 3");
            assertThat(drop.drained()).isTrue();
        }
    }

    @Test
    void a_file_that_vanishes_while_it_is_read_is_told_of_and_read_on_when_it_is_back() throws IOException {
        folder.put("a.jsonl", LINES);

        try (FileDrop drop = folder.open()) {
            assertThat(drop.partitions().get(0).poll(1)).hasSize(1);
            Files.delete(root.resolve("a.jsonl"));
            drop.look();
            assertThat(DropFolder.rest(drop, 1)).isEmpty();
            drop.look();
            assertThat(drop.drained()).isTrue();
            assertThat(drop.problems()).singleElement().asString().startsWith("Cannot read the rest of a.jsonl: the file vanished after record 0");
            folder.put("a.jsonl", LINES.getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(30));
            drop.look();
            assertThat(DropFolder.rest(drop, 1).get("a.jsonl")).containsExactly("{\"a\":2}");
        }
    }

    @Test
    void a_file_without_permission_is_told_of_and_the_others_are_read() throws IOException {
        Path secret = folder.put("secret.jsonl", LINES);
        folder.put("b.jsonl", LINES);
        assumeTrue(secret.toFile().setReadable(false) && !Files.isReadable(secret), "this user may read everything");

        try (FileDrop drop = folder.open()) {
            assertThat(DropFolder.rest(drop, 10)).containsOnlyKeys("b.jsonl");
            assertThat(drop.drained()).isTrue();
            assertThat(drop.problems()).containsExactly(
                    "Cannot read secret.jsonl: no permission to read it; grant it to the user who runs this, and touch the file");
        }
    }

    @Test
    void many_files_can_be_read_at_the_same_time() {
        for (int file = 0; file < 600; file++) {
            StringBuilder lines = new StringBuilder("id,v\n");
            for (int line = 0; line < 5; line++) {
                lines.append(file).append(',').append(line).append('\n');
            }
            String name = String.format("%03d.csv", file);
            if (file % 3 == 0) {
                folder.put(name + ".gz", DropFolder.gzip(lines.toString()));
            } else {
                folder.put(name, lines.toString());
            }
        }

        try (FileDrop drop = folder.open()) {
            Map<String, List<String>> bodies = DropFolder.rest(drop, 1);
            assertThat(bodies).hasSize(600);
            assertThat(bodies.get("299.csv")).containsExactly("299,0", "299,1", "299,2", "299,3", "299,4");
            assertThat(bodies.get("300.csv.gz")).containsExactly("300,0", "300,1", "300,2", "300,3", "300,4");
            assertThat(bodies.values()).allMatch(lines -> lines.size() == 5);
        }
    }
}
