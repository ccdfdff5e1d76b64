package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.stream.decode.Decoded;
import dev.tidemark.stream.decode.Decoder;
import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.decode.Reference;
import dev.tidemark.stream.source.Message;
import dev.tidemark.stream.reference.ReferenceHistory;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes back from {@code silver/readings} has the measures, names and units that the decoder gave. */
class SilverReaderTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2024-06-01T12:00:00Z"));

    @TempDir
    Path folder;

    private static Map<String, String> measures(Reading reading) {
        Map<String, String> measures = new TreeMap<>();
        for (int i = 0; i < reading.shape().measures().size(); i++) {
            double number = reading.numbers()[reading.shape().measureLeaf()[i]];
            if (!Double.isNaN(number)) {
                measures.put(reading.shape().measures().get(i), number + " " + reading.shape().units().get(i));
            }
        }
        return measures;
    }

    private List<Reading> throughTheTable(List<Reading> readings) {
        Lake lake = Lake.at(folder.toString());
        try (DeltaTable table = DeltaTable.open(lake, LakeTables.SILVER_READINGS.path(), LakeTables.SILVER_READINGS.layout(), CLOCK)) {
            SilverColumns columns = new SilverColumns(table.schema());
            Schema missing = columns.missing(readings);
            table.addColumns(missing);
            columns.grown(table.schema());
            Rows rows = table.newRows();
            columns.write(rows, readings, new boolean[readings.size()], "s", "p", LongStream.range(0, readings.size()).toArray(), 1);
            table.append(rows, Map.of(), Map.of());
        }
        Snapshot snapshot = lake.table(LakeTables.SILVER_READINGS.path()).snapshot();
        SilverReader reader = new SilverReader(snapshot.schema(), ReferenceHistory.open(folder, null, () -> Reference.NONE));
        List<Reading> back = new ArrayList<>();
        InOrder.read(Scan.of(snapshot).columns(reader.columns()), (batch, row) -> back.add(reader.reading(batch, row)));
        return back;
    }

    @Test
    void measures_names_and_units_come_back() {
        Decoder decoder = new Decoder(CLOCK);
        List<Reading> readings = new ArrayList<>();
        for (String body : List.of(
                "{\"deviceId\":\"a\",\"ts\":1700000000,\"temperature\":1.5,\"humidity\":40,\"location\":\"hall\"}",
                "{\"deviceId\":\"a\",\"ts\":1700000001,\"temperature\":null,\"humidity\":41}",
                "{\"deviceId\":\"b\",\"ts\":1700000002,\"device_type\":\"pressure\",\"value\":3.25,\"unit\":\"bar\"}",
                "{\"deviceId\":\"b\",\"ts\":1700000003,\"device_type\":\"flow\",\"value\":4,\"unit\":\"l/s\",\"Measure\":\"volume\"}",
                "{\"deviceId\":\"b\",\"ts\":1700000004,\"value\":5,\"unit\":\" \"}",
                "{\"deviceId\":\"c\",\"ts\":1700000005,\"power\":6,\"unit\":\"kW\",\"on\":true}",
                "{\"deviceId\":\"c\",\"ts\":1700000006,\"power\":\"high\",\"unit\":7}",
                "{\"deviceId\":\"c\",\"ts\":1700000007,\"on\":1,\"power\":0.1}",
                "{\"deviceId\":\"c\",\"ts\":1700000008,\"device_type\":8,\"value\":9}",
                "{\"deviceId\":\"d\",\"ts\":1700000009,\"readings\":{\"motor\":{\"temp_c\":71.2}},\"axes\":[1,2,3],\"offset\":4}",
                "{\"deviceId\":\"d\",\"ts\":1700000010,\"x\":1,\"X\":2}")) {
            Decoded decoded = decoder.decode(new Message(readings.size(), 0, null, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
            readings.add(((Decoded.Accepted) decoded).reading());
        }
        List<Reading> back = throughTheTable(readings);
        assertThat(back).hasSameSizeAs(readings);
        for (int i = 0; i < back.size(); i++) {
            assertThat(measures(back.get(i))).as("reading %d", i).isEqualTo(measures(readings.get(i))).isNotEmpty();
            assertThat(back.get(i).deviceId()).isEqualTo(readings.get(i).deviceId());
            assertThat(back.get(i).eventTime()).isEqualTo(readings.get(i).eventTime());
            assertThat(back.get(i).location()).isEqualTo(readings.get(i).location());
        }
        assertThat(measures(back.get(2))).containsExactlyEntriesOf(Map.of("pressure", "3.25 bar"));
        assertThat(measures(back.get(7))).containsKeys("on", "power");
    }
}
