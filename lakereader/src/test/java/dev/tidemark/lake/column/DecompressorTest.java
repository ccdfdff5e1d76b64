package dev.tidemark.lake.column;

import io.airlift.compress.MalformedInputException;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

import java.io.IOException;
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
}
