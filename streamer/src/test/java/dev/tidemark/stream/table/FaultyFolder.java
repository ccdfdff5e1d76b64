package dev.tidemark.stream.table;

import dev.tidemark.lake.log.CommitFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table's folder that fails once where it is told to. */
final class FaultyFolder implements TableFolder {

    enum Step {
        CREATE_FILE, WRITE_FILE, CLOSE_FILE, SYNC_FILES, LOOK_BEFORE, PUBLISH, AFTER_PUBLISH, READ_BACK
    }

    private final TableFolder folder;
    private final Map<Step, IOException> faults = new EnumMap<>(Step.class);
    private boolean publishing;

    FaultyFolder(TableFolder folder) {
        this.folder = folder;
    }

    FaultyFolder fail(Step step, IOException fault) {
        faults.put(step, fault);
        return this;
    }

    private void at(Step step) throws IOException {
        IOException fault = faults.remove(step);
        if (fault != null) {
            throw fault;
        }
    }

    @Override
    public OutputFile dataFile(String name) {
        OutputFile file = folder.dataFile(name);
        return new OutputFile() {
            @Override
            public PositionOutputStream create(long blockSizeHint) throws IOException {
                at(Step.CREATE_FILE);
                return new FaultyStream(file.create(blockSizeHint));
            }

            @Override
            public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
                return create(blockSizeHint);
            }

            @Override
            public boolean supportsBlockSize() {
                return file.supportsBlockSize();
            }

            @Override
            public long defaultBlockSize() {
                return file.defaultBlockSize();
            }
        };
    }

    @Override
    public void sync(Collection<String> names) throws IOException {
        at(Step.SYNC_FILES);
        folder.sync(names);
    }

    @Override
    public void delete(String name) throws IOException {
        folder.delete(name);
    }

    @Override
    public boolean publish(long version, List<String> lines, boolean sync) throws IOException {
        publishing = true;
        at(Step.PUBLISH);
        boolean published = folder.publish(version, lines, sync);
        at(Step.AFTER_PUBLISH);
        publishing = false;
        return published;
    }

    @Override
    public boolean isPublished(long version) throws IOException {
        if (!publishing) {
            at(Step.LOOK_BEFORE);
        }
        return folder.isPublished(version);
    }

    @Override
    public boolean isPublished(long version, List<String> lines) throws IOException {
        at(Step.READ_BACK);
        publishing = false;
        return folder.isPublished(version, lines);
    }

    @Override
    public Optional<CommitFile> commit(long version) throws IOException {
        return folder.commit(version);
    }

    private final class FaultyStream extends PositionOutputStream {

        private final PositionOutputStream stream;

        FaultyStream(PositionOutputStream stream) {
            this.stream = stream;
        }

        @Override
        public long getPos() throws IOException {
            return stream.getPos();
        }

        @Override
        public void write(int value) throws IOException {
            stream.write(value);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            if (stream.getPos() > 100) {
                stream.write(bytes, from, count / 2);
                at(Step.WRITE_FILE);
                stream.write(bytes, from + count / 2, count - count / 2);
            } else {
                stream.write(bytes, from, count);
            }
        }

        @Override
        public void flush() throws IOException {
            stream.flush();
        }

        @Override
        public void close() throws IOException {
            stream.close();
            at(Step.CLOSE_FILE);
        }
    }
}
