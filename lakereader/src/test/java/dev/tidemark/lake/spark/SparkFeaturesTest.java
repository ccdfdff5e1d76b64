package dev.tidemark.lake.spark;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;

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
            assertThat(Scan.of(snapshot).where(new Condition.In("place", Set.of("p/1"))).filesToRead()).hasSize(1);
            assertThat(Scan.of(snapshot).where(new Condition.Range("inner.b", 7L, 8L)).count()).isEqualTo(1);
            assertThat(Scan.of(snapshot).where(new Condition.Range("id", 50L, null)).filesToRead()).hasSize(1);
        } finally {
            spark.run("RESET spark.databricks.delta.checkpointV2.topLevelFileFormat", "RESET spark.databricks.delta.checkpoint.partSize");
        }
    }

    @Test
    void a_checkpoint_in_parts_without_statistics() throws Exception {
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
            // Spark has left no statistics at all, in spite of the property: rows are counted then.
            assertThat(table(folder).snapshot().files()).hasSize(2).allMatch(file -> file.statistics().isEmpty());
        } finally {
            spark.run("RESET spark.databricks.delta.checkpoint.partSize");
        }
    }

    @Test
    void types_that_were_widened() throws IOException {
        spark.run("CREATE TABLE " + sql(folder) + " (id BIGINT, tiny TINYINT, small SMALLINT, i INT, f FLOAT, day DATE, price DECIMAL(6,2), whole INT, exact INT, list ARRAY<SMALLINT>) "
                        + "USING delta TBLPROPERTIES ('delta.enableTypeWidening'='true')",
                "INSERT INTO " + sql(folder) + " VALUES (1, -1, 300, 2147483647, 0.1, date'1969-12-31', 12.34, 7, -7, array(1, null)), (2, null, null, null, null, null, null, null, null, null)",
                "ALTER TABLE " + sql(folder) + " ALTER COLUMN tiny TYPE INT", "ALTER TABLE " + sql(folder) + " ALTER COLUMN list.element TYPE INT",
                "INSERT INTO " + sql(folder) + " VALUES (3, 70000, null, null, null, null, null, null, null, array(70000))");
        agree(folder, 1, "before");
        agree(folder, "after what Spark 3.5 can widen");

        // The rest needs a later Spark: its commit is made by hand.
        String schema = Files.readAllLines(folder.resolve("_delta_log/00000000000000000003.json")).stream().filter(line -> line.startsWith("{\"metaData\"")).findFirst().orElseThrow();
        for (String[] change : new String[][] {{"small", "short", "integer"}, {"i", "integer", "long"}, {"f", "float", "double"}, {"day", "date", "timestamp_ntz"},
            {"price", "decimal(6,2)", "decimal(20,5)"}, {"whole", "integer", "double"}, {"exact", "integer", "decimal(12,1)"}}) {
            String before = "\\\"name\\\":\\\"" + change[0] + "\\\",\\\"type\\\":\\\"" + change[1] + "\\\"";
            assertThat(schema).contains(before);
            schema = schema.replace(before, before.replace(change[1], change[2]));
        }
        Table open = table(folder);
        assertThat(Scan.of(open.snapshot()).where(new Condition.Range("day", -1L, 0L)).count()).isEqualTo(1);
        CommitLog.of(Place.local(folder)).publish(5, List.of(schema), false);
        List<String> rows = List.of("{\"id\":1,\"tiny\":-1,\"small\":300,\"i\":2147483647,\"f\":0.10000000149011612,\"day\":-86400000000,\"price\":12.34000,\"whole\":7.0,"
                        + "\"exact\":-7.0,\"list\":[1,null]}",
                "{\"id\":2,\"tiny\":null,\"small\":null,\"i\":null,\"f\":null,\"day\":null,\"price\":null,\"whole\":null,\"exact\":null,\"list\":null}",
                "{\"id\":3,\"tiny\":70000,\"small\":null,\"i\":null,\"f\":null,\"day\":null,\"price\":null,\"whole\":null,\"exact\":null,\"list\":[70000]}");
        for (Table table : List.of(open, table(folder))) {
            Snapshot snapshot = table.snapshot();
            assertThat(SparkTables.ours(snapshot)).isEqualTo(rows);
            assertThat(Scan.of(snapshot).where(new Condition.Range("day", -86_400_000_000L, 0L)).count()).isEqualTo(1);
            assertThat(Scan.of(snapshot).where(new Condition.Range("f", (double) 0.1f, null)).count()).isEqualTo(1);
            assertThat(Scan.of(snapshot).where(new Condition.In("exact", Set.of(-7L))).count()).isEqualTo(1);
            assertThat(Scan.of(snapshot).where(new Condition.Range("whole", 6.5, 7.5)).count()).isEqualTo(1);
        }
    }

    @Test
    void times_kept_in_the_log_from_the_middle_of_its_life_on() throws IOException {
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
        // As when the table was copied: files are younger than the times in the log.
        FileTime later = FileTime.from(ours.get(3).committedAt().plusSeconds(60));
        for (int i = 0; i < 4; i++) {
            Files.setLastModifiedTime(folder.resolve("_delta_log/0000000000000000000" + i + ".json"), later);
        }
        assertThat(table(folder).versionAt(ours.get(3).committedAt())).isEqualTo(3);
        assertThat(table(folder).versionAt(ours.get(2).committedAt())).isEqualTo(2);
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
        assertThat(Scan.of(snapshot).where(new Condition.In("day", Set.of(-141427L))).count()).isEqualTo(4);
    }
}
