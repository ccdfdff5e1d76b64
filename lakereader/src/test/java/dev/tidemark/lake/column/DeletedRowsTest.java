package dev.tidemark.lake.column;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.DeletionVector;
import dev.tidemark.lake.LakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Roaring bitmaps of deleted rows, each kind of container put together by hand. */
class DeletedRowsTest {

    private static final String BASE85 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

    @TempDir
    private Path folder;

    private static ByteBuffer buffer() {
        return ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    /** Rows 1 and 7 listed, and rows 65536 to 65545 as a run: three runs' containers would have offsets. */
    private static byte[] listAndRun() {
        ByteBuffer bitmap = buffer().putInt(1681511377).putLong(1).putInt(0).putInt(12347 | 1 << 16).put((byte) 0b10);
        bitmap.putShort((short) 0).putShort((short) 1).putShort((short) 1).putShort((short) 9);
        return bytes(bitmap.putShort((short) 1).putShort((short) 7).putShort((short) 1).putShort((short) 0).putShort((short) 9));
    }

    /** Every row below 10,000 that is no multiple of two. */
    private static byte[] bits() {
        ByteBuffer bitmap = buffer().putInt(1681511377).putLong(1).putInt(0).putInt(12346).putInt(1).putShort((short) 0).putShort((short) 4999).putInt(16);
        for (int i = 0; i < 8192; i++) {
            bitmap.put((byte) (i < 1250 ? 0b10101010 : 0));
        }
        return bytes(bitmap);
    }

    private static DataFile file(DeletionVector vector) {
        return new DataFile("file:/lake/t/x.parquet", Map.of(), 10, Instant.EPOCH, Optional.empty(), Optional.of(vector));
    }

    private static DataFile inline(byte[] bitmap, long rows) {
        ByteBuffer padded = ByteBuffer.wrap(Arrays.copyOf(bitmap, (bitmap.length + 3) / 4 * 4));
        StringBuilder text = new StringBuilder();
        while (padded.hasRemaining()) {
            long word = padded.getInt() & 0xffffffffL;
            char[] digits = new char[5];
            for (int i = 4; i >= 0; i--) {
                digits[i] = BASE85.charAt((int) (word % 85));
                word /= 85;
            }
            text.append(digits);
        }
        return file(new DeletionVector("i", null, text.toString(), 0, bitmap.length, rows));
    }

    private DataFile stored(byte[] bitmap, long rows, int offset) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(bitmap);
        ByteBuffer all = ByteBuffer.allocate(offset + 8 + bitmap.length).put((byte) 1).position(offset).putInt(bitmap.length).put(bitmap).putInt((int) checksum.getValue());
        Path file = Files.write(folder.resolve("vector.bin"), all.array());
        return file(new DeletionVector("u", "file:" + file, null, offset, bitmap.length, rows));
    }

    @Test
    void rows_that_are_listed_and_rows_in_runs_are_left_out() {
        DeletedRows deleted = DeletedRows.of(inline(listAndRun(), 12), 70_000);
        assertThat(deleted.left(0, RowRanges.of(0, 9))).containsExactly(0, 2, 3, 4, 5, 6, 8);
        assertThat(deleted.left(60_000, RowRanges.of(5_530, 5_550))).containsExactly(0, 1, 2, 3, 4, 5, 16, 17, 18, 19);
        assertThat(deleted.left(0, RowRanges.of(100, 200))).isNull();
    }

    @Test
    void rows_told_by_bits_in_a_file_are_left_out_of_each_row_group() throws IOException {
        DeletedRows deleted = DeletedRows.of(stored(bits(), 5_000, 37), 20_000);
        assertThat(deleted.left(0, RowRanges.of(0, 10_000))).isEqualTo(IntStream.range(0, 5_000).map(i -> 2 * i).toArray());
        assertThat(deleted.left(9_999, RowRanges.of(0, 3))).containsExactly(1, 2);
    }

    @Test
    void what_does_not_fit_the_log_or_the_data_file_is_told_with_the_file() throws IOException {
        DataFile other = stored(bits(), 4_999, 1);
        assertThatThrownBy(() -> DeletedRows.of(other, 20_000)).isInstanceOf(LakeException.class).hasMessageContaining("vector.bin").hasMessageContaining("5000 rows");
        DataFile beyond = stored(bits(), 5_000, 1);
        assertThatThrownBy(() -> DeletedRows.of(beyond, 9_000)).hasMessageContaining("in a file of 9000");
        assertThatThrownBy(() -> DeletedRows.of(inline(new byte[20], 0), 10)).hasMessageContaining("x.parquet").hasMessageContaining("1681511377");
    }

    @Test
    void a_vector_that_is_cut_or_flipped_is_an_error_or_says_other_rows_but_never_more() throws IOException {
        byte[] whole = listAndRun();
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            byte[] broken = random.nextBoolean() ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            if (broken.length > 0) {
                broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(DeletedRows.of(inline(broken, 12), 70_000).left(0, RowRanges.of(0, 70_000))).hasSize(70_000 - 12);
            } catch (LakeException told) {
                assertThat(told.reason()).isEqualTo(LakeException.Reason.BROKEN_DATA);
            }
        }
        DataFile stored = stored(whole, 12, 1);
        byte[] flipped = Files.readAllBytes(folder.resolve("vector.bin"));
        flipped[9] ^= 1;
        Files.write(folder.resolve("vector.bin"), flipped);
        assertThatThrownBy(() -> DeletedRows.of(stored, 70_000)).hasMessageContaining("checksum");
    }
}
