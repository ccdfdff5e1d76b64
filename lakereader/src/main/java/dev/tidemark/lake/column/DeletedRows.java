package dev.tidemark.lake.column;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.DeletionVector;
import dev.tidemark.lake.log.Base85;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.zip.CRC32;

/**
 * The rows of one data file that are deleted: a Roaring bitmap of 64 bits in the portable form (RoaringFormatSpec, "Extension for 64-bit
 * implementations"), wrapped as in Delta's protocol, "Deletion Vector Format". Immutable, thread-safe.
 */
public final class DeletedRows {

    private static final int VERSION = 1;
    private static final int MAGIC = 1681511377;
    private static final int COOKIE = 12347;
    private static final int COOKIE_WITHOUT_RUNS = 12346;
    /** Up to so many values of a container are listed; more are bits. */
    private static final int LISTED = 4096;
    /** From so many containers on, offsets to them are noted even where some are runs. */
    private static final int WITH_OFFSETS = 4;
    private static final int CONTAINER = 1 << 16;

    private final BitSet deleted;

    private DeletedRows(BitSet deleted) {
        this.deleted = deleted;
    }

    /**
     * Reads what a file's deletion vector says.
     *
     * @param rows rows of the file
     */
    public static DeletedRows of(DataFile file, long rows) {
        DeletionVector vector = file.deletions().orElseThrow();
        String where = vector.location() == null ? file.location() : vector.location();
        return DataFileReader.guarded(where, () -> {
            byte[] bytes = vector.location() == null ? inline(vector) : stored(vector);
            Decoder decoder = new Decoder(bytes, rows);
            BitSet deleted = decoder.decode();
            if (deleted.cardinality() != vector.rows()) {
                throw new CorruptPageException("a deletion vector of " + deleted.cardinality() + " rows, which has " + vector.rows() + " by the log");
            }
            return new DeletedRows(deleted);
        });
    }

    private static byte[] inline(DeletionVector vector) {
        try {
            byte[] bytes = Base85.decode(vector.inline());
            require(bytes.length >= vector.size(), "shorter than its " + vector.size() + " bytes");
            return Arrays.copyOf(bytes, vector.size());
        } catch (IllegalArgumentException e) {
            throw new CorruptPageException("a deletion vector in the log that is none: " + e.getMessage());
        }
    }

    /** Of the file: its version first; at the offset, the size, the bytes and their checksum, big-endian. */
    private static byte[] stored(DeletionVector vector) throws IOException {
        try (FileBytes file = FileBytes.open(vector.location())) {
            long end = vector.offset() + 2L * Integer.BYTES + vector.size();
            require(end <= file.size(), "of " + vector.size() + " bytes at byte " + vector.offset() + " of a file of " + file.size());
            byte[] version = new byte[1];
            file.read(0, version, 0, 1);
            require(version[0] == VERSION, "of version " + version[0] + " (expected " + VERSION + ")");
            byte[] bytes = new byte[2 * Integer.BYTES + vector.size()];
            file.read(vector.offset(), bytes, 0, bytes.length);
            int size = Integer.reverseBytes(LittleEndian.int32(bytes, 0));
            require(size == vector.size(), "of " + size + " bytes, which has " + vector.size() + " by the log");
            CRC32 checksum = new CRC32();
            checksum.update(bytes, Integer.BYTES, size);
            require((int) checksum.getValue() == Integer.reverseBytes(LittleEndian.int32(bytes, Integer.BYTES + size)), "that does not match its checksum");
            return Arrays.copyOfRange(bytes, Integer.BYTES, Integer.BYTES + size);
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new CorruptPageException("a deletion vector " + what);
        }
    }

    /**
     * Which rows are left.
     *
     * @param first number in the file of the first row of a row group
     * @param rows  some rows of that row group
     * @return their places among {@code rows}, ascending; null if none is deleted
     */
    public int[] left(long first, RowRanges rows) {
        int[] left = new int[rows.count()];
        int count = 0;
        int place = 0;
        for (int run = 0; run < rows.runs(); run++) {
            for (int row = rows.from(run); row < rows.to(run); row++) {
                left[count] = place++;
                count += deleted.get(Math.toIntExact(first + row)) ? 0 : 1;
            }
        }
        return count == left.length ? null : Arrays.copyOf(left, count);
    }

