package dev.tidemark.stream.maintain;

import dev.tidemark.stream.table.LiveFile;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static dev.tidemark.stream.config.InvalidSetting.require;

/**
 * Which files of a table are to be rewritten, after the documented semantics of Delta's auto compaction: a file is small below half of the target size,
 * a partition is due when it has enough small files. Immutable, and pure.
 *
 * @param minFiles   small files of a partition that make it due; of a day that is over and at rest two are enough
 * @param targetSize bytes that a file shall have
 * @param rest       how old a file must be: what was written just now is what recovery, and everyone who follows, reads first
 */
public record CompactionRule(int minFiles, long targetSize, Duration rest) {

    /** Delta's own figures. */
    public static final CompactionRule DEFAULT = new CompactionRule(50, 128L << 20, Duration.ofMinutes(5));

    private static final String TARGET = "delta.targetFileSize";
    private static final String AUTO = "delta.autoOptimize.autoCompact";
    /** Its name of old, for both this and optimized writes. */
    private static final String AUTO_OF_OLD = "delta.autoOptimize";
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*([kmgt]?)b?");
    /** Every removed file is a line of the commit, which each writer and reader of the table has to read. */
    private static final int MOST_FILES = 1_000;

    public CompactionRule {
        require(minFiles >= 2, "compact-min-files", "too few (expected at least 2, actual " + minFiles + ")");
        require(targetSize >= 1 << 10, "target-file-size", "too small (expected at least 1024 bytes, actual " + targetSize + ")");
    }

    /** The same with the target size that a table asks for, if it does. */
    public CompactionRule of(Map<String, String> properties) {
        Matcher size = SIZE.matcher(properties.getOrDefault(TARGET, "").trim().toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            return this;
        }
        int shift = "kmgt".indexOf(size.group(2)) * 10 + 10;
        long bytes = Long.parseLong(size.group(1)) << (size.group(2).isEmpty() ? 0 : shift);
        return bytes < 1 << 10 ? this : new CompactionRule(minFiles, bytes, rest);
    }

    /** Whether a table's properties let it be compacted without being asked: {@code auto}, {@code true} and {@code legacy} do, and so does silence; {@code false} does not. */
    public static boolean isWelcome(Map<String, String> properties) {
        return !"false".equalsIgnoreCase(properties.getOrDefault(AUTO, properties.get(AUTO_OF_OLD)));
    }

    /**
     * What is due now: files of one partition each, to be rewritten as one file in this order. Days that are over come first, the oldest first,
     * then whoever has most files.
     */
    public List<List<LiveFile>> due(Collection<LiveFile> files, Instant now) {
        long old = now.minus(rest).toEpochMilli();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        List<List<LiveFile>> closed = new ArrayList<>();
        List<List<LiveFile>> open = new ArrayList<>();
        for (Map.Entry<Map<String, String>, List<LiveFile>> partition : partitions(files).entrySet()) {
            boolean over = isOver(partition.getKey(), today);
            boolean atRest = partition.getValue().stream().allMatch(file -> file.modified() <= old);
            int enough = over && atRest ? 2 : minFiles;
            for (List<LiveFile> bin : bins(partition.getValue().stream().filter(file -> file.modified() <= old).toList())) {
                List<LiveFile> worth = withoutLargeFirst(bin);
                if (worth.size() >= enough) {
                    (over ? closed : open).add(worth);
                }
            }
        }
        closed.sort(Comparator.comparing(bin -> bin.get(0).partition().toString()));
        open.sort(Comparator.comparingInt((List<LiveFile> bin) -> bin.size()).reversed());
        closed.addAll(open);
        return closed;
    }

    /** All that can be brought together, whether it is due or not. */
    public List<List<LiveFile>> all(Collection<LiveFile> files) {
        List<List<LiveFile>> all = new ArrayList<>();
        partitions(files).values().forEach(partition -> bins(partition).stream().filter(bin -> bin.size() > 1).forEach(all::add));
        return all;
    }

    /** Whether a file is small. */
    public boolean isSmall(LiveFile file) {
        return file.size() < targetSize / 2;
    }

    private static Map<Map<String, String>, List<LiveFile>> partitions(Collection<LiveFile> files) {
        Map<Map<String, String>, List<LiveFile>> partitions = new LinkedHashMap<>();
        files.stream().sorted(Comparator.comparingLong(LiveFile::from).thenComparingLong(LiveFile::modified).thenComparing(LiveFile::path))
                .forEach(file -> partitions.computeIfAbsent(file.partition(), p -> new ArrayList<>()).add(file));
        return partitions;
    }

    private static boolean isOver(Map<String, String> partition, LocalDate today) {
        for (String value : partition.values()) {
            try {
                if (value != null && LocalDate.parse(value).isBefore(today)) {
                    return true;
                }
            } catch (DateTimeParseException e) {
                // a partition by something else
            }
        }
        return false;
    }

    /** Small files that follow each other in time, as many as fit the target: what was written one after the other stays so. */
    private List<List<LiveFile>> bins(List<LiveFile> inTime) {
        List<List<LiveFile>> bins = new ArrayList<>();
        List<LiveFile> bin = new ArrayList<>();
        long bytes = 0;
        for (LiveFile file : inTime) {
            boolean small = isSmall(file);
            if (!bin.isEmpty() && (!small || bytes + file.size() > targetSize || bin.size() == MOST_FILES)) {
                bins.add(bin);
                bin = new ArrayList<>();
                bytes = 0;
            }
            if (small) {
                bin.add(file);
                bytes += file.size();
            }
        }
        if (!bin.isEmpty()) {
            bins.add(bin);
        }
        return bins;
    }

    /**
     * A file that outweighs all that came after it would be copied for their sake again and again. It waits until they weigh as much: so a byte is
     * rewritten no more often than a file can double.
     */
    private static List<LiveFile> withoutLargeFirst(List<LiveFile> bin) {
        long after = bin.stream().mapToLong(LiveFile::size).sum();
        for (int first = 0; first < bin.size(); first++) {
            after -= bin.get(first).size();
            if (bin.get(first).size() <= after) {
                return bin.subList(first, bin.size());
            }
        }
        return List.of();
    }
}
