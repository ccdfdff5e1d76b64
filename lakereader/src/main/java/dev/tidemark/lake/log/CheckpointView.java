package dev.tidemark.lake.log;

import io.delta.storage.CloseableIterator;
import io.delta.storage.LogStore;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

import java.io.FileNotFoundException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * Shows delta-standalone a log that holds one checkpoint and nothing else, so that it reads just that.
 * Public because delta-standalone makes it by name.
 */
public final class CheckpointView extends LogStore {

    /** The names of the checkpoint's files, joined by commas. */
    static final String FILES = "tidemark.log.checkpoint";

    /** For delta-standalone. */
    public CheckpointView(Configuration configuration) {
        super(configuration);
    }

    @Override
    public Iterator<FileStatus> listFrom(Path path, Configuration configuration) {
        // Of a checkpoint's files it asks only that they are not empty. It wants to see the last commit as well, for its time,
        // and does not open it where the checkpoint holds it.
        String[] files = configuration.get(FILES).split(",");
        String commit = LogListing.commitName(Long.parseLong(files[0].substring(0, files[0].indexOf('.'))));
        return Stream.concat(Arrays.stream(files), Stream.of(commit))
                .map(name -> new FileStatus(1, false, 1, 1, 0, new Path(path.getParent(), name))).iterator();
    }

    @Override
    public CloseableIterator<String> read(Path path, Configuration configuration) throws FileNotFoundException {
        throw new FileNotFoundException(path + " is not shown");
    }

    @Override
    public void write(Path path, Iterator<String> lines, Boolean overwrite, Configuration configuration) {
        throw new UnsupportedOperationException("a checkpoint is only read here");
    }

    @Override
    public Path resolvePathOnPhysicalStorage(Path path, Configuration configuration) {
        return path;
    }

    @Override
    public Boolean isPartialWriteVisible(Path path, Configuration configuration) {
        return true;
    }
}
