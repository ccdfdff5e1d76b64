package dev.tidemark.lake.column;

import dev.tidemark.lake.LakeException;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Compressor;
import org.apache.parquet.format.CompressionCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DecompressorTest {

    private static final byte[] TEXT = "21.5 21.6 21.5 21.5 21.6 ".repeat(400).getBytes(StandardCharsets.US_ASCII);

    @Test
    void snappy_is_understood_where_its_library_cannot_be_loaded() throws IOException {
        byte[] compressed = Snappy.compress(TEXT);
        byte[] out = new byte[TEXT.length + 16];
        assertThat(Decompressor.snappyInJava(compressed, 0, compressed.length, out, 8, TEXT.length)).isEqualTo(TEXT.length);
        assertThat(Arrays.copyOfRange(out, 8, 8 + TEXT.length)).isEqualTo(TEXT);
        assertThat(Arrays.copyOfRange(out, 8 + TEXT.length, out.length)).containsOnly(0);
    }

    @Test
    void a_page_that_would_reach_beyond_its_room_is_refused_without_the_library_too() throws IOException {
        byte[] compressed = Snappy.compress(TEXT);
        assertThatThrownBy(() -> Decompressor.snappyInJava(compressed, 0, compressed.length, new byte[TEXT.length], 0, TEXT.length - 1))
                .isInstanceOfAny(MalformedInputException.class, IllegalArgumentException.class);
    }

    /** In blocks, each compressed by itself. */
    private static byte[] framed(int blocks) {
        Lz4Compressor lz4 = new Lz4Compressor();
        ByteBuffer framed = ByteBuffer.allocate(2 * TEXT.length + 1000);
        int size = TEXT.length / blocks;
        for (int i = 0; i < blocks; i++) {
            byte[] compressed = new byte[lz4.maxCompressedLength(size)];
            int length = lz4.compress(TEXT, i * size, size, compressed, 0, compressed.length);
            framed.putInt(size).putInt(length).put(compressed, 0, length);
        }
        return Arrays.copyOf(framed.array(), framed.position());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void lz4_is_understood_in_the_blocks_of_hadoop(int blocks) throws IOException {
        byte[] compressed = framed(blocks);
        byte[] out = new byte[TEXT.length];
        try (Scratch scratch = new Scratch()) {
            Decompressor.decompress(CompressionCodec.LZ4, scratch, compressed, 0, compressed.length, out, 0, out.length);
            assertThat(out).isEqualTo(TEXT);
            assertThatThrownBy(() -> Decompressor.decompress(CompressionCodec.LZ4, scratch, compressed, 0, compressed.length - 1, out, 0, out.length)).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void lz4_is_understood_without_blocks_as_arrow_once_wrote_it() throws IOException {
        Lz4Compressor lz4 = new Lz4Compressor();
        byte[] compressed = new byte[lz4.maxCompressedLength(TEXT.length)];
        int length = lz4.compress(TEXT, 0, TEXT.length, compressed, 0, compressed.length);
        byte[] out = new byte[TEXT.length];
        try (Scratch scratch = new Scratch()) {
            Decompressor.decompress(CompressionCodec.LZ4, scratch, compressed, 0, length, out, 0, out.length);
        }
        assertThat(out).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @EnumSource(value = CompressionCodec.class, names = {"BROTLI", "LZO"})
    void a_codec_that_nobody_here_knows_is_named(CompressionCodec codec) {
        assertThatThrownBy(() -> Decompressor.decompress(codec, new Scratch(), new byte[9], 0, 9, new byte[9], 0, 9)).isInstanceOf(LakeException.class)
                .hasMessageContaining(codec.name()).hasMessageContaining("ZSTD");
    }
}
