package dev.tidemark.lake;

import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.HadoopSettings;
import dev.tidemark.lake.log.LinkLogStore;
import dev.tidemark.lake.log.Place;
import io.delta.standalone.DeltaLog;
import io.delta.standalone.internal.DeltaLogImpl;
import org.apache.hadoop.conf.Configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/** Writes the log of a table whose data files nobody reads, commit by commit. */
final class SampleLog {

    static final String PROTOCOL = "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}";
    private static final String SCHEMA = "{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":["
            + "{\\\"name\\\":\\\"id\\\",\\\"type\\\":\\\"long\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}}]}";

    private final Path table;
    private final CommitLog log;

    SampleLog(Path table) {
        this.table = table;
        this.log = CommitLog.of(Place.local(table));
    }

    static String metadata(String... properties) {
        StringBuilder configuration = new StringBuilder();
        for (int i = 0; i < properties.length; i += 2) {
            configuration.append(i == 0 ? "" : ",").append('"').append(properties[i]).append("\":\"").append(properties[i + 1]).append('"');
        }
        return "{\"metaData\":{\"id\":\"t\",\"format\":{\"provider\":\"parquet\",\"options\":{}},\"schemaString\":\"" + SCHEMA
                + "\",\"partitionColumns\":[],\"configuration\":{" + configuration + "},\"createdTime\":1}}";
    }

    static String add(String path, int rows) {
        return "{\"add\":{\"path\":\"" + path + "\",\"partitionValues\":{},\"size\":10,\"modificationTime\":1000,\"dataChange\":true,"
                + "\"stats\":\"{\\\"numRecords\\\":" + rows + ",\\\"minValues\\\":{\\\"id\\\":1},\\\"maxValues\\\":{\\\"id\\\":9}}\"}}";
    }

    static String remove(String path) {
        return "{\"remove\":{\"path\":\"" + path + "\",\"deletionTimestamp\":1,\"dataChange\":true}}";
    }

    static String transaction(String id, long version) {
        return "{\"txn\":{\"appId\":\"" + id + "\",\"version\":" + version + "}}";
    }

    /** Version 0, which makes the table. */
    SampleLog create(String... properties) {
        return commit(0, PROTOCOL, metadata(properties));
    }

    SampleLog commit(long version, String... lines) {
        try {
            if (!log.publish(version, List.of(lines), false)) {
                throw new IllegalStateException("version " + version + " is taken");
            }
            return this;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Versions {@code from} to {@code to}, each of which adds one file of ten rows named by its version. */
    SampleLog grow(long from, long to) {
        for (long version = from; version <= to; version++) {
            commit(version, add("f" + version, 10));
        }
        return this;
    }

    Path file(long version) {
        return table.resolve("_delta_log").resolve(String.format("%020d.json", version));
    }

    SampleLog delete(long version) throws IOException {
        Files.delete(file(version));
        return this;
    }

    SampleLog time(long version, Instant time) throws IOException {
        Files.setLastModifiedTime(file(version), FileTime.from(time));
        return this;
    }

    CommitLog log() {
        return log;
    }

    Table table() {
        return Lake.at(table.toString()).table("");
    }

    /** Has delta-standalone write a checkpoint of the newest version. */
    SampleLog checkpoint() {
        Configuration settings = HadoopSettings.of(Place.local(table));
        settings.set("delta.logStore.class", LinkLogStore.class.getName());
        ((DeltaLogImpl) DeltaLog.forTable(settings, table.toString())).checkpoint();
        return this;
    }

    /** Takes the whole log away at once. */
    void destroy() throws IOException {
        Path away = Files.createTempDirectory(table, ".away").resolve("log");
        Files.move(table.resolve("_delta_log"), away, StandardCopyOption.ATOMIC_MOVE);
    }
}
