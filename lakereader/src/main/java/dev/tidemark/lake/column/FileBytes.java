package dev.tidemark.lake.column;

import dev.tidemark.lake.log.HadoopSettings;
import dev.tidemark.lake.log.Place;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** A file that can be read from any position. */
interface FileBytes extends Closeable {

    /** Length in bytes. */
    long size();

    /** Reads exactly {@code length} bytes; EOFException if the file ends before. */
    void read(long position, byte[] into, int offset, int length) throws IOException;

    /** Opens a data file's location: a path, a {@code file:} URI or any URL Hadoop knows, percent-decoding done. */
    static FileBytes open(String location) throws IOException {
        if (location.startsWith("/") || location.regionMatches(true, 0, "file:", 0, 5) || location.matches("[A-Za-z]:[/\\\\].*")) {
            return new Local(localPath(location));
        }
        Place place = Place.of(location);
        return new Remote(place.hadoop(), HadoopSettings.of(place));
    }

    private static java.nio.file.Path localPath(String location) {
        String path = location;
        if (location.regionMatches(true, 0, "file:", 0, 5)) {
            path = location.substring(5).replaceFirst("^/{2,}", "/");
            // file:/C:/lake on Windows
            if (path.matches("/[A-Za-z]:/.*")) {
                path = path.substring(1);
            }
        }
        return java.nio.file.Path.of(path);
    }

    /** A file of this machine. */
    final class Local implements FileBytes {
        private final FileChannel channel;
        private final long size;

        private Local(java.nio.file.Path path) throws IOException {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            size = channel.size();
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public void read(long position, byte[] into, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(into, offset, length);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, position + buffer.position() - offset) < 0) {
                    throw new EOFException("the file ends at byte " + channel.size());
                }
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** A file of a store that Hadoop reaches. */
    final class Remote implements FileBytes {
        private final FSDataInputStream stream;
        private final long size;

        private Remote(Path path, Configuration settings) throws IOException {
            FileSystem store = path.getFileSystem(settings);
            size = store.getFileStatus(path).getLen();
            stream = store.open(path);
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public void read(long position, byte[] into, int offset, int length) throws IOException {
            stream.readFully(position, into, offset, length);
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
