package dev.tidemark.lake.azure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class FileCacheTest {

    private static final Instant START = Instant.parse("2026-11-21T05:24:00Z");
    private static final int LENGTH = 10_000;

    @TempDir
    private Path folder;

    private FileCache cache(long limit, Instant now) {
        return new FileCache(folder.resolve("cache"), limit, Clock.fixed(now, ZoneOffset.UTC), Runnable::run);
    }

    private static byte[] block(int fill) {
        byte[] bytes = new byte[LENGTH];
        Arrays.fill(bytes, (byte) fill);
        return bytes;
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void a_block_is_found_by_file_and_number_only() {
        FileCache cache = cache(1 << 20, START);
        cache.put("a", 3, block(1), 0, LENGTH);
        assertThat(cache.get("a", 3, LENGTH)).isEqualTo(block(1));
        assertThat(cache.get("a", 4, LENGTH)).isNull();
        assertThat(cache.get("b", 3, LENGTH)).isNull();
    }

    @Test
    void another_process_finds_it_too() {
        cache(1 << 20, START).put("a", 0, block(1), 0, LENGTH);
        assertThat(cache(1 << 20, START).get("a", 0, LENGTH)).isEqualTo(block(1));
    }

    @Test
    void what_was_damaged_or_cut_off_is_thrown_away() throws IOException {
        FileCache cache = cache(1 << 20, START);
        cache.put("a", 0, block(1), 0, LENGTH);
        byte[] bytes = Files.readAllBytes(kept().get(0));
        bytes[5_000] ^= 1;
        Files.write(kept().get(0), bytes);
        assertThat(cache.get("a", 0, LENGTH)).isNull();
        assertThat(kept()).isEmpty();
        cache.put("a", 0, block(1), 0, LENGTH);
        Files.write(kept().get(0), Arrays.copyOf(bytes, 5_000));
        assertThat(cache.get("a", 0, LENGTH)).isNull();
        cache.put("a", 0, block(1), 0, LENGTH);
        assertThat(cache.get("a", 0, LENGTH - 1)).isNull();
    }

    @Test
    void the_least_lately_used_goes_when_there_is_too_much() throws IOException {
        long limit = 20 * (LENGTH + 12 + 4_096);
        for (int i = 0; i < 20; i++) {
            cache(limit, START.plus(Duration.ofHours(i))).put("f" + i, 0, block(i), 0, LENGTH);
        }
        Instant later = START.plus(Duration.ofDays(2));
        FileCache cache = cache(limit, later);
        assertThat(cache.get("f0", 0, LENGTH)).isNotNull();
        for (int i = 20; i < 40; i++) {
            cache(limit, START.plus(Duration.ofHours(i))).put("f" + i, 0, block(i), 0, LENGTH);
        }
        assertThat(kept()).hasSizeLessThanOrEqualTo(20);
        assertThat(cache.get("f1", 0, LENGTH)).isNull();
        assertThat(cache.get("f39", 0, LENGTH)).isNotNull();
        assertThat(cache.get("f0", 0, LENGTH)).as("used after the others").isNotNull();
    }

    @Test
    void what_a_killed_process_left_aside_is_swept_after_an_hour() throws IOException {
        FileCache cache = cache(1 << 20, START);
        cache.put("a", 0, block(1), 0, LENGTH);
        Path left = Files.write(kept().get(0).resolveSibling("x.part"), new byte[10]);
        Files.setLastModifiedTime(left, FileTime.from(START));
        cache.sweep();
        assertThat(left).exists();
        cache(1 << 20, START.plus(Duration.ofMinutes(61))).sweep();
        assertThat(left).doesNotExist();
    }

    @Test
    void where_nothing_can_be_written_nothing_is_kept_and_nothing_fails() throws IOException {
        Files.write(folder.resolve("cache"), new byte[1]);
        FileCache cache = cache(1 << 20, START);
        cache.put("a", 0, block(1), 0, LENGTH);
        assertThat(cache.get("a", 0, LENGTH)).isNull();
    }

    @Test
    void nobody_else_on_the_machine_may_look() throws IOException {
        cache(1 << 20, START).put("a", 0, block(1), 0, LENGTH);
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("cache")))).isEqualTo("rwx------");
    }
}
