package dev.tidemark.lake.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What lay in a log folder when it was listed. Immutable.
 *
 * @param commits     versions whose commit file is there, ascending
 * @param checkpoints version → names of the files of a complete checkpoint, in order; of a v2 checkpoint the one that names the others
 * @param newest      the newest version that any file speaks of; -1 for an empty log
 * @param foreign     the newest version that has a checkpoint of a form not known here; -1 if none
 */
public record LogListing(long[] commits, NavigableMap<Long, List<String>> checkpoints, long newest, long foreign) {

    /** The name of the file that names the newest checkpoint. */
    public static final String LAST_CHECKPOINT = "_last_checkpoint";

    private static final int DIGITS = 20;
    private static final String CHECKPOINT = ".checkpoint.parquet";
    /** Named by a UUID (Delta protocol, "UUID-named checkpoint"). */
    private static final String V2 = "\\.checkpoint\\.[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\.(json|parquet)";

    /** Sorts the names of a log folder; names that are none of a log's are passed over. */
    public static LogListing of(Collection<String> names) {
        long[] commits = new long[names.size()];
        int count = 0;
        long foreign = -1;
        TreeMap<Long, List<String>> checkpoints = new TreeMap<>();
        TreeMap<Long, List<String>> named = new TreeMap<>();
        TreeMap<Long, Map<Integer, List<String>>> parts = new TreeMap<>();
        for (String name : names) {
            long version = version(name);
            if (version < 0) {
                continue;
            }
            String kind = name.substring(DIGITS);
            if (kind.equals(".json")) {
                commits[count++] = version;
            } else if (kind.equals(CHECKPOINT)) {
                checkpoints.put(version, List.of(name));
            } else if (kind.matches("\\.checkpoint\\.\\d{10}\\.0\\d{9}\\.parquet")) {
                int of = Integer.parseInt(kind.substring(23, 33));
                parts.computeIfAbsent(version, v -> new TreeMap<>()).computeIfAbsent(of, n -> new ArrayList<>()).add(name);
            } else if (kind.matches(V2)) {
                named.put(version, List.of(name));
            } else if (kind.startsWith(".checkpoint.")) {
                foreign = Math.max(foreign, version);
            }
        }
        parts.forEach((version, byCount) -> byCount.forEach((of, files) -> {
            if (files.size() == of) {
                Collections.sort(files);
                checkpoints.putIfAbsent(version, List.copyOf(files));
            }
        }));
        named.forEach(checkpoints::putIfAbsent);
        commits = Arrays.copyOf(commits, count);
        Arrays.sort(commits);
        long newest = Math.max(count == 0 ? -1 : commits[count - 1], Math.max(foreign, checkpoints.isEmpty() ? -1 : checkpoints.lastKey()));
        return new LogListing(commits, Collections.unmodifiableNavigableMap(checkpoints), newest, foreign);
    }

    /** The first number a file's name begins with; -1 if it is no file of a log. */
    private static long version(String name) {
        if (name.length() <= DIGITS || name.charAt(DIGITS) != '.') {
            return -1;
        }
        long version = 0;
        for (int i = 0; i < DIGITS; i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            version = version * 10 + digit;
        }
        return version;
    }

    /** The version that a commit file of this name makes; -1 if it is no commit's name. */
    static long commitVersion(String name) {
        return name.length() == DIGITS + 5 && name.endsWith(".json") ? version(name) : -1;
    }

    /** The name of a version's commit file. */
    public static String commitName(long version) {
        String digits = Long.toString(version);
        return "0".repeat(DIGITS - digits.length()) + digits + ".json";
    }

    /** The name of the file of a version's checkpoint, in its classic form and whole. */
    static String checkpointName(long version) {
        return commitName(version).replace(".json", CHECKPOINT);
    }

    /** Whether the log holds nothing. */
    public boolean isEmpty() {
        return newest < 0;
    }

    /** Whether a version's commit file is there. */
    public boolean has(long version) {
        return Arrays.binarySearch(commits, version) >= 0;
    }

    /** The newest complete checkpoint at or before a version. */
    public OptionalLong checkpointAt(long version) {
        Long found = checkpoints.floorKey(version);
        return found == null ? OptionalLong.empty() : OptionalLong.of(found);
    }

    /** The version a reader begins at: the newest checkpoint, else the first commit; -1 if neither is there. */
    public long anchor() {
        return checkpoints.isEmpty() ? has(0) ? 0 : -1 : checkpoints.lastKey();
    }

    /** The newest version that can be rebuilt: no commit between it and the anchor is missing. -1 without an anchor. */
    public long latest() {
        return anchor() < 0 ? -1 : Math.max(anchor(), firstMissing(anchor() + 1) - 1);
    }

    /** The oldest version from which on to {@code to} no commit is missing; {@code to} itself if its own is. */
    public long firstOfRun(long to) {
        int at = Arrays.binarySearch(commits, to);
        if (at < 0) {
            return to;
        }
        int low = 0;
        int high = at;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (to - commits[middle] == at - middle) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return commits[low];
    }

    /** The first version at or after {@code from} whose commit file is missing. */
    public long firstMissing(long from) {
        int at = Arrays.binarySearch(commits, from);
        if (at < 0) {
            return from;
        }
        // Versions are distinct and sorted: where nothing is missing, the index moves as fast as the version.
        int low = at;
        int high = commits.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (commits[middle] - from == middle - at) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return commits[low] + 1;
    }
}
