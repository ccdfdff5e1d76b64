package dev.tidemark.stream.table;

import dev.tidemark.stream.log.LoggedFile;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes the data files of a table and takes back those that no commit will ever name. */
final class DataFiles {

    private static final Logger LOG = LoggerFactory.getLogger(DataFiles.class);
    private static final String NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

    private final TableFolder folder;
    private final boolean durable;
    private final DataFileWriter writer = new DataFileWriter();

    /** @param durable whether files are forced to the disk */
    DataFiles(TableFolder folder, boolean durable) {
        this.folder = folder;
        this.durable = durable;
    }

    /** Writes a file for each partition. If that fails, none is left. */
    List<WrittenFile> write(Rows rows) throws IOException {
        List<WrittenFile> written = new ArrayList<>();
        List<String> names = new ArrayList<>();
        boolean complete = false;
        try {
            for (PartitionRows partition : rows.partitions()) {
                if (partition.size() > 0) {
                    String name = name(partition);
                    names.add(name);
                    DataFileWriter.Result result = writer.write(rows.columns(), partition, folder.dataFile(name));
                    LoggedFile logged = new LoggedFile(PercentEncoding.path(name), partition.partitionValues(), result.size());
                    written.add(new WrittenFile(name, logged, partition.size(), result.statistics().json()));
                }
            }
            if (durable) {
                folder.sync(names);
            }
            complete = true;
            return written;
        } finally {
            if (!complete) {
                delete(names);
            }
        }
    }

    private static String name(PartitionRows rows) {
        return name(rows.partitionValues(), DataFileWriter.codec(rows.size()));
    }

    /** A name for a new file, with the folders of its partition. */
    static String name(Map<String, String> partitionValues, CompressionCodecName codec) {
        StringBuilder name = new StringBuilder();
        partitionValues.forEach((column, value) -> name.append(PercentEncoding.folder(column)).append('=')
                .append(value == null ? NO_VALUE : PercentEncoding.folder(value)).append('/'));
        return name.append("part-00000-").append(UUID.randomUUID()).append("-c000")
                .append(codec.getExtension()).append(".parquet").toString();
    }

    /** Deletes files that are known to be in no commit. */
    void discard(List<WrittenFile> written) {
        delete(written.stream().map(WrittenFile::name).toList());
    }

    private void delete(Collection<String> names) {
        for (String name : names) {
            try {
                folder.delete(name);
            } catch (IOException e) {
                LOG.warn("Cannot delete {}, which no commit names: {}. VACUUM will", name, e.toString());
            }
        }
    }
}
