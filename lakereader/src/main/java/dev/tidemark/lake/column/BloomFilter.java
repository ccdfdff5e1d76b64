package dev.tidemark.lake.column;

import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.format.BloomFilterHeader;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/** Says of a value that it is not in a column chunk, or that it may be. Immutable, thread-safe. */
public final class BloomFilter {

    /** Headers take some 15 bytes. */
    private static final int HEADER = 64;
    private static final int BLOCK = 32;

    private final Leaf leaf;
    private final BlockSplitBloomFilter bits;

    private BloomFilter(Leaf leaf, BlockSplitBloomFilter bits) {
        this.leaf = leaf;
        this.bits = bits;
    }

    /** The filter of a chunk; empty if it has none, or one of a kind that did not exist when this was written. */
    static Optional<BloomFilter> read(FileBytes file, Leaf leaf, ColumnMetaData chunk) throws IOException {
        if (!chunk.isSetBloom_filter_offset()) {
            return Optional.empty();
        }
        long at = chunk.getBloom_filter_offset();
        if (at < 4 || at >= file.size()) {
            throw new CorruptPageException("a Bloom filter at byte " + at + " of a file of " + file.size());
        }
        byte[] start = new byte[(int) Math.min(HEADER, file.size() - at)];
        file.read(at, start, 0, start.length);
        ByteArrayInputStream in = new ByteArrayInputStream(start);
        BloomFilterHeader header = Util.readBloomFilterHeader(in);
        if (!header.getAlgorithm().isSetBLOCK() || !header.getHash().isSetXXHASH() || !header.getCompression().isSetUNCOMPRESSED()) {
            return Optional.empty();
        }
        long from = at + start.length - in.available();
        int length = header.getNumBytes();
        if (length < BLOCK || length % BLOCK != 0 || length > BlockSplitBloomFilter.UPPER_BOUND_BYTES || length > file.size() - from) {
            throw new CorruptPageException("a Bloom filter of " + length + " bytes at byte " + from + " of a file of " + file.size());
        }
        byte[] bits = new byte[length];
        file.read(from, bits, 0, length);
        return Optional.of(new BloomFilter(leaf, new BlockSplitBloomFilter(bits)));
    }

    /** Whether the chunk may hold one of these values, which are of the class that its column would give. */
    public boolean canHold(Collection<?> values) {
        return values.stream().anyMatch(this::canHold);
    }

    /** Roughly the memory that this takes, in bytes. */
    public long weight() {
        return 100L + bits.getBitsetSize();
    }

    private boolean canHold(Object value) {
        if (!leaf.isAsStored()) {
            return true;
        }
        return switch (leaf.physical()) {
            case INT32 -> !(value instanceof Long number) || fits(number) && has(bits.hash((int) (long) number));
            case INT64 -> !(value instanceof Long number) || int64(number);
            case FLOAT -> !(value instanceof Double number) || float32(number);
            case DOUBLE -> !(value instanceof Double number) || number.isNaN() || has(bits.hash((double) number)) || number == 0 && has(bits.hash(-0.0));
            case BINARY -> !(value instanceof String text) || has(bits.hash(Binary.fromString(text)));
            default -> true;
        };
    }

    private boolean has(long hash) {
        return bits.findHash(hash);
    }

    private boolean fits(long number) {
        return leaf.scaling() == Leaf.Scaling.UNSIGNED_32 ? number >>> 32 == 0 : number == (int) number;
    }

    /** Of nanoseconds a microsecond stands for a thousand, too many to ask for. */
    private boolean int64(long number) {
        return switch (leaf.scaling()) {
            case NANOS -> true;
            case MILLIS -> number % 1000 == 0 && has(bits.hash(number / 1000));
            default -> has(bits.hash(number));
        };
    }

    private boolean float32(double number) {
        float single = (float) number;
        return Double.isNaN(number) || single == number && (has(bits.hash(single)) || single == 0 && has(bits.hash(-0.0f)));
    }
}
