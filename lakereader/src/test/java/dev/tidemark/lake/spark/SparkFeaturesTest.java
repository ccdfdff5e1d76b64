package dev.tidemark.lake.spark;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static dev.tidemark.lake.spark.SparkTables.agree;
import static dev.tidemark.lake.spark.SparkTables.forgetWhatTheCheckpointKnows;
import static dev.tidemark.lake.spark.SparkTables.logFiles;
import static dev.tidemark.lake.spark.SparkTables.sql;
import static dev.tidemark.lake.spark.SparkTables.table;
import static org.assertj.core.api.Assertions.assertThat;

/** Features of the protocol, as Spark writes them. */
class SparkFeaturesTest {

    private final Spark spark = Spark.shared();
    @TempDir
    private Path folder;

    @Test
    void a_v2_checkpoint_in_JSON_with_sidecars_of_mapped_columns_and_deleted_rows() throws Exception {
        spark.run("SET spark.databricks.delta.checkpointV2.topLevelFileFormat=json", "SET spark.databricks.delta.checkpoint.partSize=2");
        try {
            spark.run("CREATE TABLE " + sql(folder) + " (id BIGINT, inner STRUCT<a: INT, gone: STRING, list: ARRAY<STRUCT<x: DOUBLE>>>, p STRING) USING delta PARTITIONED BY (p) "
                            + "TBLPROPERTIES ('delta.checkpointPolicy'='v2', 'delta.columnMapping.mode'='id', 'delta.enableDeletionVectors'='true', 'delta.checkpointInterval'='3')",
                    "INSERT INTO " + sql(folder) + " SELECT id, named_struct('a', cast(id AS INT), 'gone', 'g', 'list', array(named_struct('x', id / 4), null)), "
                            + "if(id % 3 = 0, null, concat('p/', id % 3)) FROM range(30)",
                    "DELETE FROM " + sql(folder) + " WHERE id % 5 = 1",
                    "DELETE FROM " + sql(folder) + " WHERE id % 5 = 2");
            assertThat(logFiles(folder, ".*\\.checkpoint\\.[0-9a-f-]{36}\\.json")).hasSize(1);
            forgetWhatTheCheckpointKnows(folder);
            agree(folder, "the checkpoint");
            spark.run("ALTER TABLE " + sql(folder) + " RENAME COLUMN inner.a TO b", "ALTER TABLE " + sql(folder) + " DROP COLUMN inner.gone",
                    "ALTER TABLE " + sql(folder) + " RENAME COLUMN p TO place", "INSERT INTO " + sql(folder) + " VALUES (99, named_struct('b', 7, 'list', null), 'new')");
            agree(folder, "what came after it");
            Snapshot snapshot = table(folder).snapshot();
            assertThat(Scan.of(snapshot).where(new Condition.In("place", java.util.Set.of("p/1"))).filesToRead()).hasSize(1);
            assertThat(Scan.of(snapshot).where(new Condition.Range("inner.b", 7L, 8L)).count()).isEqualTo(1);
            assertThat(Scan.of(snapshot).where(new Condition.Range("id", 50L, null)).filesToRead()).hasSize(1);
        } finally {
            spark.run("RESET spark.databricks.delta.checkpointV2.topLevelFileFormat", "RESET spark.databricks.delta.checkpoint.partSize");
        }
    }

    @Test
    void a_checkpoint_in_parts_whose_statistics_are_columns() throws Exception {
        spark.run("SET spark.databricks.delta.checkpoint.partSize=1");
        try {
            spark.run("CREATE TABLE " + sql(folder) + " (id INT, at TIMESTAMP, day DATE, name STRING, price DECIMAL(9,2), s STRUCT<n: FLOAT>) USING delta "
                            + "TBLPROPERTIES ('delta.checkpointInterval'='2', 'delta.checkpoint.writeStatsAsStruct'='true', 'delta.checkpoint.writeStatsAsJson'='false')",
                    "INSERT INTO " + sql(folder) + " SELECT id, timestamp_micros(id * 1000000), date_add(date'2024-01-01', id), concat('n', id), id / 10, named_struct('n', id / 8) "
                            + "FROM (SELECT cast(id AS INT) id FROM range(10))",
                    "INSERT INTO " + sql(folder) + " VALUES (100, timestamp'2030-01-01 00:00:00', null, 'z', 1, null)");
            assertThat(logFiles(folder, ".*\\.checkpoint\\.\\d{10}\\.\\d{10}\\.parquet")).hasSizeGreaterThan(1);
            forgetWhatTheCheckpointKnows(folder);
            agree(folder, "the checkpoint");
            List<DataFile> files = table(folder).snapshot().files();
            assertThat(files).hasSize(2).allMatch(file -> file.statistics().isPresent());
            DataFile.Statistics first = files.get(0).statistics().orElseThrow();
            assertThat(first.rows()).isEqualTo(10);
            assertThat(first.min()).containsEntry("id", 0L).containsEntry("at", 0L).containsEntry("name", "n0").containsEntry("s.n", 0.0);
            assertThat(first.max()).containsEntry("id", 9L).containsEntry("s.n", 1.125);
            assertThat(Scan.of(table(folder).snapshot()).where(new Condition.Range("id", 50L, null)).filesToRead()).containsExactly(files.get(1));
        } finally {
            spark.run("RESET spark.databricks.delta.checkpoint.partSize");
        }
    }

