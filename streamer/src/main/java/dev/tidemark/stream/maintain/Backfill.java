package dev.tidemark.stream.maintain;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.stream.pipeline.Position;
import dev.tidemark.stream.pipeline.Recomputation;
import dev.tidemark.stream.pipeline.WindowRows;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.TableEdit;
import dev.tidemark.stream.window.WindowRow;
import dev.tidemark.stream.window.WindowSpec;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Makes windows of a range of time again from {@code silver/readings}, late readings included, and commits what has changed to {@code gold/windows}, beside a running streamer. Used by
 * one thread.
 *
 * <p>Windows of a fixed length are those that lie in the range from their start to their end. Sessions are those that have a part in it, whole: a late reading may have joined two
 * of them. Windows that are open, and sessions that a reading could still join, are the streamer's.
 */
public final class Backfill {

    /** What the commit is called in the table's history. */
    public static final String OPERATION = "BACKFILL";

    private static final String WINDOWS = LakeTables.GOLD_WINDOWS.path();
    private static final int TRIES = 5;

    private final Lake lake;
    private final List<WindowSpec> specs;
    private final long from;
    private final long to;
    private final boolean durable;
    private final InstantSource clock;
    private final BiConsumer<Long, Long> progress;

    /**
     * What became of the range.
     *
     * @param version   the commit; -1 if there was nothing to change, or nothing was to be
     * @param windows   rows that were compared
     * @param added     rows that were not there
     * @param changed   rows that are others now
     * @param removed   rows that were there twice, or have become part of another session
     * @param kept      rows that stay although silver/readings has no reading for them
     * @param rewritten files that held rows that changed or went
     * @param readings  readings that were read
     */
    public record Result(long version, long windows, long added, long changed, long removed, long kept, int rewritten, long readings) {

        /** Whether nothing differs. */
        public boolean isEmpty() {
            return added + changed + removed == 0;
        }
    }

    /** What identifies a row; of a session not even its start does. */
    private record Key(String window, String grain, String device, String location, String measure, long start) {
        static Key of(WindowRow row, boolean session) {
            return new Key(row.window(), row.grain(), row.deviceId(), row.location(), row.measure(), session ? 0 : row.start());
        }
    }

    /**
     * A backfill that has not begun.
     *
     * @param windows  which windows; empty for those that the table holds
     * @param progress hears how much of the range is done, and how long it is, in microseconds
     */
    public Backfill(Lake lake, List<WindowSpec> windows, Instant from, Instant to, boolean durable, InstantSource clock, BiConsumer<Long, Long> progress) {
        this.lake = lake;
        this.specs = List.copyOf(windows);
        this.from = ChronoUnit.MICROS.between(Instant.EPOCH, from);
        this.to = ChronoUnit.MICROS.between(Instant.EPOCH, to);
        this.durable = durable;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Does it, or only looks.
     *
     * @throws LakeException INVALID for a range that is not over yet; if a table cannot be read or written
     */
    public Result run(boolean dryRun) {
        for (int tries = 1;; tries++) {
            Optional<Result> result = attempt(dryRun);
            if (result.isPresent()) {
                return result.get();
            }
            if (tries == TRIES) {
                throw new LakeException(Reason.UNREACHABLE, "Cannot backfill table " + WINDOWS + ": others changed its rows or rewrote its files again and again meanwhile"
                        + ". Nothing was changed. Try again, or a shorter range");
            }
        }
    }

    private Optional<Result> attempt(boolean dryRun) {
        try (TableEdit edit = TableEdit.open(lake, WINDOWS, durable, clock)) {
            Snapshot gold = lake.table(WINDOWS).snapshot(edit.version());
            long watermark = requireOver(gold);
            // After the watermark: what had closed its windows is in silver/readings by now.
            List<WindowSpec> windows = specs.isEmpty() ? present(gold) : specs;
            Recomputation recomputation = Recomputation.of(lake, windows);
            Comparison comparison = new Comparison(edit, gold);
            long step = recomputation.step();
            for (long at = Math.floorDiv(from, step) * step; at < to; at += step) {
                Map<Key, WindowRow> again = new LinkedHashMap<>();
                recomputation.windows(Math.max(at, from), Math.min(at + step, to), row -> {
                    if (row.end() <= to) {
                        again.put(Key.of(row, false), row);
                    }
                });
                comparison.windows(names(windows, false), Math.max(at, from), Math.min(at + step, to), again);
                progress.accept(Math.min(at + step, to) - from, to - from);
            }
            Map<Key, List<WindowRow>> sessions = new LinkedHashMap<>();
            Map<String, Long> gaps = new HashMap<>();
            windows.stream().filter(spec -> spec.kind() == WindowSpec.Kind.SESSION).forEach(spec -> gaps.put(spec.name(), spec.length()));
            recomputation.sessions(from, to, row -> {
                // A reading that comes now could begin a session from the watermark less the gap on.
                if (row.end() + gaps.get(row.window()) <= watermark) {
                    sessions.computeIfAbsent(Key.of(row, true), key -> new ArrayList<>()).add(row);
                }
            });
            comparison.sessions(names(windows, true), sessions);
            return comparison.commit(dryRun, recomputation.readings());
        }
    }

    private long requireOver(Snapshot gold) {
        OptionalLong watermark = Position.watermark(gold.transactions());
        if (from >= to) {
            throw new LakeException(Reason.INVALID, "Cannot backfill from " + time(from) + " to " + time(to) + ": the range is empty (expected an end after its beginning)");
        }
        if (watermark.isEmpty() || watermark.getAsLong() == Long.MIN_VALUE) {
            throw new LakeException(Reason.INVALID, "Cannot backfill table " + WINDOWS + ": no window has closed in it yet");
        }
        if (to > watermark.getAsLong()) {
            throw new LakeException(Reason.INVALID, "Cannot backfill up to " + time(to) + ": windows after the watermark are still open, and what is late for them is not known yet"
                    + " (expected at most " + time(watermark.getAsLong()) + ")");
        }
        return watermark.getAsLong();
    }

    private static String time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }

