package dev.tidemark.stream.maintain;

import dev.tidemark.lake.Lake;
import dev.tidemark.stream.maintain.Finding.Weight;
import dev.tidemark.stream.table.LakeTables;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Checks a lake end to end and tells what is wrong, and how to repair it. Only reads, and may do so while a streamer writes. Used by one thread. */
public final class Doctor {

    private final Lake lake;
    private final InstantSource clock;
    private final boolean deep;
    private final Consumer<String> progress;

    /**
     * @param deep     whether all values of all data files are read, not only those of the newest ones
     * @param progress hears what is being looked at
     */
    public Doctor(Lake lake, InstantSource clock, boolean deep, Consumer<String> progress) {
        this.lake = lake;
        this.clock = clock;
        this.deep = deep;
        this.progress = progress;
    }

    /**
     * Looks at tables, and at what the streamer's tables among all promise each other.
     *
     * @param tables paths of those to be told of
     * @return what is worst first for each table
     */
    public List<Finding> examine(List<String> tables) {
        List<Finding> findings = new ArrayList<>();
        Set<String> broken = new HashSet<>();
        Set<String> all = new HashSet<>(tables);
        Arrays.stream(LakeTables.values()).map(LakeTables::path).forEach(all::add);
        for (String table : all.stream().sorted().toList()) {
            if (!lake.table(table).exists()) {
                continue;
            }
            progress.accept(table + ": log, files and statistics");
            List<Finding> found = new TableCheck(lake, table, clock, deep).run();
            // What cannot be read cannot be compared with others either.
            if (found.stream().anyMatch(finding -> finding.weight() == Weight.ERROR && !finding.check().equals("statistics") || finding.weight() == Weight.WARNING && finding.check().equals("log"))) {
                broken.add(table);
            }
            if (tables.contains(table)) {
                findings.addAll(found);
            }
        }
        findings.addAll(new LakeCheck(lake, new HashSet<>(tables), broken, progress).run());
        findings.sort(Comparator.comparing(Finding::table).thenComparing(Finding::weight));
        return findings;
    }
}