    @Test
    void types_that_were_widened() {
        spark.run("CREATE TABLE " + sql(folder) + " (id BIGINT, tiny TINYINT, i INT, f FLOAT, day DATE, price DECIMAL(6,2), whole INT, exact INT, inner STRUCT<n: SMALLINT>, list ARRAY<INT>) "
                        + "USING delta TBLPROPERTIES ('delta.enableTypeWidening'='true')",
                "INSERT INTO " + sql(folder) + " VALUES (1, -1, 2147483647, 0.1, date'1969-12-31', 12.34, 7, -7, named_struct('n', -3), array(1, null)), "
                        + "(2, null, null, null, null, null, null, null, null, null)");
        for (String change : List.of("tiny TYPE BIGINT", "i TYPE BIGINT", "f TYPE DOUBLE", "day TYPE TIMESTAMP_NTZ", "price TYPE DECIMAL(20,5)", "whole TYPE DOUBLE",
                "exact TYPE DECIMAL(12,1)", "inner.n TYPE INT", "list.element TYPE BIGINT")) {
            spark.run("ALTER TABLE " + sql(folder) + " ALTER COLUMN " + change);
        }
        spark.run("INSERT INTO " + sql(folder) + " VALUES (3, 9000000000, 9000000000, 0.1, timestamp_ntz'2024-01-01 12:00:00.000001', 123456789.12345, 0.5, 0.5, named_struct('n', 70000), "
                + "array(9000000000))");
        agree(folder, 1, "before");
        agree(folder, "after");
        // Both files hold a value of the condition; statistics of the first were written in the old types.
        Snapshot snapshot = table(folder).snapshot();
        assertThat(Scan.of(snapshot).where(new Condition.Range("day", -86_400_000_000L, 0L)).count()).isEqualTo(1);
        assertThat(Scan.of(snapshot).where(new Condition.Range("f", (double) 0.1f, null)).count()).isEqualTo(2);
        assertThat(Scan.of(snapshot).where(new Condition.In("exact", java.util.Set.of(-7L))).count()).isEqualTo(1);
    }

    @Test
    void times_kept_in_the_log_from_the_middle_of_its_life_on() {
        spark.run("CREATE TABLE " + sql(folder) + " (id BIGINT) USING delta", "INSERT INTO " + sql(folder) + " VALUES (1)",
                "ALTER TABLE " + sql(folder) + " SET TBLPROPERTIES ('delta.enableInCommitTimestamps'='true')", "INSERT INTO " + sql(folder) + " VALUES (2)");
        Table table = table(folder);
        List<String> theirs = spark.rows("DESCRIBE HISTORY " + sql(folder));
        List<Commit> ours = table.history();
        for (int i = 0; i < ours.size(); i++) {
            long micros = ours.get(i).committedAt().toEpochMilli() * 1000;
            assertThat(theirs.get(ours.size() - 1 - i)).startsWith("{\"version\":" + i + ",\"timestamp\":" + micros + ",");
            assertThat(table.versionAt(ours.get(i).committedAt())).isEqualTo(i);
            assertThat(table.snapshot(i).committedAt()).isEqualTo(ours.get(i).committedAt());
        }
    }

    @Test
    void what_only_writers_must_know_does_no_harm() {
        spark.run("CREATE TABLE " + sql(folder) + " (id BIGINT, name STRING DEFAULT 'none', at TIMESTAMP) USING delta CLUSTER BY (id) TBLPROPERTIES ('delta.enableChangeDataFeed'='true', 'delta.enableRowTracking'='true', 'delta.feature.allowColumnDefaults'='supported', "
                        + "'delta.feature.vacuumProtocolCheck'='supported')",
                "ALTER TABLE " + sql(folder) + " ADD CONSTRAINT positive CHECK (id >= 0)",
                "INSERT INTO " + sql(folder) + " (id, at) VALUES (1, timestamp'2024-05-05 10:00:00'), (2, timestamp'2024-05-06 10:00:00'), (3, null)",
                "UPDATE " + sql(folder) + " SET name = 'two' WHERE id = 2", "DELETE FROM " + sql(folder) + " WHERE id = 1");
        for (long version = 2; version <= 4; version++) {
            agree(folder, version, "the table");
        }
        assertThat(table(folder).history().get(3).added()).noneMatch(file -> file.location().contains("_change_data"));
    }

    @Test
    void dates_and_times_of_the_old_calendar() {
        spark.run("CREATE TABLE " + sql(folder) + " (id INT, day DATE, at TIMESTAMP, list ARRAY<DATE>) USING delta");
        try {
            for (String type : List.of("INT96", "TIMESTAMP_MICROS")) {
                for (String mode : List.of("LEGACY", "CORRECTED")) {
                    spark.run("SET spark.sql.parquet.outputTimestampType=" + type, "SET spark.sql.parquet.datetimeRebaseModeInWrite=" + mode,
                            "SET spark.sql.parquet.int96RebaseModeInWrite=" + mode,
                            "INSERT INTO " + sql(folder) + " VALUES (1, date'0001-01-01', timestamp'0099-03-01 00:00:00.000001', array(date'1500-03-01')), "
                                    + "(2, date'1582-10-15', timestamp'1582-10-15 00:00:00', array(date'1000-01-01', date'2000-01-01')), "
                                    + "(3, date'1582-10-04', timestamp'1582-10-04 23:59:59.999999', null), (4, date'2024-02-29', timestamp'1899-12-31 23:59:59', array())");
                }
            }
        } finally {
            spark.run("RESET spark.sql.parquet.outputTimestampType", "RESET spark.sql.parquet.datetimeRebaseModeInWrite", "RESET spark.sql.parquet.int96RebaseModeInWrite");
        }
        agree(folder, "the table");
        Snapshot snapshot = table(folder).snapshot();
        assertThat(Scan.of(snapshot).where(new Condition.Range("day", -719162L, -719161L)).count()).isEqualTo(4);
        assertThat(Scan.of(snapshot).where(new Condition.In("day", java.util.Set.of(-141427L))).count()).isEqualTo(4);
    }
}
