package dev.tidemark.lake.azure;

import org.apache.hadoop.fs.FileRange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Reads a file in every way there is, with and without a cache, and compares with its bytes. */
@Timeout(600)
class RemoteStreamTest {

    private static final ExecutorService READERS = Executors.newFixedThreadPool(4);

    private final byte[] bytes = new byte[3_000_017];
    private final List<Integer> requests = new CopyOnWriteArrayList<>();
    private final RemoteFile.Source source = (position, into, offset, length) -> {
        requests.add(length);
        System.arraycopy(bytes, (int) position, into, offset, length);
    };

    RemoteStreamTest() {
        new Random(7).nextBytes(bytes);
    }

    @AfterAll
    static void end() {
        READERS.shutdownNow();
    }

    private RemoteStream stream(FileCache cache) {
        return new RemoteStream(new RemoteFile("f", bytes.length, source, cache, READERS));
    }

    private static FileCache cache(Path folder) {
        return new FileCache(folder, 64 << 20, Clock.systemUTC(), Runnable::run);
    }

    @Test
    void reading_on_and_on_gives_every_byte_in_ever_larger_requests() throws IOException {
        try (RemoteStream in = stream(null)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
        assertThat(requests).hasSizeLessThan(60);
    }

    @Test
    void jumping_about_gives_the_same_bytes_with_and_without_a_cache(@TempDir Path folder) throws IOException {
        for (FileCache cache : new FileCache[] {null, cache(folder)}) {
            Random random = new Random(11);
            try (RemoteStream in = stream(cache)) {
                for (int i = 0; i < 300; i++) {
                    int at = random.nextInt(bytes.length);
                    int length = Math.min(bytes.length - at, 1 + random.nextInt(i % 10 == 0 ? 1_000_000 : 3_000));
                    byte[] read = new byte[length];
                    if (i % 2 == 0) {
                        in.readFully(at, read, 0, length);
                    } else {
                        in.seek(at);
                        assertThat(in.readNBytes(read, 0, length)).isEqualTo(length);
                        assertThat(in.getPos()).isEqualTo(at + length);
                    }
                    assertThat(read).isEqualTo(Arrays.copyOfRange(bytes, at, at + length));
                }
            }
        }
    }

    @Test
    void several_ranges_at_once_come_each_whole(@TempDir Path folder) throws Exception {
        for (FileCache cache : new FileCache[] {null, cache(folder), cache(folder)}) {
            try (RemoteStream in = stream(cache)) {
                List<FileRange> ranges = List.of(FileRange.createFileRange(5, 100), FileRange.createFileRange(1_000_000, 900_001), FileRange.createFileRange(bytes.length - 9, 9));
                in.readVectored(ranges, ByteBuffer::allocate);
                for (FileRange range : ranges) {
                    assertThat(range.getData().get().array()).isEqualTo(Arrays.copyOfRange(bytes, (int) range.getOffset(), (int) range.getOffset() + range.getLength()));
                }
                in.readVectored(ranges, ByteBuffer::allocateDirect);
                assertThat(ranges.get(1).getData().get().remaining()).isEqualTo(900_001);
            }
        }
    }

    @Test
    void what_was_read_before_is_not_asked_for_again(@TempDir Path folder) throws IOException {
        byte[] read = new byte[100_000];
        try (RemoteStream in = stream(cache(folder))) {
            in.readFully(1_000_000, read, 0, read.length);
        }
        requests.clear();
        try (RemoteStream in = stream(cache(folder))) {
            in.readFully(1_000_000, read, 0, read.length);
        }
        assertThat(read).isEqualTo(Arrays.copyOfRange(bytes, 1_000_000, 1_100_000));
        assertThat(requests).isEmpty();
    }

    @Test
    void nothing_lies_behind_the_end() throws IOException {
        try (RemoteStream in = stream(null)) {
            assertThatThrownBy(() -> in.readFully(bytes.length - 5, new byte[6], 0, 6)).isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> in.seek(bytes.length + 1)).isInstanceOf(EOFException.class);
            in.seek(bytes.length);
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read(bytes.length, new byte[1], 0, 1)).isEqualTo(-1);
        }
    }
}
