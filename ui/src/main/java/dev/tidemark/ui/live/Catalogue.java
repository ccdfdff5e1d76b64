package dev.tidemark.ui.live;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.ui.text.Micros;

import java.time.Duration;
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
 * Which windows and measures the rows of a table of windows hold. Read from a few files, old and new, and from whatever is read
 * later; the set of windows is configured, so a few files tell it. Belongs to one thread.
 */
final class Catalogue {

    private static final int SAMPLE = 24;
    private static final String TIME = "window_start";
    private static final long LARGE = 500_000;
    /** Windows of an hour begin in it. */
    private static final long PART = Micros.of(Duration.ofHours(2));
    /** What is looked at first where people watch machines and rooms. */
    private static final List<String> IMPORTANCE = List.of("temp", "vibration", "pressure", "humidity", "power|current",
            "flow", "speed|rpm", "level", "co2");

    private final Set<String> windows = new TreeSet<>();
    private final Map<String, Long> measures = new HashMap<>();
    private final Set<String> seen = new HashSet<>();

    /** Learns from files of a snapshot that it has not seen; new rows may be few, so a handful is enough each time. */
    void learn(Snapshot snapshot) {
        List<DataFile> files = snapshot.files().stream().sorted(Comparator.comparing(DataFile::modified).reversed()).toList();
        Set<DataFile> sample = new LinkedHashSet<>(files.subList(0, Math.min(SAMPLE / 2, files.size())));
        for (int i = 0; i < SAMPLE / 2 && !files.isEmpty(); i++) {
            sample.add(files.get((int) ((long) i * (files.size() - 1) / Math.max(1, SAMPLE / 2 - 1))));
        }
        List<DataFile> fresh = sample.stream().filter(file -> !seen.contains(file.location())).toList();
        for (DataFile file : fresh) {
            learn(Scan.of(snapshot).columns(List.of("window", "measure")).files(List.of(file)), file);
            seen.add(file.location());
        }
    }

    /** Of a large file its first and last hours are enough: what is missing there is learnt when it is read. */
    private void learn(Scan scan, DataFile file) {
        if (file.statistics().map(known -> known.rows() >= LARGE).orElse(false)
                && file.statistics().get().min().get(TIME) instanceof Long first && file.statistics().get().max().get(TIME) instanceof Long last) {
            long part = Math.max(PART, (last - first) / 32);
            scan.where(new Condition.Range(TIME, null, first + part)).read(this::learn);
            scan.where(new Condition.Range(TIME, last - part, null)).read(this::learn);
        } else {
            scan.read(this::learn);
        }
    }

    /** Learns from rows that were read anyway. */
    void learn(Batch batch) {
        Column.Strings names = batch.strings("window");
        Column.Strings kinds = batch.strings("measure");
        boolean[] used = new boolean[names.dictionary().length];
        long[] rows = new long[kinds.dictionary().length];
        for (int i = 0; i < batch.rows(); i++) {
            if (!names.isNull(i)) {
                used[names.codes()[i]] = true;
            }
            if (!kinds.isNull(i)) {
                rows[kinds.codes()[i]]++;
            }
        }
        for (int i = 0; i < used.length; i++) {
            if (used[i]) {
                windows.add(names.dictionary()[i]);
            }
        }
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] > 0) {
                measures.merge(kinds.dictionary()[i], rows[i], Long::sum);
            }
        }
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
