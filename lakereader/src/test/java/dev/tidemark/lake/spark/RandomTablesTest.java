package dev.tidemark.lake.spark;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static dev.tidemark.lake.spark.SparkTables.agree;
import static dev.tidemark.lake.spark.SparkTables.forgetWhatTheCheckpointKnows;
import static dev.tidemark.lake.spark.SparkTables.sql;

/** Tables of random types and values, written by Spark in random ways: what it reads of them and what we read. */
class RandomTablesTest {

    private final Spark spark = Spark.shared();
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {2, 3})
    void a_random_table_is_read_as_Spark_reads_it(long seed) throws Exception {
        Random random = new Random(seed);
        String mapping = List.of("none", "name", "id").get(random.nextInt(3));
        List<RandomType> types = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            types.add(i < 5 ? RandomType.any(random, 3) : RandomType.flat(random, 100_000));
        }
        RandomType partition = RandomType.flat(random, 3);
        List<String> columns = new ArrayList<>(List.of("id BIGINT", "p " + partition.sql()));
        List<String> values = new ArrayList<>(List.of("id", partition.value() + " AS p"));
        for (int i = 0; i < types.size(); i++) {
            columns.add("c" + i + " " + types.get(i).sql());
            values.add(types.get(i).value() + " AS c" + i);
        }
        String select = "SELECT " + String.join(", ", values) + " FROM range(";
        List<String> settings = settings(random);
        String what = "seed " + seed + ", columns mapped by " + mapping + ", " + settings + ", " + columns;
        settings.forEach(setting -> spark.run("SET " + setting));
        try {
            spark.run("CREATE TABLE " + sql(folder) + " (" + String.join(", ", columns) + ") USING delta PARTITIONED BY (p) TBLPROPERTIES ('delta.enableDeletionVectors'='"
                            + random.nextBoolean() + "', 'delta.columnMapping.mode'='" + mapping + "', 'delta.checkpointInterval'='2')",
                    "INSERT INTO " + sql(folder) + " " + select + "0, 150, 1, 1)",
                    "DELETE FROM " + sql(folder) + " WHERE id % 7 = " + random.nextInt(7));
            agree(folder, what);
            spark.run(mapping.equals("none") ? "ALTER TABLE " + sql(folder) + " ADD COLUMN later ARRAY<STRING>" : "ALTER TABLE " + sql(folder) + " RENAME COLUMN c0 TO renamed",
                    "INSERT INTO " + sql(folder) + " " + select.replace(" FROM range(", mapping.equals("none") ? ", array('x') FROM range(" : " FROM range(") + "150, 160, 1, 1)");
            forgetWhatTheCheckpointKnows(folder);
            agree(folder, what);
        } finally {
            settings.forEach(setting -> spark.run("RESET " + setting.substring(0, setting.indexOf('='))));
        }
    }

    /** How Spark and Parquet write. */
    private static List<String> settings(Random random) {
        List<String> settings = new ArrayList<>();
        settings.add("spark.sql.parquet.compression.codec=" + List.of("snappy", "zstd", "gzip", "lz4_raw", "uncompressed").get(random.nextInt(5)));
        settings.add("parquet.writer.version=" + List.of("PARQUET_1_0", "PARQUET_2_0").get(random.nextInt(2)));
        settings.add("parquet.enable.dictionary=" + random.nextBoolean());
        settings.add("parquet.page.row.count.limit=" + (5 + random.nextInt(100)));
        settings.add("spark.sql.parquet.outputTimestampType=" + List.of("INT96", "TIMESTAMP_MICROS").get(random.nextInt(2)));
        settings.add("spark.sql.parquet.writeLegacyFormat=" + (random.nextInt(3) == 0));
        String calendar = random.nextBoolean() ? "LEGACY" : "CORRECTED";
        settings.add("spark.sql.parquet.datetimeRebaseModeInWrite=" + calendar);
        settings.add("spark.sql.parquet.int96RebaseModeInWrite=" + calendar);
        return settings;
    }
}
