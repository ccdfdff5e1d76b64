package dev.tidemark.lake.scan;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands for a remote store ({@code counting://store/path}): local files, every read counted, and out of order when told so. */
public final class CountingStore extends RawLocalFileSystem {

    static final AtomicInteger READS = new AtomicInteger();
    static volatile boolean down;

    private URI uri;

    @Override
    public void initialize(URI uri, Configuration settings) throws IOException {
        super.initialize(uri, settings);
        this.uri = uri;
    }

    @Override
    public String getScheme() {
        return "counting";
    }

    @Override
    public URI getUri() {
        return uri == null ? super.getUri() : uri;
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toUri().getPath(), "r");
        return new FSDataInputStream(new FSInputStream() {
            @Override
            public int read(long position, byte[] buffer, int offset, int length) throws IOException {
                if (down) {
                    throw new IOException("503, server busy");
                }
                READS.incrementAndGet();
                file.seek(position);
                return file.read(buffer, offset, length);
            }

            @Override
            public int read() throws IOException {
                throw new IOException("only positioned reads are expected");
            }

            @Override
            public void seek(long position) throws IOException {
                file.seek(position);
            }

            @Override
            public long getPos() throws IOException {
                return file.getFilePointer();
            }

            @Override
            public boolean seekToNewSource(long target) {
                return false;
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        });
    }
}
