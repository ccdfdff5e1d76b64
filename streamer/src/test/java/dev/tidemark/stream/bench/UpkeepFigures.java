package dev.tidemark.stream.bench;

import dev.tidemark.lake.Lake;
import dev.tidemark.stream.maintain.CompactionRule;
import dev.tidemark.stream.maintain.Compactor;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.Rows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The figures of a lake's upkeep: how fast small files are compacted, what a commit costs while that happens, and what a query of one device's day reads after Z-order. Run it
 * with {@code -Xmx256m}. Argument: which of them, {@code compaction}, {@code commits} or {@code zorder}; all without one.
 */
public final class UpkeepFigures {

    private static final int COMMITS = 300;
    private static final int ROUNDS = 6;
    private static final int ROWS = 300;
    private static final long PACE = 10_000_000;

    private UpkeepFigures() {
    }

    public static void main(String[] args) throws IOException {
        List<String> which = args.length == 0 ? List.of("compaction", "commits", "zorder") : List.of(args);
        if (which.contains("compaction")) {
            CompactionBenchmark.main(new String[] {"1500", "128"});
        }
        if (which.contains("commits")) {
            commits();
        }
        if (which.contains("zorder")) {
            ZOrderBenchmark.main(new String[] {"10", "100", "4"});
        }
    }

    /** Commits at a steady pace, by turns with and without a compactor that always finds something. */
    private static void commits() throws IOException {
        Path folder = Files.createTempDirectory("upkeep");
        try {
            double[][] took = new double[2][ROUNDS * COMMITS];
            try (DeltaTable table = DeltaTable.open(Lake.at(folder.toString()), "silver/readings", LakeTables.SILVER_READINGS.layout(), InstantSource.system())) {
                commit(table, new double[COMMITS], 0);
                for (int round = 0; round < 2 * ROUNDS; round++) {
                    CompactionRule eager = new CompactionRule(CompactionRule.DEFAULT.minFiles(), 128 << 20, Duration.ZERO);
                    try (Compactor compactor = round % 2 == 0 ? null : Compactor.start(Lake.at(folder.toString()), List.of("silver/readings"), eager, true, InstantSource.system())) {
                        commit(table, took[round % 2], round / 2 * COMMITS);
                    }
                }
            }
            Arrays.sort(took[0]);
            Arrays.sort(took[1]);
            for (double share : new double[] {0.5, 0.99}) {
                double without = took[0][(int) (share * took[0].length)];
                double with = took[1][(int) (share * took[1].length)];
                System.out.printf(Locale.ROOT, "one commit of %d rows, forced to the disk, p%.0f: %.1f ms, while compacting %.1f ms: %.2f times%n", ROWS, 100 * share, without, with, with / without);
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static void commit(DeltaTable table, double[] took, int from) {
        Rows rows = table.newRows();
        long day = LocalDate.of(2026, 11, 20).toEpochDay();
        long next = System.nanoTime();
        for (int i = 0; i < COMMITS; i++) {
            rows.clear();
            for (int row = 0; row < ROWS; row++) {
                rows.setString(0, "device-" + row % 50);
                rows.setLong(1, day * 86_400_000_000L + i);
                rows.setString(5, "hub");
                rows.setLong(7, i * (long) ROWS + row);
                rows.setLong(8, System.nanoTime() / 1_000);
                rows.setLong(9, day);
                rows.end();
            }
            long began = System.nanoTime();
            table.append(rows, Map.of(), Map.of());
            took[from + i] = (System.nanoTime() - began) / 1e6;
            next += PACE;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }
}
