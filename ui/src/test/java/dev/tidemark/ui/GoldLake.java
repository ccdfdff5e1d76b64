package dev.tidemark.ui;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** A lake with {@code gold/windows}, {@code gold/live} and, once there is an alert, {@code gold/alerts}, written for a test: small, repeatable, every commit at a given time. */
public final class GoldLake {

    /** Type of each column as Delta names it, and as Parquet does. */
    private static final String[][] COLUMNS = {
            {"window", "string", "optional binary window (STRING)"},
            {"window_start", "timestamp", "optional int64 window_start (TIMESTAMP(MICROS,true))"},
            {"window_end", "timestamp", "optional int64 window_end (TIMESTAMP(MICROS,true))"},
            {"grain", "string", "optional binary grain (STRING)"},
            {"device_id", "string", "optional binary device_id (STRING)"},
            {"location", "string", "optional binary location (STRING)"},
            {"measure", "string", "optional binary measure (STRING)"},
            {"unit", "string", "optional binary unit (STRING)"},
            {"count", "long", "optional int64 count"},
            {"avg", "double", "optional double avg"},
            {"min", "double", "optional double min"},
            {"max", "double", "optional double max"},
            {"sum", "double", "optional double sum"},
            {"stddev", "double", "optional double stddev"},
            {"first", "double", "optional double first"},
            {"last", "double", "optional double last"},
            {"last_event_time", "timestamp", "optional int64 last_event_time (TIMESTAMP(MICROS,true))"}};
    private static final String[][] ALERT_COLUMNS = {
            {"alert_id", "string", "optional binary alert_id (STRING)"},
            {"rule", "string", "optional binary rule (STRING)"},
            {"kind", "string", "optional binary kind (STRING)"},
            {"severity", "string", "optional binary severity (STRING)"},
            {"state", "string", "optional binary state (STRING)"},
            {"device_id", "string", "optional binary device_id (STRING)"},
            {"location", "string", "optional binary location (STRING)"},
            {"measure", "string", "optional binary measure (STRING)"},
            {"value", "double", "optional double value"},
            {"limit", "double", "optional double limit"},
            {"message", "string", "optional binary message (STRING)"},
            {"event_time", "timestamp", "optional int64 event_time (TIMESTAMP(MICROS,true))"},
            {"raised_at", "timestamp", "optional int64 raised_at (TIMESTAMP(MICROS,true))"},
            {"sequence", "long", "optional int64 sequence"}};
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One aggregate. A null device makes it one of a location. */
    public record Row(String window, Instant start, String device, String location, String measure, long count, double avg) {
    }

    /** One change of an alert about a threshold; it is told two seconds after it happened. */
    public record AlertRow(String id, long sequence, String rule, String severity, String state, String device, String location, String measure, double value,
                           double limit, Instant time) {

        /** The first of an alert about the temperature of a device. */
        public static AlertRow raised(String id, String severity, String device, Instant time) {
            return new AlertRow(id, 0, "too-hot", severity, "raised", device, device.replaceAll("-\\d+$", ""), "temperature", 43.5, 40, time);
        }

        /** The last of this alert. */
        public AlertRow cleared(Instant at) {
            return new AlertRow(id, sequence + 1, rule, severity, "cleared", device, location, measure, limit - 3, limit, at);
        }

        private String message() {
            return measure + " of " + device + " is " + value + " °C" + (state.equals("cleared") ? " again" : ", above " + limit + " °C");
        }
    }

    private final Path root;
    /** Table → data files that its newest version holds. */
    private final Map<String, List<String>> held = new HashMap<>();
    /** Table → its next version, unless somebody else has written it. */
    private final Map<String, Long> versions = new HashMap<>();

    private GoldLake(Path root) {
        this.root = root;
    }

    /** A lake in a folder, its two tables made and empty. */
    public static GoldLake in(Path root, Instant madeAt) {
        GoldLake lake = new GoldLake(root);
        lake.create("gold/windows", COLUMNS, madeAt);
        lake.create("gold/live", COLUMNS, madeAt);
        return lake;
    }

    public Path root() {
        return root;
    }

    public Path table(String path) {
        return root.resolve(path);
    }

    /** Aggregates of two halls with two devices each, temperature and vibration, one a minute. */
    public static List<Row> minutes(Instant from, int count) {
        return rows("1m", from, count, (series, minute) -> 20 + 5 * series + 3 * Math.sin((minute + 7 * series) / 9.0));
    }

