package dev.tidemark.lake.column;

import com.github.luben.zstd.ZstdDecompressCtx;
import dev.tidemark.lake.LakeException;

/**
 * Memory of a reader that is used again for each column: one chunk as it is stored and one page decompressed. Whoever asks for an array
 * gets what the last one had. Not thread-safe.
 */
final class Scratch implements AutoCloseable {

    /** Larger arrays are not kept. */
    private static final int KEPT = 16 << 20;

    private byte[] stored = {};
    private byte[] page = {};
    private ZstdDecompressCtx zstd;

    /**
     * Refuses what would take more than half of Java's heap: a file can claim billions of rows in a few bytes, and even be right.
     *
     * @throws LakeException UNSUPPORTED
     */
    static void requireRoom(long bytes) {
        long most = Runtime.getRuntime().maxMemory() / 2;
        if (bytes > most) {
            throw new LakeException(LakeException.Reason.UNSUPPORTED, "a column of a row group takes " + (bytes >> 20) + " MB, more than half of Java's memory (expected at most "
                    + (most >> 20) + " MB). Give Java more, as in JAVA_OPTS=-Xmx4g, or read fewer rows");
        }
    }

    /** Room for the stored bytes of a chunk. */
    byte[] stored(int length) {
        requireRoom(length);
        byte[] room = stored.length >= length ? stored : new byte[length];
        stored = room.length <= KEPT ? room : stored;
        return room;
    }

    /** Room for a page. */
    byte[] page(int length) {
        requireRoom(length);
        // Pages differ a little in size.
        byte[] room = page.length >= length ? page : new byte[Math.max(length, Math.min(KEPT, length + length / 4))];
        page = room.length <= KEPT ? room : page;
        return room;
    }

    /** Zstandard's state, which takes longer to make than a page to decompress. */
    ZstdDecompressCtx zstd() {
        if (zstd == null) {
            zstd = new ZstdDecompressCtx();
        }
        return zstd;
    }

    @Override
    public void close() {
        if (zstd != null) {
            zstd.close();
            zstd = null;
        }
    }
}
