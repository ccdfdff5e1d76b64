package dev.tidemark.ui.live;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.scan.Scan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which measures the rows of a table name, and which windows and grains those of a table of windows hold. Read from a few files, old and new, and from whatever is read
 * later; the set of windows is configured, so a few files tell it. Of each row group a page is read, with the dictionaries of all of it. Belongs to one thread.
 */
final class Catalogue {

    private static final int SAMPLE = 24;
    /** What only a table of windows has. */
    private static final List<String> KINDS = List.of("window", "grain");
    /** Row groups of a file that are looked into. */
    private static final int MOST_GROUPS = 48;
    private static final int ROWS = 2_048;
    /** What is looked at first where people watch machines and rooms. */
    private static final List<String> IMPORTANCE = List.of("temp", "vibration", "pressure", "humidity", "power|current",
            "flow", "speed|rpm", "level", "co2");

    private final Set<String> windows = new TreeSet<>();
    private final Set<String> grains = new TreeSet<>();
    private final Map<String, Long> measures = new HashMap<>();
    private final Set<String> seen = new HashSet<>();

    private final TableShape shape;

    /** @param shape of a table whose rows name their measures; null for none */
    Catalogue(TableShape shape) {
        this.shape = shape;
    }

    /** Whether what was learnt is about such columns too. */
    boolean isOf(TableShape other) {
        return shape != null && shape.kind() == other.kind() && shape.named().equals(other.named());
    }

    /** Learns from files of a snapshot that it has not seen; new rows may be few, so a handful is enough each time. */
    void learn(Snapshot snapshot) {
        List<DataFile> files = snapshot.files().stream().sorted(Comparator.comparing(DataFile::modified).reversed()).toList();
        Set<DataFile> sample = new LinkedHashSet<>(files.subList(0, Math.min(SAMPLE / 2, files.size())));
        for (int i = 0; i < SAMPLE / 2 && !files.isEmpty(); i++) {
            sample.add(files.get((int) ((long) i * (files.size() - 1) / Math.max(1, SAMPLE / 2 - 1))));
        }
        List<DataFile> fresh = sample.stream().filter(file -> !seen.contains(file.location())).toList();
        for (DataFile file : fresh) {
            learn(Scan.of(snapshot).columns(columns()), file);
            seen.add(file.location());
        }
    }

    private List<String> columns() {
        return Stream.concat(Stream.of(shape.named().by()), shape.kind() == TableShape.Kind.WINDOWS ? KINDS.stream() : Stream.empty()).toList();
    }

    private void learn(Scan scan, DataFile file) {
        try (Scan.RowGroups groups = scan.groups(file)) {
            int looked = Math.min(MOST_GROUPS, groups.size());
            for (int i = 0; i < looked; i++) {
                // From the last one back: there stand the windows that closed when the file's day was over.
                groups.read((int) (groups.size() - 1 - (long) i * groups.size() / looked), ROWS).ifPresent(this::learn);
            }
        }
    }

    /** Learns from rows that were read anyway. */
    void learn(Batch batch) {
        Column.Strings kinds = batch.strings(shape.named().by());
        long[] rows = new long[kinds.dictionary().length];
        for (int i = 0; i < batch.rows(); i++) {
            if (!kinds.isNull(i)) {
                rows[kinds.codes()[i]]++;
            }
        }
        for (int i = 0; i < rows.length; i++) {
            measures.merge(kinds.dictionary()[i], rows[i], Long::sum);
        }
        if (shape.kind() == TableShape.Kind.WINDOWS) {
            windows.addAll(List.of(batch.strings("window").dictionary()));
            grains.addAll(List.of(batch.strings("grain").dictionary()));
        }
    }

    /** The columns that make series, as far as there are rows of their grain: the streamer can be told to write no locations. */
    List<String> splits(List<String> keys) {
        List<String> held = keys.stream().filter(key -> grains.contains(Asked.grain(key))).toList();
        return held.isEmpty() ? keys : held;
    }

    List<String> windows() {
        return Windows.ordered(windows);
    }

    /**
     * The most important first. Of each thing that people watch one measure, that of which there is most; then the second of each, and
     * so on, so that the first few tell of different things.
     */
    List<String> measures() {
        Map<Integer, List<String>> things = new TreeMap<>();
        measures.keySet().stream()
                .sorted(Comparator.comparingLong((String name) -> measures.get(name)).reversed().thenComparing(Comparator.naturalOrder()))
                .forEach(name -> things.computeIfAbsent(importance(name), thing -> new ArrayList<>()).add(name));
        List<String> rest = new ArrayList<>();
        for (int unknown = IMPORTANCE.size(); unknown <= IMPORTANCE.size() + 1; unknown++) {
            rest.addAll(things.getOrDefault(unknown, List.of()));
            things.remove(unknown);
        }
        List<String> ordered = new ArrayList<>();
        for (int turn = 0; ordered.size() + rest.size() < measures.size(); turn++) {
            for (List<String> thing : things.values()) {
                if (turn < thing.size()) {
                    ordered.add(thing.get(turn));
                }
            }
        }
        ordered.addAll(rest);
        return ordered;
    }

    /** Index into the list, one more for what is not in it, two more for what only counts or names. */
    private static int importance(String measure) {
        String name = measure.toLowerCase(Locale.ROOT);
        if (name.matches("(.*_)?(id|messageid|sequence|seq|count|offset)(_.*)?")) {
            return IMPORTANCE.size() + 1;
        }
        for (int i = 0; i < IMPORTANCE.size(); i++) {
            if (Stream.of(IMPORTANCE.get(i).split("\\|")).anyMatch(name::contains)) {
                return i;
            }
        }
        return IMPORTANCE.size();
    }
}
