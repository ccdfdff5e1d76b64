package dev.tidemark.stream.source;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where records are cut depends on the bytes alone. */
class RecordReaderTest {

    private static final String ALPHABET = "ab,;\"\"\n\n\r {}[]\\1";

    @ParameterizedTest
    @EnumSource
    void any_bytes_are_cut_alike_however_they_arrive_and_wherever_reading_resumes(RecordReader.Framing framing) throws IOException {
        Random random = new Random(framing.ordinal());
        for (int round = 0; round < 2_000; round++) {
            byte[] text = text(random, random.nextInt(60));
            List<String> whole = read(framing, new ByteArrayInputStream(text), 0);
            assertThat(read(framing, trickle(text, 0, random), 0)).isEqualTo(whole);
            for (int i = 0; i < whole.size(); i++) {
                RecordReader reader = reader(framing, trickle(text, 0, random), 0);
                for (int k = 0; k <= i; k++) {
                    assertThat(reader.skip()).isTrue();
                }
                int offset = (int) reader.offset();
                assertThat(read(framing, trickle(text, offset, random), offset)).isEqualTo(whole.subList(i + 1, whole.size()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void no_byte_of_a_record_is_lost(RecordReader.Framing framing) throws IOException {
        Random random = new Random(99);
        String between = framing == RecordReader.Framing.VALUES ? "[\\s,\\]]" : "\\s";
        for (int round = 0; round < 2_000; round++) {
            byte[] text = text(random, random.nextInt(60));
            String records = String.join("", read(framing, new ByteArrayInputStream(text), 0)).replaceAll(between, "");
            assertThat(records).isEqualTo(new String(text, StandardCharsets.US_ASCII).replaceAll(between, ""));
        }
    }

    @Test
    void records_longer_than_the_buffer_are_read() throws IOException {
        String longOne = "x".repeat(200_000);
        assertThat(read(RecordReader.Framing.LINES, new ByteArrayInputStream(("a\n" + longOne + "\nb").getBytes(StandardCharsets.US_ASCII)), 0))
                .containsExactly("a", longOne, "b");
        String value = "{\"v\":\"" + longOne + "\"}";
        assertThat(read(RecordReader.Framing.VALUES, new ByteArrayInputStream((value + value).getBytes(StandardCharsets.US_ASCII)), 0))
                .containsExactly(value, value);
    }

    @Test
    void a_record_without_end_is_a_fault() {
        RecordReader reader = new RecordReader(new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        }, 0);
        assertThatThrownBy(reader::next).isInstanceOf(IOException.class).hasMessageContaining("longer than 16 MiB");
    }

    private static byte[] text(Random random, int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        return text;
    }

    private static RecordReader reader(RecordReader.Framing framing, InputStream in, long offset) {
        RecordReader reader = new RecordReader(in, offset);
        reader.framing(framing);
        return reader;
    }

    private static List<String> read(RecordReader.Framing framing, InputStream in, long offset) throws IOException {
        RecordReader reader = reader(framing, in, offset);
        List<String> records = new ArrayList<>();
        while (!reader.atEnd()) {
            records.add(new String(reader.next(), StandardCharsets.US_ASCII));
        }
        assertThat(reader.next()).isNull();
        return records;
    }

    /** Gives a few bytes at a time. */
    private static InputStream trickle(byte[] text, int offset, Random random) {
        return new ByteArrayInputStream(text, offset, text.length - offset) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(length, 1 + random.nextInt(3)));
            }
        };
    }
}
