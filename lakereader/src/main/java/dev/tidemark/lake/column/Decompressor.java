package dev.tidemark.lake.column;

import dev.tidemark.lake.LakeException;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import org.apache.parquet.format.CompressionCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyError;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;

/**
 * Undoes a page's compression, from array to array. The libraries are called directly: Parquet's own codecs go
 * through Hadoop's configuration and streams, which costs more than the pages of a small file.
 */
final class Decompressor {

    private static final Logger LOG = LoggerFactory.getLogger(Decompressor.class);

    private Decompressor() {
    }

    /** Fills {@code out[outFrom, outFrom + outLength)}; anything but exactly that many bytes is corrupt. */
    static void decompress(CompressionCodec codec, Scratch scratch, byte[] in, int from, int length, byte[] out, int outFrom, int outLength)
            throws IOException {
        long written = switch (codec) {
            case UNCOMPRESSED -> {
                System.arraycopy(in, from, out, outFrom, Math.min(length, outLength));
                yield length;
            }
            case SNAPPY -> NativeSnappy.LOADS ? snappy(in, from, length, out, outFrom, outLength)
                    : snappyInJava(in, from, length, out, outFrom, outLength);
            case ZSTD -> scratch.zstd().decompressByteArray(out, outFrom, outLength, in, from, length);
            case GZIP -> {
                try (InputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(in, from, length), 4096)) {
                    int read = unzipped.readNBytes(out, outFrom, outLength);
                    yield unzipped.read() < 0 ? read : -1;
                }
            }
            case LZ4_RAW -> new Lz4Decompressor().decompress(in, from, length, out, outFrom, outLength);
            case LZ4 -> lz4(in, from, length, out, outFrom, outLength);
            default -> throw new LakeException(LakeException.Reason.UNSUPPORTED, "its pages are compressed with " + codec
                    + " (expected one of UNCOMPRESSED, SNAPPY, ZSTD, GZIP, LZ4, LZ4_RAW)");
        };
        if (written != outLength) {
            throw new CorruptPageException("a " + codec + " page that does not hold the " + outLength + " bytes it should");
        }
    }

    /** The library unpacks itself into a temporary folder, which may forbid programs; then the slower way has to do. */
    private static final class NativeSnappy {
        private static final boolean LOADS = loads();

        private static boolean loads() {
            try {
                return Snappy.maxCompressedLength(1) > 0;
            } catch (LinkageError | SnappyError e) {
                LOG.debug("Cannot load the native Snappy library", e);
                return false;
            }
        }
    }

    private static long snappy(byte[] in, int from, int length, byte[] out, int outFrom, int outLength) throws IOException {
        // Asked for first: the library trusts the length in the data and would write beyond the array.
        return Snappy.uncompressedLength(in, from, length) == outLength ? Snappy.uncompress(in, from, length, out, outFrom) : -1;
    }

    static long snappyInJava(byte[] in, int from, int length, byte[] out, int outFrom, int outLength) {
        return new SnappyDecompressor().decompress(in, from, length, out, outFrom, outLength);
    }

    /** Framed as Hadoop does it, or (by Arrow before 2020) not at all: the codec's name was given to both, until LZ4_RAW was made for the second. */
    private static long lz4(byte[] in, int from, int length, byte[] out, int outFrom, int outLength) {
        try {
            long written = lz4Blocks(in, from, length, out, outFrom, outLength);
            if (written == outLength) {
                return written;
            }
        } catch (CorruptPageException | MalformedInputException | IllegalArgumentException | BufferUnderflowException notFramed) {
            // Tried as the other.
        }
        return new Lz4Decompressor().decompress(in, from, length, out, outFrom, outLength);
    }

    /** Hadoop's framing of LZ4: blocks, each after its raw and its compressed length, both big-endian. */
    private static long lz4Blocks(byte[] in, int from, int length, byte[] out, int outFrom, int outLength) {
        Lz4Decompressor lz4 = new Lz4Decompressor();
        ByteBuffer blocks = ByteBuffer.wrap(in, from, length);
        int written = 0;
        while (blocks.remaining() > 8) {
            int raw = blocks.getInt();
            while (raw > 0) {
                int compressed = blocks.getInt();
                if (compressed < 0 || compressed > blocks.remaining()) {
                    throw new CorruptPageException("an LZ4 block that reaches beyond its page");
                }
                int n = lz4.decompress(in, blocks.position(), compressed, out, outFrom + written, outLength - written);
                blocks.position(blocks.position() + compressed);
                written += n;
                raw -= n;
            }
        }
        return written;
    }
}
