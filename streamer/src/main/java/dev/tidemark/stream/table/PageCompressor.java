package dev.tidemark.stream.table;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

import java.io.IOException;

/**
 * Compresses pages straight from array to array. Parquet's own way goes through Hadoop's codec streams, which copy every page several times. The
 * result is valid until the next call. Not thread-safe.
 */
final class PageCompressor implements BytesInputCompressor {

    private static final int ZSTD_LEVEL = 1;

    private final CompressionCodecName codec;
    private final ZstdCompressCtx zstd;
    private byte[] compressed = new byte[0];

    /** @param codec UNCOMPRESSED, SNAPPY or ZSTD */
    PageCompressor(CompressionCodecName codec) {
        this.codec = codec;
        this.zstd = codec == CompressionCodecName.ZSTD ? new ZstdCompressCtx().setLevel(ZSTD_LEVEL) : null;
    }

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
        if (codec == CompressionCodecName.UNCOMPRESSED) {
            return bytes;
        }
        byte[] page = bytes.toByteArray();
        int most = zstd == null ? Snappy.maxCompressedLength(page.length) : Math.toIntExact(Zstd.compressBound(page.length));
        if (compressed.length < most) {
            compressed = new byte[most];
        }
        int length = zstd == null ? Snappy.rawCompress(page, 0, page.length, compressed, 0)
                : zstd.compressByteArray(compressed, 0, compressed.length, page, 0, page.length);
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
