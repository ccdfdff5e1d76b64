package dev.tidemark.stream.maintain;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.stream.maintain.Finding.Weight;
import dev.tidemark.stream.pipeline.NamedState;
import dev.tidemark.stream.pipeline.Position;
import dev.tidemark.stream.pipeline.TakenBack;
import dev.tidemark.stream.table.LakeTables;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What the streamer's tables promise each other: positions, every message once, every window once. Reads all rows of a few columns, and nothing else. */
final class LakeCheck {

    private static final String BRONZE = LakeTables.BRONZE_EVENTS.path();
    private static final String REJECTS = LakeTables.SILVER_REJECTS.path();
    private static final String SILVER = LakeTables.SILVER_READINGS.path();
    private static final String ALERTS = LakeTables.GOLD_ALERTS.path();
    private static final String WINDOWS = LakeTables.GOLD_WINDOWS.path();
    private static final String LIVE = LakeTables.GOLD_LIVE.path();
    private static final String[] KEY = {"window", "grain", "device_id", "location", "measure", "window_start", "window_end"};
    /** So many of them are text. */
    private static final int NAMES = 5;
    private static final String MADE_AGAIN = "restore the table to the version before they came, or move it away with those made from it: the streamer makes them again";

    private final Lake lake;
    private final Set<String> asked;
    private final Consumer<String> progress;
    private final Map<String, Snapshot> tables = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param asked    the tables to tell of
     * @param broken   tables that cannot be read
     * @param progress hears what is being looked at
     */
    LakeCheck(Lake lake, Set<String> asked, Set<String> broken, Consumer<String> progress) {
        this.lake = lake;
        this.asked = asked;
        this.progress = progress;
        // The last one first: while a streamer runs, a table is seen later than those that are made from it, never sooner.
        for (String path : List.of(LIVE, WINDOWS, ALERTS, SILVER, REJECTS, BRONZE)) {
            Table table = lake.table(path);
            if (!broken.contains(path) && table.exists()) {
                tables.put(path, table.snapshot());
            }
        }
    }

    private void found(String table, String check, Weight weight, String what, String repair) {
        if (asked.contains(table)) {
            findings.add(new Finding(table, check, weight, what, repair));
        }
    }

    List<Finding> run() {
        order();
        messages();
        if (tables.containsKey(WINDOWS)) {
            windows(tables.get(WINDOWS));
            state();
        }
        if (tables.containsKey(LIVE)) {
            live(tables.get(LIVE));
        }
        if (tables.containsKey(ALERTS)) {
            alerts(tables.get(ALERTS));
        }
        return findings;
    }

