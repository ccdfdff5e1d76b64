package dev.tidemark.lake.azure;

import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.HadoopSettings;
import dev.tidemark.lake.log.LinkLogStore;
import dev.tidemark.lake.log.Place;
import io.delta.standalone.DeltaLog;
import io.delta.standalone.internal.DeltaLogImpl;
import org.apache.hadoop.conf.Configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** A table on this machine that grows by a file of ten rows with each commit, to be put into a container. */
final class GrownTable {

    private static final String SCHEMA = "{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[{\\\"name\\\":\\\"id\\\",\\\"type\\\":\\\"long\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}}]}";

    private final Path table;
    private final CommitLog log;

    GrownTable(Path table) {
        this.table = table;
        this.log = CommitLog.of(Place.local(table));
    }

    GrownTable create() {
        return commit(0, "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}", "{\"metaData\":{\"id\":\"t\",\"format\":{\"provider\":\"parquet\",\"options\":{}},"
                + "\"schemaString\":\"" + SCHEMA + "\",\"partitionColumns\":[],\"configuration\":{},\"createdTime\":1}}");
    }

    GrownTable grow(long from, long to) {
        for (long version = from; version <= to; version++) {
            commit(version, "{\"add\":{\"path\":\"f" + version + "\",\"partitionValues\":{},\"size\":10,\"modificationTime\":1000,\"dataChange\":true,"
                    + "\"stats\":\"{\\\"numRecords\\\":10,\\\"minValues\\\":{\\\"id\\\":1},\\\"maxValues\\\":{\\\"id\\\":9}}\"}}");
        }
        return this;
    }

    private GrownTable commit(long version, String... lines) {
        try {
            log.publish(version, List.of(lines), false);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    GrownTable checkpoint() {
        Configuration settings = HadoopSettings.of(Place.local(table));
        settings.set("delta.logStore.class", LinkLogStore.class.getName());
        ((DeltaLogImpl) DeltaLog.forTable(settings, table.toString())).checkpoint();
        return this;
    }

    GrownTable copyTo(DfsTree container, String path) {
        StoredTable.copy(table, container, path);
        return this;
    }
}
