package dev.tidemark.stream.bench;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.spark.Spark;
import dev.tidemark.stream.pipeline.LakeRows;
import dev.tidemark.stream.table.LakeTables;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Whether Spark reads the same rows out of a lake as we do: every table at its newest version, at one in the middle, and at the oldest that can be read. Argument: the lake, such as
 * {@link Month} leaves. Started in the module's folder, beside which the build has put Spark.
 */
public final class SparkAgrees {

    private SparkAgrees() {
    }

    public static void main(String[] args) {
        Path lake = Path.of(args[0]).toAbsolutePath();
        boolean agree = true;
        for (LakeTables kind : LakeTables.values()) {
            Table table = Lake.at(lake.toString()).table(kind.path());
            long newest = table.latestVersion();
            long oldest = table.travel().readable().oldestWithoutGap().orElse(newest);
            for (long version : new long[] {newest, (oldest + newest) / 2, oldest}) {
                List<String> ours = LakeRows.asSpark(table.snapshot(version));
                List<String> sparks = Spark.shared().rows("SELECT * FROM delta.`" + lake.resolve(kind.path()) + "` VERSION AS OF " + version).stream().sorted().toList();
                boolean same = ours.equals(sparks);
                agree &= same;
                System.out.printf(Locale.ROOT, "%-16s version %,8d: %,8d rows, Spark %,8d: %s%n", kind.path(), version, ours.size(), sparks.size(), same ? "the same" : "NOT the same");
            }
        }
        System.exit(agree ? 0 : 1);
    }
}
