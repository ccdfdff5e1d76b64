package dev.tidemark.lake;

import dev.tidemark.lake.LakeException.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import static dev.tidemark.lake.SampleLog.PROTOCOL;
import static dev.tidemark.lake.SampleLog.add;
import static dev.tidemark.lake.SampleLog.metadata;
import static dev.tidemark.lake.SampleLog.remove;
import static dev.tidemark.lake.SampleLog.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

class TableTest {

    @TempDir
    private Path folder;
    private SampleLog log;

    @BeforeEach
    void writer() {
        log = new SampleLog(folder);
    }

    private static LakeException refusal(Reason reason, Runnable question) {
        LakeException refusal = catchThrowableOfType(LakeException.class, question::run);
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
        assertThat(refusal.getMessage()).doesNotContain("\n");
        return refusal;
    }

    private static List<String> names(Snapshot snapshot) {
        return snapshot.files().stream().map(file -> file.location().replaceFirst(".*/", "")).toList();
    }

    @Test
    void a_new_commit_is_seen_by_the_next_question() {
        Table table = log.create().table();
        assertThat(table.latestVersion()).isZero();
        log.commit(1, add("a", 3));
        assertThat(table.latestVersion()).isEqualTo(1);
        assertThat(names(table.snapshot())).containsExactly("a");
        log.commit(2, remove("a"), add("b", 4), transaction("writer", 7));
        assertThat(names(table.snapshot())).containsExactly("b");
        assertThat(table.snapshot().transactions()).containsEntry("writer", 7L);
        assertThat(table.snapshot().rows()).isEqualTo(4);
    }

    @Test
    void columns_that_the_writer_fills_in_are_columns_like_others() {
        String number = "{\\\"name\\\":\\\"n\\\",\\\"type\\\":\\\"long\\\",\\\"nullable\\\":true,\\\"metadata\\\":{\\\"delta.identity.start\\\":1,"
                + "\\\"delta.identity.step\\\":1,\\\"delta.identity.highWaterMark\\\":9,\\\"delta.identity.allowExplicitInsert\\\":false}},";
        String day = "{\\\"name\\\":\\\"day\\\",\\\"type\\\":\\\"date\\\",\\\"nullable\\\":true,\\\"metadata\\\":{"
                + "\\\"delta.generationExpression\\\":\\\"CAST(ts AS DATE)\\\",\\\"CURRENT_DEFAULT\\\":\\\"current_date()\\\"}},";
        String columns = metadata().replace("\\\"fields\\\":[", "\\\"fields\\\":[" + number + day);
        String protocol = "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,\"writerFeatures\":[\"identityColumns\",\"generatedColumns\","
                + "\"allowColumnDefaults\",\"checkConstraints\",\"appendOnly\"]}}";
        Snapshot snapshot = log.commit(0, protocol, columns).grow(1, 1).table().snapshot();
        assertThat(snapshot.schema().fields()).extracting(Schema.Field::name).containsExactly("n", "day", "id");
        assertThat(snapshot.schema().fields()).extracting(Schema.Field::type).containsExactly(Type.Primitive.LONG, Type.Primitive.DATE, Type.Primitive.LONG);
        assertThat(snapshot.files().get(0).statistics().orElseThrow().max()).containsEntry("id", 9L);
    }

    @Test
    void a_version_stays_the_same_whichever_way_it_is_reached() {
        log.create().grow(1, 250).commit(251, remove("f7"), remove("f250")).grow(252, 260);
        Table upward = log.table();
        Table downward = log.table();
        for (long version = 260; version >= 0; version--) {
            downward.snapshot(version);
        }
        for (long version = 0; version <= 260; version++) {
            assertThat(upward.snapshot(version)).isEqualTo(downward.snapshot(version)).isEqualTo(log.table().snapshot(version));
        }
        assertThat(upward.snapshot(251).files()).hasSize(248);
    }

    /** Of a hundred such tables every third kept files of the old one before this was looked after. */
    @Test
    void what_is_read_while_the_table_is_made_anew_is_not_kept() throws Exception {
        for (int round = 0; round < 25; round++) {
            Path place = folder.resolve("t" + round);
            SampleLog old = new SampleLog(place).create();
            for (int version = 1; version <= 30; version++) {
                old.commit(version, add("old" + version, 10));
            }
            Table table = old.table();
            AtomicBoolean end = new AtomicBoolean();
            AtomicInteger asked = new AtomicInteger();
            List<Thread> readers = new ArrayList<>();
            for (int reader = 0; reader < 3; reader++) {
                Random random = new Random(reader);
                boolean looks = reader == 0;
                readers.add(new Thread(() -> {
                    while (!end.get()) {
                        try {
                            if (looks) {
                                table.latestVersion();
                            } else {
                                table.snapshot(random.nextInt(31));
                            }
                        } catch (LakeException nowHere) {
                            // It is gone for a moment, or not so far yet.
                        }
                        asked.incrementAndGet();
                    }
                }));
            }
            readers.forEach(Thread::start);
            awaitCount(asked, 1 + round % 5);
            old.destroy();
            SampleLog anew = new SampleLog(place).create();
            for (int version = 1; version <= 30; version++) {
                anew.commit(version, add("new" + version, 10));
            }
            awaitCount(asked, asked.get() + 30);
            end.set(true);
            for (Thread reader : readers) {
                reader.join();
            }
            for (long version = 0; version <= 30; version++) {
                assertThat(names(table.snapshot(version))).as("round %d", round).noneMatch(name -> name.startsWith("old"));
            }
            assertThat(table.history()).flatExtracting(Commit::added).noneMatch(file -> file.location().contains("/old"));
        }
    }

