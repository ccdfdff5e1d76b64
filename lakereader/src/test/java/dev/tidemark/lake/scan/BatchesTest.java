package dev.tidemark.lake.scan;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.column.Batch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Reading ahead with several threads, and reading no more than was asked for. */
@Timeout(600)
class BatchesTest {

    private static final int FILES = 12;
    private static final int ROWS = 350;

    @TempDir
    Path folder;
    private Snapshot snapshot;

    @BeforeEach
    void write() throws IOException {
        snapshot = ReadingsTable.write(folder, FILES, ROWS, true);
    }

    private Scan scan() {
        return Scan.of(snapshot).cache(new ColumnCache(0)).columns(List.of("n", "device"));
    }

    private static List<Long> readings(Iterator<Batch> batches) {
        List<Long> readings = new ArrayList<>();
        batches.forEachRemaining(batch -> LongStream.of(batch.longs("n").values()).forEach(readings::add));
        return readings;
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 40})
    void rows_come_in_the_order_of_the_files_however_many_threads_read(int threads) {
        try (Batches batches = scan().batches(threads)) {
            assertThat(readings(batches)).isEqualTo(numbers(0, FILES * ROWS));
            assertThat(batches.hasNext()).isFalse();
            assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
        }
        try (Batches some = scan().where(new Condition.Range("n", 400L, 900L)).batches(threads)) {
            assertThat(readings(some)).isEqualTo(numbers(400, 900));
        }
        try (Batches none = scan().where(Condition.equal("n", -1L)).batches(threads)) {
            assertThat(none.hasNext()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 100, 101, 350, 1234, 100_000})
    void a_limit_cuts_the_last_batch(int limit) {
        List<Long> expected = numbers(0, Math.min(limit, FILES * ROWS));
        assertThat(readings(List.of(scan().limit(limit).readAll()).iterator())).isEqualTo(expected);
        assertThat(scan().limit(limit).count()).isEqualTo(expected.size());
        assertThat(scan().limit(limit).knownRows()).isEqualTo(expected.size());
        try (Batches batches = scan().limit(limit).batches(3)) {
            assertThat(readings(batches)).isEqualTo(expected);
        }
        Scan odd = scan().where(new Condition.In("ok", java.util.Set.of(true))).limit(limit);
        assertThat(odd.count()).isEqualTo(odd.readAll().rows()).isLessThanOrEqualTo(limit);
    }

    @Test
    void what_lies_behind_the_limit_is_not_opened() throws IOException {
        for (int day = 1; day < FILES; day++) {
            Files.delete(folder.resolve("day-" + day + ".parquet"));
        }
        assertThat(scan().limit(300).readAll().rows()).isEqualTo(300);
        assertThatThrownBy(() -> scan().limit(351).readAll()).isInstanceOf(LakeException.class).hasMessageContaining("day-1.parquet");
    }

    @Test
    void no_more_is_read_ahead_than_a_row_group_for_each_thread_and_one() throws Exception {
        ColumnCache seen = new ColumnCache(64 << 20);
        try (Batches batches = scan().cache(seen).batches(2)) {
            batches.next();
        }
        long ahead = seen.weight();
        Scan.of(snapshot).cache(seen).columns(List.of("n", "device")).readAll();
        // One taken and at most three ahead, of forty-eight, and the footers of a few files.
        assertThat(ahead).isLessThan(seen.weight() / 2);
    }

    @Test
    void closing_early_ends_the_threads() {
        Batches batches = scan().batches(3);
        assertThat(batches.next().rows()).isEqualTo(100);
        batches.close();
        assertThat(batches.hasNext()).isFalse();
        assertThatThreadsEnd();
        batches.close();
    }

    @Test
    void a_file_that_cannot_be_read_is_told_after_the_rows_before_it() throws IOException {
        Files.write(folder.resolve("day-3.parquet"), new byte[100]);
        try (Batches batches = scan().batches(4)) {
            List<Long> before = new ArrayList<>();
            assertThatThrownBy(() -> batches.forEachRemaining(batch -> LongStream.of(batch.longs("n").values()).forEach(before::add)))
                    .isInstanceOf(LakeException.class).hasMessageContaining("day-3.parquet");
            assertThat(before.size()).isLessThanOrEqualTo(3 * ROWS);
            assertThat(before).isEqualTo(numbers(0, before.size()));
        }
        assertThatThreadsEnd();
    }

    @Test
    void an_interrupt_ends_it() {
        try (Batches batches = scan().batches(2)) {
            batches.next();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> batches.forEachRemaining(batch -> { })).isInstanceOf(CancellationException.class);
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void assertThatThreadsEnd() {
        List<Thread> threads = Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("scan-")).toList();
        // A pool says that it has ended a moment before its last thread has.
        assertThat(threads).allSatisfy(thread -> {
            thread.join(90_000);
            assertThat(thread.isAlive()).isFalse();
        });
    }
}
