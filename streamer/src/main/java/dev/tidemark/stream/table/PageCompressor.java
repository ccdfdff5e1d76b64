package dev.tidemark.stream.table;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Compresses pages straight from array to array. Parquet's own way goes through Hadoop's codec streams, which copy every page several times. The
 * result is valid until the next call. Not thread-safe.
 */
final class PageCompressor implements BytesInputCompressor {

    private static final int FAST = 1;
    /** 128 KiB: what repeats in a page repeats near, and a window that fits the processor's cache is a fifth faster (and finds as much). */
    private static final int ZSTD_WINDOW = 17;

    private final CompressionCodecName codec;
    private final ZstdCompressCtx zstd;
    private byte[] compressed = new byte[0];

    /** @param codec UNCOMPRESSED, SNAPPY or ZSTD (at its first level) */
    PageCompressor(CompressionCodecName codec) {
        this(codec, FAST);
    }

    private PageCompressor(CompressionCodecName codec, int level) {
        this.codec = codec;
        this.zstd = codec == CompressionCodecName.ZSTD ? new ZstdCompressCtx().setLevel(level).setWindowLog(ZSTD_WINDOW) : null;
    }

    /** Zstandard at a level: the higher, the slower and the smaller. */
    static PageCompressor zstd(int level) {
        return new PageCompressor(CompressionCodecName.ZSTD, level);
    }

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
        if (codec == CompressionCodecName.UNCOMPRESSED) {
            return bytes;
        }
        ByteBuffer page = bytes.toByteBuffer();
        byte[] array = page.array();
        int from = page.arrayOffset() + page.position();
        int size = page.remaining();
        int most = zstd == null ? Snappy.maxCompressedLength(size) : Math.toIntExact(Zstd.compressBound(size));
        if (compressed.length < most) {
            compressed = new byte[most];
        }
        int length = zstd == null ? Snappy.rawCompress(array, from, size, compressed, 0)
                : zstd.compressByteArray(compressed, 0, compressed.length, array, from, size);
        return BytesInput.from(compressed, 0, length);
    }

    @Override
    public CompressionCodecName getCodecName() {
        return codec;
    }

    @Override
    public void release() {
        if (zstd != null) {
            zstd.close();
        }
    }
}