    /** Takes the bitmap apart, little-endian. Believes no number before it has looked. */
    private static final class Decoder {
        private final byte[] bytes;
        private final long rows;
        private final BitSet deleted = new BitSet();
        private int at;

        private Decoder(byte[] bytes, long rows) {
            this.bytes = bytes;
            this.rows = Math.min(rows, Integer.MAX_VALUE - 64);
        }

        private BitSet decode() {
            require(bytes.length >= Integer.BYTES + Long.BYTES, "of " + bytes.length + " bytes");
            int magic = int32();
            require(magic == MAGIC, "of the form " + magic + " (expected " + MAGIC + ")");
            require(bytes.length - at >= Long.BYTES, "too short");
            long bitmaps = LittleEndian.int64(bytes, at);
            at += Long.BYTES;
            require(bitmaps >= 0 && bitmaps <= bytes.length, "of " + bitmaps + " bitmaps in " + bytes.length + " bytes");
            for (long i = 0; i < bitmaps; i++) {
                bitmap((int32() & 0xffff_ffffL) << 32);
            }
            return deleted;
        }

        private void bitmap(long high) {
            int cookie = int32();
            boolean withRuns = (cookie & 0xffff) == COOKIE;
            require(withRuns || cookie == COOKIE_WITHOUT_RUNS, "with a bitmap of the form " + cookie);
            int size = withRuns ? (cookie >>> 16) + 1 : int32();
            require(size >= 0 && size <= CONTAINER, "with a bitmap of " + size + " containers");
            int runFlags = at;
            at += withRuns ? (size + 7) / 8 : 0;
            int header = at;
            at += size * Integer.BYTES;
            at += !withRuns || size >= WITH_OFFSETS ? size * Integer.BYTES : 0;
            require(at <= bytes.length, "that is cut off");
            for (int i = 0; i < size; i++) {
                long base = high | (long) int16(header + i * Integer.BYTES) << 16;
                int values = int16(header + i * Integer.BYTES + Short.BYTES) + 1;
                if (withRuns && (bytes[runFlags + i / 8] >>> i % 8 & 1) != 0) {
                    runs(base);
                } else if (values > LISTED) {
                    bits(base);
                } else {
                    list(base, values);
                }
            }
        }

        private void runs(long base) {
            int count = next16();
            for (int i = 0; i < count; i++) {
                int from = next16();
                int length = next16() + 1;
                require(from + length <= CONTAINER, "with a run beyond its container");
                delete(base + from, length);
            }
        }

        private void bits(long base) {
            require(bytes.length - at >= CONTAINER / 8, "that is cut off");
            for (int i = 0; i < CONTAINER; i++) {
                if ((bytes[at + i / 8] >>> i % 8 & 1) != 0) {
                    delete(base + i, 1);
                }
            }
            at += CONTAINER / 8;
        }

        private void list(long base, int values) {
            for (int i = 0; i < values; i++) {
                delete(base + next16(), 1);
            }
        }

        private void delete(long from, int length) {
            require(from >= 0 && from + length <= rows, "of row " + (from + length - 1) + " in a file of " + rows);
            deleted.set((int) from, (int) from + length);
        }

        private int int32() {
            require(bytes.length - at >= Integer.BYTES, "that is cut off");
            at += Integer.BYTES;
            return LittleEndian.int32(bytes, at - Integer.BYTES);
        }

        private int next16() {
            require(bytes.length - at >= Short.BYTES, "that is cut off");
            at += Short.BYTES;
            return int16(at - Short.BYTES);
        }

        private int int16(int position) {
            return bytes[position] & 0xff | (bytes[position + 1] & 0xff) << 8;
        }
    }
}
