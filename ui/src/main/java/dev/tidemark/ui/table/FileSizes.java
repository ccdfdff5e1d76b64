package dev.tidemark.ui.table;

import dev.tidemark.lake.DataFile;

import java.util.Arrays;
import java.util.List;

/**
 * How many files are how large. Immutable.
 *
 * @param counts number of files in each class of {@link #LIMITS}, and of the larger ones
 * @param median size of the file in the middle, in bytes; 0 if there is none
 */
public record FileSizes(List<Integer> counts, int files, long bytes, long median) {

    private static final long KIB = 1024;
    /** Upper limits of the classes in bytes, not in them; the last class has none. */
    public static final List<Long> LIMITS = List.of(16 * KIB, 64 * KIB, 256 * KIB, KIB * KIB, 4 * KIB * KIB, 16 * KIB * KIB, 64 * KIB * KIB, 256 * KIB * KIB,
            1024 * KIB * KIB);
    /** Below this a file costs more to open than to read. */
    public static final long SMALL = 16 * KIB * KIB;

    /** The sizes of these files. */
    static FileSizes of(List<DataFile> files) {
        Integer[] counts = new Integer[LIMITS.size() + 1];
        Arrays.fill(counts, 0);
        for (DataFile file : files) {
            int at = 0;
            while (at < LIMITS.size() && file.size() >= LIMITS.get(at)) {
                at++;
            }
            counts[at]++;
        }
        long[] sizes = files.stream().mapToLong(DataFile::size).sorted().toArray();
        long bytes = Arrays.stream(sizes).sum();
        return new FileSizes(List.of(counts), files.size(), bytes, sizes.length == 0 ? 0 : sizes[sizes.length / 2]);
    }

    /** Number of files below {@link #SMALL}. */
    int small() {
        int small = 0;
        for (int i = 0; i < LIMITS.size() && LIMITS.get(i) <= SMALL; i++) {
            small += counts.get(i);
        }
        return small;
    }
}
