package dev.tidemark.stream.table;

import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Codes as Parquet's own decoder reads them. */
class PageBufferTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 12, 16, 17, 23, 24})
    void codes_with_runs_of_any_length_are_read_back(int width) throws IOException {
        Random random = new Random(width);
        for (int round = 0; round < 200; round++) {
            int[] codes = new int[5 + random.nextInt(2_000)];
            for (int i = 0; i < codes.length; ) {
                int run = random.nextBoolean() ? 1 + random.nextInt(10) : 1 + random.nextInt(300);
                int end = Math.min(codes.length, i + run);
                Arrays.fill(codes, i, end, random.nextInt(1 << width));
                i = end;
            }
            int from = random.nextInt(5);
            PageBuffer page = new PageBuffer();
            page.putCodes(codes, from, codes.length, width);
            assertThat(read(page, width, codes.length - from)).containsExactly(Arrays.copyOfRange(codes, from, codes.length));
        }
    }

    private static int[] read(PageBuffer page, int width, int count) throws IOException {
        RunLengthBitPackingHybridDecoder decoder = new RunLengthBitPackingHybridDecoder(width, new ByteArrayInputStream(page.bytes().toByteArray()));
        int[] read = new int[count];
        for (int i = 0; i < count; i++) {
            read[i] = decoder.readInt();
        }
        return read;
    }
}
