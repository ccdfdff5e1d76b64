package dev.tidemark.lake;

import dev.tidemark.lake.log.Inventory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How far back a table can really be read, and how large it was. Thread-safe. What was learned of old commits is kept: asking again
 * costs what is new, and a look for the files that are no longer part of the table. Every method throws {@link LakeException}
 * with a message for the user.
 */
public final class TimeTravel {

    private static final int CHUNK = 1_000;

    /**
     * How large a table was at a version.
     *
     * @param files number of data files
     * @param bytes their size
     * @param rows  rows by the files' statistics; -1 if a file has none
     */
    public record Size(long version, long files, long bytes, long rows) {
    }

    /** A data file, or the file of a deletion vector, that is part of the table no more, and the versions it was part of. */
    private record Tombstone(String location, long from, long to) {
    }

    private final Table table;
    /** A live file: the version that brought it, and the file of its deletion vector, if it has one. */
    private record Arrival(long version, String deletions) {
    }

    /** Live files that came after {@link #first}, and those before that have a deletion vector. */
    private final Map<String, Arrival> arrivals = new HashMap<>();
    private final List<Tombstone> tombstones = new ArrayList<>();
    /** Versions that need a file which is gone, as from → to, none of which touch. A file's name is never given again, so they are lost for ever. */
    private final TreeMap<Long, Long> lost = new TreeMap<>();
    private long first = -1;
    private long seen;
    /** How many tables there were at this place, and of which of them the above was learned. */
    private final AtomicInteger tables = new AtomicInteger();
    private int learned;

    TimeTravel(Table table) {
        this.table = table;
    }

    /** The table is another one now. Takes no lock: whoever finds out holds those of the table. */
    void forget() {
        tables.incrementAndGet();
    }

    /**
     * The versions of which the log <em>and</em> every data file are still there. The files of the newest version are taken to be there; of all others
     * only those are looked for that were removed since. Versions before the oldest from which on the log is whole do not count.
     */
    public synchronized Versions readable() {
        long latest = table.latestVersion();
        if (learned != tables.get()) {
            learned = tables.get();
            arrivals.clear();
            tombstones.clear();
            lost.clear();
            first = -1;
        }
        long oldest = table.oldestInOneRun();
        if (first < 0 || seen < oldest) {
            // The first time, or what came since the last one is partly cleaned away.
            first = oldest;
            seen = oldest;
            arrivals.clear();
            deletionsAtFirst();
        }
        while (seen < latest) {
            long to = Math.min(seen + CHUNK, latest);
            for (Commit commit : table.history(seen + 1, to)) {
                learn(commit);
            }
            seen = to;
        }
        lookForTombstones(oldest);
        List<Versions.Run> gone = new ArrayList<>();
        lost.forEach((from, to) -> gone.add(new Versions.Run(from, to)));
        return new Versions(List.of(new Versions.Run(oldest, latest))).without(gone);
    }

    private void deletionsAtFirst() {
        if (first > 0) {
            try {
                table.snapshot(first).files().stream().filter(file -> file.deletions().isPresent()).forEach(this::arrive);
            } catch (LakeException unreadable) {
                // Then its deletion vectors are of no use to anyone either.
                arrivals.clear();
            }
        }
    }

    private void arrive(DataFile file) {
        arrive(file, first);
    }

    private void arrive(DataFile file, long version) {
        arrivals.put(file.location(), new Arrival(version, file.deletions().map(DeletionVector::location).orElse(null)));
    }

    private void learn(Commit commit) {
        for (String location : commit.removed()) {
            Arrival came = arrivals.remove(location);
            long from = came == null ? first : came.version;
            tombstones.add(new Tombstone(location, from, commit.version() - 1));
            if (came != null && came.deletions != null) {
                tombstones.add(new Tombstone(came.deletions, from, commit.version() - 1));
            }
        }
        commit.added().forEach(file -> arrive(file, commit.version()));
    }

    private void lookForTombstones(long oldest) {
        tombstones.removeIf(tombstone -> tombstone.to < oldest || isLost(tombstone));
        Set<String> asked = new HashSet<>();
        for (Tombstone tombstone : tombstones) {
            if (!arrivals.containsKey(tombstone.location)) {
                asked.add(tombstone.location);
            }
        }
        Set<String> missing;
        try {
            missing = Inventory.missing(asked);
        } catch (IOException e) {
            throw Failure.of(table.place(), e);
        }
        tombstones.removeIf(tombstone -> {
            boolean gone = missing.contains(tombstone.location);
            if (gone) {
                lose(tombstone.from, tombstone.to);
            }
            return gone;
        });
    }

    private boolean isLost(Tombstone tombstone) {
        Map.Entry<Long, Long> run = lost.floorEntry(tombstone.from);
        return run != null && run.getValue() >= tombstone.to;
    }

    private void lose(long from, long to) {
        long start = from;
        long end = to;
        for (Map.Entry<Long, Long> run = lost.floorEntry(end + 1); run != null && run.getValue() >= start - 1; run = lost.floorEntry(end + 1)) {
            start = Math.min(start, run.getKey());
            end = Math.max(end, run.getValue());
            lost.remove(run.getKey());
        }
        lost.put(start, end);
    }

    /** How large the table was at each version up to one, from the oldest from which on the log is whole. */
    public List<Size> sizes(long to) {
        table.latestVersion();
        return sizes(Math.min(table.oldestInOneRun(), to), to);
    }

    /**
     * How large the table was at each version from one to another, both included. One state is rebuilt, the others follow from the commits.
     *
     * @throws LakeException VERSION_GONE if the first cannot be rebuilt or a commit is missing
     */
    public List<Size> sizes(long from, long to) {
        Map<String, DataFile> live = new HashMap<>();
        table.snapshot(from).files().forEach(file -> live.put(file.location(), file));
        Tally tally = new Tally();
        live.values().forEach(tally::add);
        List<Size> sizes = new ArrayList<>();
        sizes.add(tally.at(from));
        for (long version = from + 1; version <= to; version += CHUNK) {
            for (Commit commit : table.history(version, Math.min(version + CHUNK - 1, to))) {
                commit.removed().forEach(location -> tally.remove(live.remove(location)));
                commit.added().forEach(file -> {
                    tally.remove(live.put(file.location(), file));
                    tally.add(file);
                });
                sizes.add(tally.at(commit.version()));
            }
        }
        return sizes;
    }

    /** Sums of the live files. */
    private static final class Tally {
        private long files;
        private long bytes;
        private long rows;
        private long unknown;

        private void add(DataFile file) {
            count(file, 1);
        }

        private void remove(DataFile file) {
            if (file != null) {
                count(file, -1);
            }
        }

        private void count(DataFile file, int sign) {
            files += sign;
            bytes += sign * file.size();
            rows += sign * Math.max(0, rows(file));
            unknown += rows(file) < 0 ? sign : 0;
        }

        private Size at(long version) {
            return new Size(version, files, bytes, unknown > 0 ? -1 : rows);
        }
    }

    private static long rows(DataFile file) {
        return file.statistics().map(DataFile.Statistics::rows).orElse(-1L);
    }

    /**
     * What a commit did to the rows, by files.
     *
     * @throws LakeException VERSION_GONE if there is no such commit
     */
    public Effect effect(long version) {
        Commit commit = table.history(version, version).get(0);
        List<DataFile> removed = List.of();
        if (!commit.removed().isEmpty()) {
            Set<String> locations = new HashSet<>(commit.removed());
            removed = table.snapshot(version - 1).files().stream().filter(file -> locations.contains(file.location())).toList();
        }
        return Effect.of(commit, removed);
    }
}