    /** The windows that a table holds, in the range or else anywhere. */
    private List<WindowSpec> present(Snapshot gold) {
        Set<String> names = new TreeSet<>();
        Scan all = Scan.of(gold).cache(new ColumnCache(0)).columns(List.of("window"));
        collect(all.where(new Condition.Range("date", LakeTables.day(from), LakeTables.day(to) + 1)), names);
        if (names.isEmpty()) {
            collect(all, names);
        }
        List<WindowSpec> present = new ArrayList<>();
        for (String name : names) {
            try {
                present.add(WindowSpec.parse(name));
            } catch (IllegalArgumentException e) {
                // somebody else's rows: they stay
            }
        }
        return present;
    }

    private static void collect(Scan scan, Set<String> names) {
        scan.read(batch -> {
            for (int row = 0; row < batch.rows(); row++) {
                names.add(batch.strings("window").get(row));
            }
        });
    }

    private static Set<String> names(List<WindowSpec> windows, boolean sessions) {
        Set<String> names = new HashSet<>();
        windows.stream().filter(spec -> (spec.kind() == WindowSpec.Kind.SESSION) == sessions).forEach(spec -> names.add(spec.name()));
        return names;
    }

    /** Rows as they are against rows as they should be. */
    private final class Comparison {

        private final TableEdit edit;
        private final PlacedRows present;
        private long compared;
        private long added;
        private long changed;
        private long removed;
        private long kept;

        Comparison(TableEdit edit, Snapshot gold) {
            this.edit = edit;
            this.present = new PlacedRows(edit, gold);
        }

        void windows(Set<String> names, long begin, long end, Map<Key, WindowRow> again) {
            if (names.isEmpty()) {
                return;
            }
            compared += again.size();
            Set<Key> seen = new HashSet<>();
            present.starting(begin, end, (file, number, row) -> {
                if (!names.contains(row.window()) || row.end() > to) {
                    return;
                }
                Key key = Key.of(row, false);
                WindowRow should = again.get(key);
                if (should == null && !seen.contains(key)) {
                    kept++;
                    return;
                }
                boolean first = seen.add(key);
                if (first && should.equals(row)) {
                    again.remove(key);
                } else {
                    edit.remove(file, number);
                    changed += first ? 1 : 0;
                    removed += first ? 0 : 1;
                }
            });
            again.forEach((key, row) -> add(row, seen.contains(key)));
        }

        private void add(WindowRow row, boolean known) {
            added += known ? 0 : 1;
            WindowRows.write(edit.rows(), row);
            edit.added();
        }

        void sessions(Set<String> names, Map<Key, List<WindowRow>> again) {
            if (again.isEmpty()) {
                return;
            }
            long begin = again.values().stream().flatMap(List::stream).mapToLong(WindowRow::start).min().orElseThrow();
            long end = again.values().stream().flatMap(List::stream).mapToLong(WindowRow::end).max().orElseThrow();
            Set<WindowRow> same = new HashSet<>();
            Set<WindowRow> known = new HashSet<>();
            present.starting(begin, end, (file, number, row) -> {
                if (!names.contains(row.window())) {
                    return;
                }
                for (WindowRow should : again.getOrDefault(Key.of(row, true), List.of())) {
                    if (should.start() <= row.start() && row.start() < should.end()) {
                        compared++;
                        if (should.equals(row) && same.add(should)) {
                            known.add(should);
                        } else {
                            edit.remove(file, number);
                            boolean first = known.add(should);
                            changed += first ? 1 : 0;
                            removed += first ? 0 : 1;
                        }
                    }
                }
            });
            again.values().stream().flatMap(List::stream).filter(row -> !same.contains(row)).forEach(row -> add(row, known.contains(row)));
        }

        Optional<Result> commit(boolean dryRun, long readings) {
            long version = -1;
            if (!dryRun && !edit.isEmpty()) {
                Map<String, String> parameters = Map.of("from", '"' + time(from) + '"', "to", '"' + time(to) + '"');
                Optional<Long> done = edit.commit(OPERATION, parameters, Map.of("numNewWindows", Long.toString(added), "numChangedWindows", Long.toString(changed),
                        "numRemovedWindows", Long.toString(removed)));
                if (done.isEmpty()) {
                    return Optional.empty();
                }
                version = done.get();
            }
            return Optional.of(new Result(version, compared, added, changed, removed, kept, edit.filesTouched(), readings));
        }
    }
}