    private static void awaitCount(AtomicInteger count, int expected) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (count.get() < expected && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertThat(count.get()).isGreaterThanOrEqualTo(expected);
    }

    @Test
    void a_version_that_never_was_is_gone_with_a_word_on_those_that_are() {
        Table table = log.create().grow(1, 3).table();
        assertThat(refusal(Reason.VERSION_GONE, () -> table.snapshot(4))).hasMessageContaining("versions 0 to 3");
        refusal(Reason.VERSION_GONE, () -> table.snapshot(-1));
        refusal(Reason.VERSION_GONE, () -> table.history(2, 4));
    }

    @Test
    void a_path_is_decoded_once_and_may_be_absolute_as_in_a_shallow_clone() {
        log.create().commit(1, add("p=a%252Fb%20c/x", 1), add("file:///elsewhere/y%20z", 1), add("/mnt/w", 1));
        assertThat(log.table().snapshot().files()).extracting(DataFile::location)
                .containsExactlyInAnyOrder("file:" + folder + "/p=a%2Fb c/x", "file:/elsewhere/y z", "file:/mnt/w");
    }

    @Test
    void commit_times_never_go_back_even_if_the_files_times_do() throws IOException {
        Instant noon = Instant.parse("2024-11-12T12:00:00Z");
        log.create().grow(1, 3).time(0, noon).time(1, noon.plusSeconds(60)).time(2, noon.plusSeconds(10)).time(3, noon.plusSeconds(120));
        assertThat(log.table().history()).extracting(Commit::committedAt).containsExactly(noon, noon.plusSeconds(60),
                noon.plusSeconds(60).plusMillis(1), noon.plusSeconds(120));
        assertThat(log.table().snapshot(2).committedAt()).isEqualTo(noon.plusSeconds(60).plusMillis(1));
    }

    @Test
    void a_time_means_the_last_version_at_or_before_it() throws IOException {
        Instant noon = Instant.parse("2024-11-12T12:00:00Z");
        log.create().grow(1, 9);
        for (int version = 0; version <= 9; version++) {
            log.time(version, noon.plusSeconds(version * 10));
        }
        Table table = log.table();
        assertThat(table.versionAt(noon)).isZero();
        assertThat(table.versionAt(noon.plusSeconds(30))).isEqualTo(3);
        assertThat(table.versionAt(noon.plusSeconds(39))).isEqualTo(3);
        assertThat(table.snapshot(noon.plusSeconds(1_000)).version()).isEqualTo(9);
        assertThat(refusal(Reason.VERSION_GONE, () -> table.versionAt(noon.minusMillis(1)))).hasMessageContaining("2024-11-12T12:00:00Z");
    }

    @Test
    void when_a_commit_was_written_is_told_by_its_writer_s_note_also_of_a_copy() throws IOException {
        Instant copied = Instant.parse("2024-11-12T12:00:00Z");
        log.commit(0, "{\"commitInfo\":{\"timestamp\":5000,\"operation\":\"CREATE TABLE\"}}", PROTOCOL, metadata("", ""));
        log.commit(1, "{\"commitInfo\":{\"operation\":\"WRITE\"}}", add("a", 1));
        log.time(0, copied);
        log.time(1, copied);
        Table table = log.table();
        assertThat(table.history()).extracting(Commit::committedAt).containsExactly(copied, copied.plusMillis(1));
        assertThat(table.history()).extracting(Commit::writtenAt).containsExactly(Instant.ofEpochMilli(5000), copied.plusMillis(1));
    }

    @Test
    void a_time_kept_in_the_log_itself_counts_more_than_the_file_s() throws IOException {
        log.commit(0, "{\"commitInfo\":{\"inCommitTimestamp\":5000,\"operation\":\"CREATE TABLE\"}}", PROTOCOL, metadata("delta.enableInCommitTimestamps", "true"));
        log.commit(1, "{\"commitInfo\":{\"inCommitTimestamp\":6000,\"operation\":\"WRITE\"}}", add("a", 1));
        Table table = log.table();
        assertThat(table.snapshot(1).committedAt()).isEqualTo(Instant.ofEpochMilli(6000));
        assertThat(table.history().get(0).committedAt()).isEqualTo(Instant.ofEpochMilli(5000));
        assertThat(table.versionAt(Instant.ofEpochMilli(5999))).isZero();
    }

