package dev.tidemark.lake;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;

import static dev.tidemark.lake.SampleLog.add;
import static dev.tidemark.lake.SampleLog.remove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TimeTravelTest {

    @TempDir
    private Path folder;
    private SampleLog log;

    @BeforeEach
    void writer() {
        log = new SampleLog(folder);
    }

    private void files(String... names) throws IOException {
        for (String name : names) {
            Files.writeString(folder.resolve(name), "rows");
        }
    }

    private static String readable(Table table) {
        return table.travel().readable().toString();
    }

    @Test
    void every_version_whose_files_are_there_can_be_read() throws IOException {
        files("a", "b", "c");
        Table table = log.create().commit(1, add("a", 1)).commit(2, add("b", 1)).commit(3, remove("a"), add("c", 1)).table();
        assertThat(readable(table)).isEqualTo("0 to 3");
    }

    @Test
    void what_needs_a_file_that_was_vacuumed_cannot() throws IOException {
        files("b", "c");
        Table table = log.create().commit(1, add("a", 1)).commit(2, add("b", 1)).commit(3, remove("a"), add("c", 1)).commit(4, remove("b")).table();
        Versions readable = table.travel().readable();
        assertThat(readable).hasToString("0, 3 to 4");
        assertThat(readable.contains(2)).isFalse();
        assertThat(readable.oldest()).isEqualTo(OptionalLong.of(0));
        assertThat(readable.oldestWithoutGap()).isEqualTo(OptionalLong.of(3));
        assertThat(readable.atOrBefore(2)).isEqualTo(OptionalLong.of(0));
        assertThat(readable.atOrAfter(1)).isEqualTo(OptionalLong.of(3));
        assertThat(readable.count()).isEqualTo(3);

        Files.delete(folder.resolve("b"));
        assertThat(readable(table)).isEqualTo("0, 4");
        files("d");
        log.commit(5, add("d", 1)).commit(6, remove("d"));
        assertThat(readable(table)).isEqualTo("0, 4 to 6");
        Files.delete(folder.resolve("d"));
        assertThat(readable(table)).isEqualTo("0, 4, 6");
    }

    @Test
    void a_file_that_came_back_is_taken_to_be_there() throws IOException {
        files("b");
        Table table = log.create().commit(1, add("a", 1)).commit(2, remove("a"), add("b", 1)).commit(3, remove("b"), add("a", 1)).table();
        assertThat(readable(table)).isEqualTo("0 to 3");
    }

    @Test
    void a_log_that_was_cleaned_begins_at_its_checkpoint() throws IOException {
        log.create().grow(1, 5).commit(6, remove("f1")).checkpoint().grow(7, 9).commit(10, remove("f2"));
        files("f1", "f2");
        Table table = log.table();
        assertThat(readable(table)).isEqualTo("0 to 10");
        for (long version = 0; version < 5; version++) {
            log.delete(version);
        }
        assertThat(readable(table)).isEqualTo("6 to 10");
        assertThat(readable(log.table())).isEqualTo("6 to 10");
        Files.delete(folder.resolve("f2"));
        assertThat(readable(table)).isEqualTo("10");
        assertThat(readable(log.table())).isEqualTo("10");
    }

    @Test
    void who_asks_seldom_misses_what_was_cleaned_meanwhile_and_nothing_else() throws IOException {
        Table table = log.create().grow(1, 3).table();
        assertThat(readable(table)).isEqualTo("0 to 3");
        files("f11");
        log.grow(4, 10).checkpoint().grow(11, 12).commit(13, remove("f11")).commit(14, remove("f12"));
        for (long version = 0; version < 10; version++) {
            log.delete(version);
        }
        assertThat(readable(table)).isEqualTo("10 to 11, 14");
    }

    @Test
    void a_table_made_anew_is_judged_anew() throws IOException {
        Table table = log.create().commit(1, add("a", 1)).commit(2, remove("a")).table();
        assertThat(readable(table)).isEqualTo("0, 2");
        log.destroy();
        log.create().grow(1, 1);
        assertThat(readable(table)).isEqualTo("0 to 1");
    }

    @Test
    void a_version_whose_deletion_vector_was_vacuumed_cannot_be_read() throws IOException {
        Path copy = folder.resolve("dv");
        try (var files = Files.walk(Path.of("src/test/resources/tables/deletion_vectors/table"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(Path.of("src/test/resources/tables/deletion_vectors/table").relativize(file).toString()));
            }
        }
        Table table = Lake.at(copy.toString()).table("");
        long newest = table.latestVersion();
        assertThat(table.travel().readable().count()).isEqualTo(newest + 1);
        long version = 0;
        while (table.snapshot(version).files().stream().noneMatch(file -> file.deletions().filter(vector -> vector.location() != null).isPresent())) {
            version++;
        }
        String vector = table.snapshot(version).files().stream().flatMap(file -> file.deletions().stream()).findFirst().orElseThrow().location();
        assertThat(table.snapshot(newest).files()).noneMatch(file -> file.deletions().filter(found -> vector.equals(found.location())).isPresent());
        Files.delete(Path.of(vector.substring("file:".length())));
        Versions readable = Lake.at(copy.toString()).table("").travel().readable();
        assertThat(readable.contains(version)).isFalse();
        assertThat(readable.contains(version - 1)).isTrue();
        assertThat(readable.contains(newest)).isTrue();
    }

    @Test
    void random_tables_can_be_read_at_the_versions_whose_files_are_all_there() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            Path place = Files.createDirectory(folder.resolve("t" + seed));
            Random random = new Random(seed);
            SampleLog table = new SampleLog(place).create();
            List<List<String>> states = new ArrayList<>(List.of(List.of()));
            Table reader = table.table();
            TreeSet<String> gone = new TreeSet<>();
            for (int version = 1; version <= 60; version++) {
                List<String> live = new ArrayList<>(states.get(version - 1));
                List<String> lines = new ArrayList<>();
                for (int i = random.nextInt(3); i > 0 && !live.isEmpty(); i--) {
                    lines.add(remove(live.remove(random.nextInt(live.size()))));
                }
                String name = "f" + version;
                Files.writeString(place.resolve(name), "");
                lines.add(add(name, 1));
                live.add(name);
                states.add(live);
                table.commit(version, lines.toArray(String[]::new));
                for (int i = 1; i < version; i++) {
                    if (!live.contains("f" + i) && random.nextInt(40) == 0 && gone.add("f" + i)) {
                        Files.delete(place.resolve("f" + i));
                    }
                }
                if (version % 7 == 0) {
                    assertThat(reader.travel().readable()).as("seed %d, version %d", seed, version).isEqualTo(expected(states, gone));
                }
            }
            assertThat(table.table().travel().readable()).isEqualTo(expected(states, gone));
        }
    }

    private static Versions expected(List<List<String>> states, TreeSet<String> gone) {
        List<Versions.Run> lost = new ArrayList<>();
        for (int version = 0; version < states.size(); version++) {
            if (states.get(version).stream().anyMatch(gone::contains)) {
                lost.add(new Versions.Run(version, version));
            }
        }
        return new Versions(List.of(new Versions.Run(0, states.size() - 1))).without(lost);
    }

    @Test
    void sizes_are_those_of_the_snapshots() {
        Table table = log.create().commit(1, add("a", 7)).commit(2, add("b", 5)).commit(3, remove("a"), add("c", 2)).commit(4, add("c", 3)).table();
        assertThat(table.travel().sizes(0, 4)).containsExactly(new TimeTravel.Size(0, 0, 0, 0), new TimeTravel.Size(1, 1, 10, 7), new TimeTravel.Size(2, 2, 20, 12),
                new TimeTravel.Size(3, 2, 20, 7), new TimeTravel.Size(4, 2, 20, 8));
        assertThat(table.travel().sizes(2, 3)).hasSize(2);
        assertThatThrownBy(() -> table.travel().sizes(3, 5)).isInstanceOf(LakeException.class).hasMessageContaining("holds versions 0 to 4");
    }

    @Test
    void sizes_of_a_table_that_spark_wrote_are_those_of_its_snapshots() {
        Table table = Lake.at("src/test/resources/tables/basic_ops/table").table("");
        for (TimeTravel.Size size : table.travel().sizes(0, 8)) {
            Snapshot snapshot = table.snapshot(size.version());
            assertThat(size).isEqualTo(new TimeTravel.Size(snapshot.version(), snapshot.files().size(), snapshot.bytes(), snapshot.rows()));
        }
        assertThat(table.travel().readable()).hasToString("0 to 8");
    }

    @Test
    void an_effect_tells_new_rows_from_moved_and_deleted_ones() {
        Table table = log.create().commit(1, add("a", 7), add("b", 5)).commit(2, add("c", 1))
                .commit(3, remove("a").replace("\"dataChange\":true", "\"dataChange\":false"), add("d", 7).replace("\"dataChange\":true", "\"dataChange\":false"))
                .commit(4, remove("b"), add("e", 2)).commit(5, remove("e")).table();
        TimeTravel travel = table.travel();
        assertThat(travel.effect(2).appended()).hasSize(1);
        assertThat(travel.effect(2).growth()).hasValue(1);
        assertThat(travel.effect(3).rewritten()).hasSize(1);
        assertThat(travel.effect(3).removed()).singleElement().satisfies(file -> assertThat(file.location()).endsWith("/a"));
        assertThat(travel.effect(3).growth()).hasValue(0);
        assertThat(travel.effect(4).growth()).hasValue(-3);
        assertThat(travel.effect(4).appended()).isEmpty();
        assertThat(travel.effect(5).growth()).hasValue(-2);
    }
}
