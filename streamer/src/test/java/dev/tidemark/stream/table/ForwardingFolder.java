package dev.tidemark.stream.table;

import dev.tidemark.lake.log.CommitFile;
import org.apache.parquet.io.OutputFile;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A table's folder, to be changed in one thing by a test. */
abstract class ForwardingFolder implements TableFolder {

    private final TableFolder folder;

    ForwardingFolder(TableFolder folder) {
        this.folder = folder;
    }

    @Override
    public OutputFile dataFile(String name) {
        return folder.dataFile(name);
    }

    @Override
    public void sync(Collection<String> names) throws IOException {
        folder.sync(names);
    }

    @Override
    public void delete(String name) throws IOException {
        folder.delete(name);
    }

    @Override
    public boolean publish(long version, List<String> lines, boolean sync) throws IOException {
        return folder.publish(version, lines, sync);
    }

    @Override
    public boolean isPublished(long version) throws IOException {
        return folder.isPublished(version);
    }

    @Override
    public boolean isPublished(long version, List<String> lines) throws IOException {
        return folder.isPublished(version, lines);
    }

    @Override
    public Optional<CommitFile> commit(long version) throws IOException {
        return folder.commit(version);
    }
}
