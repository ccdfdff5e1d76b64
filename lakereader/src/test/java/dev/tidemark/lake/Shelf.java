package dev.tidemark.lake;

import dev.tidemark.lake.log.LocalFiles;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

import java.io.IOException;
import java.net.URI;

/** Stands in for an object store: {@code shelf://host/folder} is a local folder that only Hadoop's interface can reach. */
public final class Shelf extends FilterFileSystem {

    private URI uri;

    public Shelf() {
        super(new LocalFiles());
    }

    @Override
    public void initialize(URI name, Configuration settings) throws IOException {
        super.initialize(URI.create("file:///"), settings);
        uri = URI.create(name.getScheme() + "://" + name.getAuthority());
        setConf(settings);
    }

    @Override
    public String getScheme() {
        return "shelf";
    }

    @Override
    public URI getUri() {
        return uri == null ? URI.create("file:///") : uri;
    }

    @Override
    protected void checkPath(Path path) {
        // Both forms of a path come by here: the shelf's own, and the local one it becomes.
    }

    @Override
    public Path makeQualified(Path path) {
        return path.makeQualified(uri, new Path("/"));
    }

    private static Path local(Path path) {
        return new Path("file", null, path.toUri().getPath());
    }

    private FileStatus shelved(FileStatus file) {
        file.setPath(makeQualified(new Path(null, null, file.getPath().toUri().getPath())));
        return file;
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return shelved(super.getFileStatus(local(path)));
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        FileStatus[] files = super.listStatus(local(path));
        for (FileStatus file : files) {
            shelved(file);
        }
        return files;
    }

    @Override
    public FSDataInputStream open(Path path, int buffer) throws IOException {
        return super.open(local(path), buffer);
    }

    @Override
    public FSDataOutputStream create(Path path, FsPermission permission, boolean overwrite,
            int buffer, short replication, long block, Progressable progress) throws IOException {
        return super.create(local(path), permission, overwrite, buffer, replication, block, progress);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        return !super.exists(local(to)) && super.rename(local(from), local(to));
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        return super.delete(local(path), recursive);
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        return super.mkdirs(local(path));
    }

    @Override
    public boolean mkdirs(Path path, FsPermission permission) throws IOException {
        return super.mkdirs(local(path), permission);
    }
}