    private static Scan scan(Snapshot snapshot, String... columns) {
        return Scan.of(snapshot).cache(new ColumnCache(0)).columns(List.of(columns));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String times(long rows) {
        return number(rows) + (rows == 1 ? " row is" : " rows are") + " there more than once";
    }

    /** Each table holds all that those behind it do. */
    private void order() {
        for (int i = 1; i < TakenBack.ORDER.size(); i++) {
            Snapshot before = tables.get(TakenBack.ORDER.get(i - 1));
            Snapshot after = tables.get(TakenBack.ORDER.get(i));
            if (before != null && after != null && TakenBack.through(before.transactions()) < TakenBack.through(after.transactions())) {
                found(TakenBack.ORDER.get(i), "positions", Weight.ERROR, "it was made from rows that " + TakenBack.ORDER.get(i - 1) + " does not have: the streamer will not start",
                        behind(TakenBack.ORDER.get(i - 1), TakenBack.ORDER.get(i), TakenBack.through(before.transactions())));
            }
        }
    }

    private String behind(String before, String after, long through) {
        try {
            return "put back from a copy what " + before + " has lost, or restore --table " + after + " --to-version " + Restoration.lastVersion(lake, after, through) + " --derived, and start the streamer:"
                    + " it makes again what came since";
        } catch (LakeException e) {
            return "put back from a copy what " + before + " has lost, or move " + after + " away: the streamer makes it again";
        }
    }

    /** Every message of a source is in bronze/events once, and in one of the tables made from it at most once. */
    private void messages() {
        if (!tables.containsKey(BRONZE)) {
            return;
        }
        long through = tables.containsKey(SILVER) ? TakenBack.through(tables.get(SILVER).transactions()) : Long.MIN_VALUE;
        OffsetSet all = new OffsetSet();
        long inBronze = offsets(BRONZE, all, all, through, null);
        OffsetSet made = new OffsetSet();
        long readings = tables.containsKey(SILVER) ? offsets(SILVER, made, all, through, "bronze/events") : 0;
        long rejects = tables.containsKey(REJECTS) ? offsets(REJECTS, made, all, through, "bronze/events") : 0;
        if (tables.containsKey(SILVER) && tables.containsKey(REJECTS)) {
            long duplicates = inBronze - readings - rejects;
            found(BRONZE, "counts", duplicates < 0 ? Weight.ERROR : Weight.NOTE, number(inBronze) + " messages = " + number(readings) + " readings + " + number(rejects) + " rejects + "
                    + number(duplicates) + " duplicates", duplicates < 0 ? MADE_AGAIN : null);
        }
    }

    /** Notes the messages of a table; returns how many came up to a batch. */
    private long offsets(String path, OffsetSet seen, OffsetSet among, long through, String from) {
        progress.accept(path + ": every message once");
        var count = new Object() {
            long counted;
            long twice;
            long unknown;
        };
        Map<String, Long> highest = new HashMap<>();
        Map<String, Map<String, String>> names = new HashMap<>();
        scan(tables.get(path), "source", "partition", "offset", "ingested_at").read(batch -> {
            Column.Strings sources = batch.strings("source");
            Column.Strings partitions = batch.strings("partition");
            long[] offsets = batch.longs("offset").values();
            long[] ingested = batch.longs("ingested_at").values();
            for (int row = 0; row < batch.rows(); row++) {
                String source = sources.get(row);
                String partition = partitions.get(row);
                String name = names.computeIfAbsent(String.valueOf(source), s -> new HashMap<>()).computeIfAbsent(String.valueOf(partition), p -> source + "#" + p);
                count.counted += ingested[row] <= through ? 1 : 0;
                count.unknown += from != null && !among.contains(name, offsets[row]) ? 1 : 0;
                count.twice += seen.add(name, offsets[row]) ? 0 : 1;
                highest.merge(name, offsets[row], Math::max);
            }
        });
        if (count.twice > 0) {
            found(path, "duplicates", Weight.ERROR, times(count.twice) + " (source, partition and offset)" + (path.equals(REJECTS) ? ", or also in " + SILVER : ""), withoutRepeated(path));
        }
        if (count.unknown > 0) {
            found(path, "counts", Weight.ERROR, number(count.unknown) + " rows are of messages that " + from + " does not have", "restore " + from + " to a version that has them");
        }
        positions(path, highest);
        return count.counted;
    }

    /** The way back to before the first file came that has a message which an older one has as well. */
    private String withoutRepeated(String path) {
        OffsetSet seen = new OffsetSet();
        for (DataFile file : tables.get(path).files().stream().sorted(Comparator.comparing(DataFile::modified)).toList()) {
            boolean[] repeats = {false};
            scan(tables.get(path), "source", "partition", "offset").files(List.of(file)).read(batch -> {
                for (int row = 0; row < batch.rows(); row++) {
                    repeats[0] |= !seen.add(batch.strings("source").get(row) + "#" + batch.strings("partition").get(row), batch.longs("offset").values()[row]);
                }
            });
            if (repeats[0]) {
                return Remedy.without(lake, path, List.of(file.location()));
            }
        }
        return MADE_AGAIN;
    }

    private void positions(String path, Map<String, Long> highest) {
        for (Position position : Position.of(tables.get(path).transactions())) {
            Long last = highest.remove(position.source() + "#" + position.partition());
            if (last != null && last > position.number()) {
                found(path, "positions", Weight.ERROR, "its rows of " + position.source() + ", partition " + position.partition() + ", go up to " + last + ", but it says that it holds them up to "
                        + position.number() + ": the messages between would come again", MADE_AGAIN);
            }
        }
        highest.forEach((name, last) -> found(path, "positions", Weight.ERROR, "it has rows of " + name.replace("#", ", partition ") + ", but says nothing of how far it holds them", MADE_AGAIN));
    }

    /** Every window once; sessions do not overlap; nothing that is still open. */
    private void windows(Snapshot snapshot) {
        progress.accept(WINDOWS + ": every window once");
        OptionalLong watermark = Position.watermark(snapshot.transactions());
        Set<Long> days = new TreeSet<>();
        scan(snapshot, "date").read(batch -> {
            long before = Long.MIN_VALUE;
            for (long day : batch.longs("date").values()) {
                if (day != before) {
                    days.add(day);
                    before = day;
                }
            }
        });
        List<long[]> sessions = new ArrayList<>();
        long[] open = {0};
        long twice = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (long day : days) {
            KeyHashes hashes = new KeyHashes();
            keys(scan(snapshot, KEY).where(new Condition.Range("date", day, day + 1)), (hash, window, start, end) -> {
                hashes.add(KeyHashes.hash(hash, start));
                if (window.startsWith("session")) {
                    sessions.add(new long[] {hash, start, end});
                }
                open[0] += watermark.isPresent() && end > watermark.getAsLong() ? 1 : 0;
            });
            Set<Long> repeated = hashes.repeated();
            if (!repeated.isEmpty()) {
                twice += repeated.size();
                first = Math.min(first, day);
                last = Math.max(last, day);
            }
        }
        if (twice > 0) {
            found(WINDOWS, "windows", Weight.ERROR, times(twice) + " (window, window_start, grain, device, location, measure)", backfill(first, last, watermark));
        }
        sessions.sort(Comparator.<long[]>comparingLong(session -> session[0]).thenComparingLong(session -> session[1]));
        long overlapping = 0;
        for (int i = 1; i < sessions.size(); i++) {
            overlapping += sessions.get(i)[0] == sessions.get(i - 1)[0] && sessions.get(i)[1] < sessions.get(i - 1)[2] && sessions.get(i)[1] != sessions.get(i - 1)[1] ? 1 : 0;
        }
        if (overlapping > 0) {
            found(WINDOWS, "windows", Weight.ERROR, number(overlapping) + " sessions overlap the one before", "backfill over the days in which they are");
        }
        if (open[0] > 0) {
            found(WINDOWS, "positions", Weight.ERROR, number(open[0]) + " rows are of windows that end after its watermark: the streamer will add them again", MADE_AGAIN);
        }
    }

    /** Over so many days, as far as windows are closed. */
    private static String backfill(long first, long last, OptionalLong watermark) {
        Instant to = Instant.EPOCH.plus(last + 2, ChronoUnit.DAYS);
        Instant closed = watermark.isEmpty() ? to : Instant.EPOCH.plus(watermark.getAsLong(), ChronoUnit.MICROS);
        return "backfill --from " + Instant.EPOCH.plus(first, ChronoUnit.DAYS) + " --to " + (closed.isBefore(to) ? closed : to);
    }

    /** Every open window once. */
    private void live(Snapshot snapshot) {
        KeyHashes hashes = new KeyHashes();
        keys(scan(snapshot, KEY), (hash, window, start, end) -> hashes.add(KeyHashes.hash(hash, start)));
        int twice = hashes.repeated().size();
        if (twice > 0) {
            found(LIVE, "windows", Weight.ERROR, times(twice) + " (window, window_start, grain, device, location, measure)", "start the streamer: its first commit replaces them");
        }
    }

    private interface Keys {
        void accept(long hash, String window, long start, long end);
    }

    private static void keys(Scan scan, Keys keys) {
        scan.read(batch -> {
            Column.Strings[] parts = Arrays.stream(KEY).limit(NAMES).map(batch::strings).toArray(Column.Strings[]::new);
            long[] starts = batch.longs("window_start").values();
            long[] ends = batch.longs("window_end").values();
            for (int row = 0; row < batch.rows(); row++) {
                String window = String.valueOf(parts[0].get(row));
                keys.accept(KeyHashes.hash(window, parts[1].get(row), parts[2].get(row), parts[3].get(row), parts[4].get(row)), window, starts[row], ends[row]);
            }
        });
    }

    private void alerts(Snapshot snapshot) {
        progress.accept(ALERTS + ": every change once");
        KeyHashes hashes = new KeyHashes();
        scan(snapshot, "alert_id", "sequence").read(batch -> {
            for (int row = 0; row < batch.rows(); row++) {
                hashes.add(KeyHashes.hash(batch.strings("alert_id").get(row), batch.column("sequence").value(row)));
            }
        });
        int twice = hashes.repeated().size();
        if (twice > 0) {
            found(ALERTS, "duplicates", Weight.ERROR, times(twice) + " (alert_id, sequence)", MADE_AGAIN);
        }
    }

    private void state() {
        Map<String, Long> silver = tables.containsKey(SILVER) ? tables.get(SILVER).transactions() : Map.of();
        NamedState.problem(lake, tables.get(WINDOWS).transactions(), silver).ifPresent(problem ->
                found(WINDOWS, "state", Weight.WARNING, problem, "nothing: the next start takes an older one, or reads " + SILVER + ", which takes longer"));
    }
}