    /** As {@link #minutes}, with values of one's own: (series, minute) to the average. */
    public static List<Row> rows(String window, Instant from, int count, BiFunction<Integer, Integer, Double> values) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant start = from.plus(i, ChronoUnit.MINUTES);
            int series = 0;
            for (String hall : List.of("hall-a", "hall-b")) {
                for (String measure : List.of("temperature", "vibration")) {
                    double value = values.apply(series, i) / (measure.equals("vibration") ? 10 : 1);
                    rows.add(new Row(window, start, null, hall, measure, 120, value));
                    rows.add(new Row(window, start, hall + "-1", hall, measure, 60, value - 0.5));
                    rows.add(new Row(window, start, hall + "-2", hall, measure, 60, value + 0.5));
                    series++;
                }
            }
        }
        return rows;
    }

    /** Appends closed windows. @return the version */
    public long append(List<Row> rows, Instant at) {
        return commit("gold/windows", at, "STREAMING UPDATE", JSON.createObjectNode(), List.of(write("gold/windows", rows, at, true)));
    }

    /** Makes the table of alerts. */
    public void alerts(Instant at) {
        create("gold/alerts", ALERT_COLUMNS, at);
    }

    /** Tells changes of alerts. @return the version */
    public long alert(List<AlertRow> rows, Instant at) {
        Instant first = rows.stream().map(row -> row.time().plusSeconds(2)).min(Instant::compareTo).orElseThrow();
        Instant last = rows.stream().map(row -> row.time().plusSeconds(2)).max(Instant::compareTo).orElseThrow();
        return commit("gold/alerts", at, "STREAMING UPDATE", JSON.createObjectNode(), List.of(write("gold/alerts", ALERT_COLUMNS, "raised_at", first, last,
                rows.size(), (groups, i) -> fill(groups, rows.get(i)), at, true)));
    }

    /** Replaces the open windows, which continue a version of the closed ones. @return the version */
    public long open(List<Row> rows, long windowsVersion, Instant at) {
        ObjectNode parameters = JSON.createObjectNode().put("mode", "Overwrite").put("windowsVersion", String.valueOf(windowsVersion));
        List<ObjectNode> actions = new ArrayList<>(removals("gold/live", at, true));
        actions.add(write("gold/live", rows, at, true));
        return commit("gold/live", at, "WRITE", parameters, actions);
    }

    /** Writes all closed windows anew into one file, without a change of data. @return the version */
    public long compact(List<Row> all, Instant at) {
        List<ObjectNode> actions = new ArrayList<>(removals("gold/windows", at, false));
        actions.add(write("gold/windows", all, at, false));
        return commit("gold/windows", at, "OPTIMIZE", JSON.createObjectNode(), actions);
    }

    /**
     * Writes what the newest files of the closed windows hold into one, without a change of data.
     *
     * @param files how many of them
     * @param rows  what they hold
     * @return the version
     */
    public long compactNewest(int files, List<Row> rows, Instant at) {
        List<String> all = held.get("gold/windows");
        List<String> rest = List.copyOf(all.subList(0, all.size() - files));
        held.put("gold/windows", new ArrayList<>(all.subList(all.size() - files, all.size())));
        List<ObjectNode> actions = new ArrayList<>(removals("gold/windows", at, false));
        held.put("gold/windows", new ArrayList<>(rest));
        actions.add(write("gold/windows", rows, at, false));
        return commit("gold/windows", at, "OPTIMIZE", JSON.createObjectNode(), actions);
    }

    /** Replaces all closed windows by others. @return the version */
    public long overwrite(List<Row> all, Instant at) {
        List<ObjectNode> actions = new ArrayList<>(removals("gold/windows", at, true));
        actions.add(write("gold/windows", all, at, true));
        return commit("gold/windows", at, "WRITE", JSON.createObjectNode(), actions);
    }

    /** Takes the data files of a table away, not its log. */
    public void loseData(String table) {
        try (var files = Files.walk(table(table))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a column of numbers to the closed windows. @return the version */
    public long widen(String column, Instant at) {
        return commit("gold/windows", at, "ADD COLUMNS", JSON.createObjectNode(), List.of(metadata("gold/windows", COLUMNS, at, List.of(column))));
    }

    private void create(String table, String[][] columns, Instant at) {
        ObjectNode protocol = JSON.createObjectNode();
        protocol.putObject("protocol").put("minReaderVersion", 1).put("minWriterVersion", 2);
        commit(table, at, "CREATE TABLE", JSON.createObjectNode(), List.of(protocol, metadata(table, columns, at, List.of())));
    }

    private static ObjectNode metadata(String table, String[][] columns, Instant at, List<String> more) {
        ObjectNode schema = JSON.createObjectNode().put("type", "struct");
        var fields = schema.putArray("fields");
        for (String[] column : columns) {
            fields.addObject().put("name", column[0]).put("type", column[1]).put("nullable", true).putObject("metadata");
        }
        fields.addObject().put("name", "date").put("type", "date").put("nullable", true).putObject("metadata");
        more.forEach(column -> fields.addObject().put("name", column).put("type", "double").put("nullable", true).putObject("metadata"));
        ObjectNode metadata = JSON.createObjectNode();
        ObjectNode body = metadata.putObject("metaData").put("id", table.replace('/', '-')).put("schemaString", schema.toString())
                .put("createdTime", at.toEpochMilli());
        body.putObject("format").put("provider", "parquet").putObject("options");
        body.putArray("partitionColumns").add("date");
        body.putObject("configuration");
        return metadata;
    }

    private long commit(String table, Instant at, String operation, ObjectNode parameters, List<ObjectNode> actions) {
        try {
            Path log = Files.createDirectories(table(table).resolve("_delta_log"));
            long version = versions.getOrDefault(table, 0L);
            while (Files.exists(log.resolve(String.format("%020d.json", version)))) {
                version++;
            }
            versions.put(table, version + 1);
            ObjectNode info = JSON.createObjectNode();
            info.putObject("commitInfo").put("timestamp", at.toEpochMilli()).put("operation", operation).put("engineInfo", "test")
                    .set("operationParameters", parameters);
            StringBuilder text = new StringBuilder(info.toString()).append('\n');
            actions.forEach(action -> text.append(action).append('\n'));
            Path part = Files.writeString(log.resolve(".part"), text);
            Files.setLastModifiedTime(part, FileTime.from(at));
            Files.move(part, log.resolve(String.format("%020d.json", version)), StandardCopyOption.ATOMIC_MOVE);
            return version;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ObjectNode> removals(String table, Instant at, boolean dataChange) {
        List<ObjectNode> removals = new ArrayList<>();
        for (String path : held.getOrDefault(table, List.of())) {
            ObjectNode remove = JSON.createObjectNode();
            remove.putObject("remove").put("path", path).put("deletionTimestamp", at.toEpochMilli()).put("dataChange", dataChange)
                    .put("extendedFileMetadata", false);
            removals.add(remove);
        }
        held.remove(table);
        return removals;
    }

    private ObjectNode write(String table, List<Row> rows, Instant at, boolean dataChange) {
        Instant first = rows.stream().map(Row::start).min(Instant::compareTo).orElseThrow();
        Instant last = rows.stream().map(Row::start).max(Instant::compareTo).orElseThrow();
        return write(table, COLUMNS, "window_start", first, last, rows.size(), (group, i) -> fill(group, rows.get(i)), at, dataChange);
    }

    private ObjectNode write(String table, String[][] columns, String timeColumn, Instant first, Instant last, int rows,
                             BiFunction<Group, Integer, Group> filler, Instant at, boolean dataChange) {
        String date = LocalDate.ofInstant(first, ZoneOffset.UTC).toString();
        StringBuilder schema = new StringBuilder("message row {");
        for (String[] column : columns) {
            schema.append(column[2]).append(';');
        }
        MessageType type = MessageTypeParser.parseMessageType(schema.append('}').toString());
        try {
            Path folder = Files.createDirectories(table(table).resolve("date=" + date));
            Path file = folder.resolve("part-" + System.nanoTime() + ".parquet");
            try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(type)
                    .withConf(new PlainParquetConfiguration()).withCompressionCodec(CompressionCodecName.UNCOMPRESSED).build()) {
                SimpleGroupFactory groups = new SimpleGroupFactory(type);
                for (int i = 0; i < rows; i++) {
                    writer.write(filler.apply(groups.newGroup(), i));
                }
            }
            ObjectNode statistics = JSON.createObjectNode().put("numRecords", rows);
            statistics.putObject("minValues").put(timeColumn, first.toString());
            statistics.putObject("maxValues").put(timeColumn, last.toString());
            statistics.putObject("nullCount").put(timeColumn, 0);
            ObjectNode add = JSON.createObjectNode();
            ObjectNode body = add.putObject("add").put("path", table(table).relativize(file).toString()).put("size", Files.size(file))
                    .put("modificationTime", at.toEpochMilli()).put("dataChange", dataChange).put("stats", statistics.toString());
            body.putObject("partitionValues").put("date", date);
            held.computeIfAbsent(table, name -> new ArrayList<>()).add(table(table).relativize(file).toString());
            return add;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Group fill(Group group, AlertRow row) {
        return group.append("alert_id", row.id()).append("rule", row.rule()).append("kind", "threshold").append("severity", row.severity())
                .append("state", row.state()).append("device_id", row.device()).append("location", row.location()).append("measure", row.measure())
                .append("value", row.value()).append("limit", row.limit()).append("message", row.message()).append("event_time", micros(row.time()))
                .append("raised_at", micros(row.time().plusSeconds(2))).append("sequence", row.sequence());
    }

    private static Group fill(Group group, Row row) {
        Duration length = row.window().endsWith("h") ? Duration.ofHours(1) : row.window().equals("5m") ? Duration.ofMinutes(5) : Duration.ofMinutes(1);
        group.append("window", row.window()).append("window_start", micros(row.start())).append("window_end", micros(row.start().plus(length)))
                .append("grain", row.device() == null ? "location" : "device");
        if (row.device() != null) {
            group.append("device_id", row.device());
        }
        return group.append("location", row.location()).append("measure", row.measure()).append("count", row.count())
                .append("avg", row.avg()).append("min", row.avg() - 1).append("max", row.avg() + 1).append("sum", row.avg() * row.count())
                .append("stddev", 0.4).append("first", row.avg()).append("last", row.avg())
                .append("last_event_time", micros(row.start().plus(length).minusMillis(500)));
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