    @Test
    void a_missing_folder_and_a_folder_without_a_table_are_told_apart() throws IOException {
        refusal(Reason.NOT_FOUND, () -> Lake.at(folder + "/missing").table("").snapshot());
        assertThat(refusal(Reason.NOT_A_TABLE, () -> log.table().snapshot())).hasMessageContaining("_delta_log").hasMessageContaining(folder.toString());
        assertThat(log.table().exists()).isFalse();
        Files.createDirectory(folder.resolve("_delta_log"));
        assertThat(refusal(Reason.NOT_A_TABLE, () -> log.table().snapshot())).hasMessageContaining("empty");
        assertThat(log.table().exists()).isFalse();
        assertThat(log.create().table().exists()).isTrue();
    }

    @Test
    void a_broken_line_is_named_with_its_file() throws IOException {
        log.create().commit(1, add("a", 1), "{\"add\":{\"path\":\"b\",\"size\":");
        assertThat(refusal(Reason.BROKEN_LOG, () -> log.table().snapshot())).hasMessageContaining("00000000000000000001.json, line 2");
        assertThat(log.table().snapshot(0).files()).isEmpty();
        Files.write(log.file(1), "{\"add\":{\"size\":1}}\n".getBytes(StandardCharsets.UTF_8));
        assertThat(refusal(Reason.BROKEN_LOG, () -> log.table().snapshot())).hasMessageContaining("without \"path\"");
        Files.write(log.file(1), new byte[0]);
        refusal(Reason.BROKEN_LOG, () -> log.table().snapshot());
        Files.write(log.file(1), "[1]\n".getBytes(StandardCharsets.UTF_8));
        refusal(Reason.BROKEN_LOG, () -> log.table().snapshot());
    }

    @Test
    void unknown_actions_and_fields_are_passed_over() {
        log.create().commit(1, "{\"domainMetadata\":{\"domain\":\"x\",\"configuration\":\"{}\"}}", add("a", 1).replace("\"size\"", "\"later\":{\"x\":[1]},\"size\""));
        assertThat(names(log.table().snapshot())).containsExactly("a");
    }

    @Test
    void a_commit_missing_in_the_middle_is_named() throws IOException {
        log.create().grow(1, 5).delete(3);
        assertThat(refusal(Reason.BROKEN_LOG, () -> log.table().snapshot())).hasMessageContaining("00000000000000000003.json").hasMessageContaining("version 5");
    }

    @Test
    void a_log_that_lost_its_beginning_is_broken() throws IOException {
        log.create().grow(1, 5).delete(0).delete(1);
        assertThat(refusal(Reason.BROKEN_LOG, () -> log.table().snapshot())).hasMessageContaining("begins at version 2");
    }

    @Test
    void a_log_without_schema_or_protocol_is_broken() {
        log.commit(0, add("a", 1));
        refusal(Reason.BROKEN_LOG, () -> log.table().snapshot());
    }

    @Test
    void a_column_of_a_type_that_is_not_known_does_not_hide_the_others() {
        log.commit(0, PROTOCOL, metadata().replace("\\\"type\\\":\\\"long\\\"", "\\\"type\\\":\\\"variant\\\""));
        assertThat(log.table().snapshot().schema().field("id").orElseThrow().type()).isEqualTo(new Type.Unreadable("variant"));
    }

    @Test
    void a_decimal_of_impossible_size_is_no_schema() {
        log.commit(0, PROTOCOL, metadata().replace("\\\"type\\\":\\\"long\\\"", "\\\"type\\\":\\\"decimal(99999999999,2)\\\""));
        assertThat(refusal(Reason.BROKEN_LOG, () -> log.table().snapshot())).hasMessageContaining("decimal(99999999999,2)");
    }

    @Test
    void a_table_made_anew_is_not_mixed_with_the_old_one() throws IOException {
        Table table = log.create().grow(1, 5).table();
        assertThat(table.snapshot().files()).hasSize(5);
        log.destroy();
        assertThat(refusal(Reason.NOT_FOUND, table::snapshot)).hasMessageContaining("was there and is gone");
        log.create().commit(1, add("new", 1));
        assertThat(names(table.snapshot())).containsExactly("new");
        assertThat(table.latestVersion()).isEqualTo(1);
        assertThat(table.history()).hasSize(2);
    }

    @Test
    void a_folder_that_may_not_be_read_is_denied() throws IOException {
        log.create();
        Path hidden = folder.resolve("_delta_log");
        Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("---------"));
        try {
            assumeFalse(Files.isReadable(hidden), "this user may read everything");
            assertThat(refusal(Reason.DENIED, () -> log.table().snapshot())).hasMessageContaining("right to read");
        } finally {
            Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
