package dev.tidemark.lake;

import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A checkpoint of a writer that leaves statistics as columns and not as text, as Databricks does where it is told to; all that is left of its log. */
class StatisticsColumnsTest {

    private static final MessageType CHECKPOINT = MessageTypeParser.parseMessageType("""
            message checkpoint {
              optional group protocol { required int32 minReaderVersion; required int32 minWriterVersion; }
              optional group metaData { optional binary id (STRING); optional binary schemaString (STRING);
                optional group format { optional binary provider (STRING); optional group options (MAP) { repeated group key_value { required binary key (STRING); optional binary value (STRING); } } }
                optional group partitionColumns (LIST) { repeated group list { optional binary element (STRING); } }
                optional group configuration (MAP) { repeated group key_value { required binary key (STRING); optional binary value (STRING); } } }
              optional group add { optional binary path (STRING); optional int64 size; optional int64 modificationTime; optional boolean dataChange; optional binary stats (STRING);
                optional group partitionValues (MAP) { repeated group key_value { required binary key (STRING); optional binary value (STRING); } }
                optional group stats_parsed { optional int64 numRecords;
                  optional group minValues { optional int32 i; optional int64 at (TIMESTAMP(MICROS,true)); optional int32 day (DATE); optional binary s (STRING);
                    optional group in { optional float f; } }
                  optional group maxValues { optional int32 i; optional int64 at (TIMESTAMP(MICROS,true)); optional int32 day (DATE); optional binary s (STRING);
                    optional group in { optional float f; } }
                  optional group nullCount { optional int64 i; optional int64 at; optional int64 day; optional int64 s; optional group in { optional int64 f; } } } }
            }""");
    private static final String SCHEMA = "{'type':'struct','fields':[{'name':'i','type':'integer','nullable':true,'metadata':{}},{'name':'at','type':'timestamp','nullable':true,'metadata':{}},"
            + "{'name':'day','type':'date','nullable':true,'metadata':{}},{'name':'s','type':'string','nullable':true,'metadata':{}},"
            + "{'name':'in','type':{'type':'struct','fields':[{'name':'f','type':'float','nullable':true,'metadata':{}}]},'nullable':true,'metadata':{}}]}";

    @TempDir
    private Path folder;

    @Test
    void they_are_bounds_in_the_columns_types_as_the_text_would_be() throws Exception {
        Group protocol = new SimpleGroup(CHECKPOINT);
        protocol.addGroup("protocol").append("minReaderVersion", 1).append("minWriterVersion", 2);
        Group table = new SimpleGroup(CHECKPOINT);
        Group metadata = table.addGroup("metaData").append("id", "t").append("schemaString", SCHEMA.replace('\'', '"'));
        metadata.addGroup("format").append("provider", "parquet").addGroup("options");
        metadata.addGroup("partitionColumns");
        metadata.addGroup("configuration").addGroup("key_value").append("key", "delta.checkpoint.writeStatsAsJson").append("value", "false");
        Group row = new SimpleGroup(CHECKPOINT);
        Group add = row.addGroup("add").append("path", "x.parquet").append("size", 10L).append("modificationTime", 5L).append("dataChange", false);
        add.addGroup("partitionValues");
        Group statistics = add.addGroup("stats_parsed").append("numRecords", 7L);
        statistics.addGroup("minValues").append("i", -3).append("at", -1_000_001L).append("day", -1).append("s", "a").addGroup("in").append("f", 0.1f);
        statistics.addGroup("maxValues").append("i", 3).append("at", 1_000_001L).append("day", 1).append("s", "z").addGroup("in").append("f", 0.5f);
        statistics.addGroup("nullCount").append("i", 1L).append("at", 0L).addGroup("in").append("f", 2L);
        Path log = Files.createDirectories(folder.resolve("_delta_log"));
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(log.resolve("00000000000000000004.checkpoint.parquet")))
                .withConf(new PlainParquetConfiguration()).withType(CHECKPOINT).build()) {
            writer.write(protocol);
            writer.write(table);
            writer.write(row);
        }
        Snapshot snapshot = Lake.at(folder.toString()).table("").snapshot();
        assertThat(snapshot.version()).isEqualTo(4);
        List<DataFile> files = snapshot.files();
        DataFile.Statistics noted = files.get(0).statistics().orElseThrow();
        assertThat(noted.rows()).isEqualTo(7);
        assertThat(noted.min()).containsEntry("i", -3L).containsEntry("at", -1_000_001L).containsEntry("day", -1L).containsEntry("s", "a")
                .containsEntry("in.f", (double) 0.1f);
        assertThat(noted.max()).containsEntry("i", 3L).containsEntry("at", 1_000_001L).containsEntry("day", 1L).containsEntry("s", "z").containsEntry("in.f", 0.5);
        assertThat(noted.nullCount()).containsEntry("i", 1L).containsEntry("in.f", 2L).doesNotContainKey("day");
    }
}
