package dev.tidemark.stream.bench;

import dev.tidemark.lake.Lake;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.Rows;
import dev.tidemark.stream.table.TableLayout;
import io.delta.standalone.DeltaLog;
import io.delta.standalone.Operation;
import io.delta.standalone.OptimisticTransaction;
import io.delta.standalone.actions.AddFile;
import io.delta.standalone.actions.RemoveFile;
import io.delta.standalone.actions.SetTransaction;
import org.apache.hadoop.conf.Configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one small commit costs: {@code gold/live}, 100 rows, replaced whole, on a table of thousands of versions, with and without
 * forcing it to the disk. Beside it, in the same run, a delta-standalone transaction with its default log store on a table as long.
 * Arguments: commits of ours, of standalone's.
 */
public final class SmallCommits {

    private static final long DAY = LocalDate.of(2026, 11, 21).toEpochDay();
    private static final int ROWS = 100;

    private SmallCommits() {
    }

    public static void main(String[] args) throws IOException {
        int ours = args.length > 0 ? Integer.parseInt(args[0]) : 3_000;
        int theirs = args.length > 1 ? Integer.parseInt(args[1]) : 60;
        Path folder = Files.createTempDirectory("small-commits");
        try {
            Lake lake = Lake.at(folder.toString());
            report("ours, not forced", commits(lake, "live", LakeTables.GOLD_LIVE.layout(), ours));
            TableLayout live = LakeTables.GOLD_LIVE.layout();
            report("ours, forced", commits(lake, "forced",
                    new TableLayout(live.schema(), live.partitionColumns(), live.properties(), true), ours / 3));
            report("delta-standalone, defaults", standalone(folder.resolve("live"), theirs));
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private static double[] commits(Lake lake, String path, TableLayout layout, int count) {
        double[] millis = new double[count];
        try (DeltaTable table = DeltaTable.open(lake, path, layout, InstantSource.system())) {
            Rows rows = table.newRows();
            for (int i = 0; i < count; i++) {
                long start = System.nanoTime();
                rows.clear();
                fill(rows, i);
                table.replace(rows, Map.of("hub/0", (long) i), Map.of("windowsVersion", Integer.toString(i)));
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        return millis;
    }

    private static void fill(Rows rows, int round) {
        for (int i = 0; i < ROWS; i++) {
            rows.setString(0, "1m");
            rows.setLong(1, DAY * 86_400_000_000L);
            rows.setLong(2, DAY * 86_400_000_000L + 60_000_000L);
            rows.setString(3, "device");
            rows.setString(4, "device-" + i);
            rows.setString(5, "hall-3");
            rows.setString(6, "temperature");
            rows.setString(7, "C");
            rows.setLong(8, round);
            for (int column = 9; column < 16; column++) {
                rows.setDouble(column, i / 7.0 + round);
            }
            rows.setLong(16, DAY * 86_400_000_000L + round);
            rows.setLong(17, DAY);
            rows.end();
        }
    }

    /** The commit alone, without writing a file. */
    private static double[] standalone(Path table, int count) {
        Configuration settings = new Configuration();
        DeltaLog log = DeltaLog.forTable(settings, table.toUri().toString());
        AddFile last = log.snapshot().getAllFiles().get(0);
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            OptimisticTransaction transaction = log.startTransaction();
            transaction.txnVersion("hub/0");
            AddFile next = AddFile.builder("date=2026-11-21/none-" + i + ".parquet", last.getPartitionValues(), 1, start, true)
                    .stats("\"{\\\"numRecords\\\":100}\"").build();
            RemoveFile remove = last.remove();
            transaction.commit(List.of(new SetTransaction("hub/0", 1_000_000L + i, java.util.Optional.of(1L)), remove, next),
                    new Operation(Operation.Name.WRITE), "bench");
            last = next;
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        return millis;
    }

    private static void report(String what, double[] millis) {
        double[] warm = Arrays.copyOfRange(millis, millis.length / 3, millis.length);
        Arrays.sort(warm);
        System.out.printf("%-28s p50 %7.2f ms, p99 %7.2f ms, n %d%n", what, warm[warm.length / 2], warm[warm.length * 99 / 100], warm.length);
    }
}
