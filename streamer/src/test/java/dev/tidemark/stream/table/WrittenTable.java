package dev.tidemark.stream.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.standalone.DeltaLog;
import io.delta.standalone.Snapshot;
import io.delta.standalone.actions.AddFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A table as others see it: read by delta-standalone and Parquet's own example reader, with none of the code under test. */
record WrittenTable(Path folder) {

    static final ObjectMapper JSON = new ObjectMapper();

    static Configuration settings() {
        Configuration settings = new Configuration(false);
        settings.set("fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
        settings.set("fs.defaultFS", "file:///");
        return settings;
    }

    Snapshot snapshot() {
        return DeltaLog.forTable(settings(), folder.toUri().toString()).snapshot();
    }

    List<AddFile> files() {
        return snapshot().getAllFiles();
    }

    Path path(AddFile file) {
        return folder.resolve(URI.create(file.getPath()).getPath());
    }

    JsonNode statistics(AddFile file) {
        try {
            return JSON.readTree(file.getStats());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All rows as column → value; partition values as their text. */
    List<Map<String, Object>> rows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (AddFile file : files()) {
            for (Group group : groups(path(file))) {
                Map<String, Object> row = values(group);
                row.putAll(file.getPartitionValues());
                rows.add(row);
            }
        }
        return rows;
    }

    static List<Group> groups(Path file) {
        List<Group> groups = new ArrayList<>();
        try (ParquetReader<Group> reader = ParquetReader.builder(new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
                .withConf(settings()).build()) {
            for (Group group = reader.read(); group != null; group = reader.read()) {
                groups.add(group);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return groups;
    }

    private static Map<String, Object> values(Group group) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < group.getType().getFieldCount(); i++) {
            String name = group.getType().getFieldName(i);
            if (group.getFieldRepetitionCount(i) > 0) {
                values.put(name, group.getType().getType(i).isPrimitive() ? value(group, i, 0) : map(group.getGroup(i, 0)));
            }
        }
        return values;
    }

    private static Object value(Group group, int field, int index) {
        return switch (group.getType().getType(field).asPrimitiveType().getPrimitiveTypeName()) {
            case INT64 -> group.getLong(field, index);
            case INT32 -> group.getInteger(field, index);
            case DOUBLE -> group.getDouble(field, index);
            case BOOLEAN -> group.getBoolean(field, index);
            default -> group.getString(field, index);
        };
    }

    private static Map<String, String> map(Group group) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < group.getFieldRepetitionCount(0); i++) {
            Group entry = group.getGroup(0, i);
            map.put(entry.getString(0, 0), entry.getFieldRepetitionCount(1) == 0 ? null : entry.getString(1, 0));
        }
        return map;
    }

    List<JsonNode> commit(long version) {
        try {
            List<JsonNode> actions = new ArrayList<>();
            for (String line : Files.readAllLines(folder.resolve(String.format("_delta_log/%020d.json", version)))) {
                actions.add(JSON.readTree(line));
            }
            return actions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of all files below the table but the log. */
    List<String> dataFiles() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(f -> !f.startsWith(folder.resolve("_delta_log")))
                    .map(f -> folder.relativize(f).toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
