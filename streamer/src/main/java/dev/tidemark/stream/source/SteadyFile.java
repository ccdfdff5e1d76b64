package dev.tidemark.stream.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/** The bytes of a file as it was when it rested: no byte more, and no end if it has changed meanwhile. Not thread-safe. */
final class SteadyFile extends InputStream {

    /** The file was changed while it was read. */
    static final class Changed extends IOException {

        private static final long serialVersionUID = 1;

        Changed(String name) {
            super(name + " was changed while it was read");
        }
    }

    private final Folder.Entry entry;
    private final FileChannel channel;
    private long left;

    /** @param offset where to begin, in bytes */
    SteadyFile(Folder.Entry entry, long offset) throws IOException {
        this.entry = entry;
        this.channel = FileChannel.open(entry.path(), StandardOpenOption.READ);
        this.left = entry.size() - offset;
        try {
            channel.position(offset);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int read = left <= 0 ? -1 : channel.read(ByteBuffer.wrap(into, from, (int) Math.min(length, left)));
        if (read >= 0) {
            left -= read;
            return read;
        }
        BasicFileAttributes now = Files.readAttributes(entry.path(), BasicFileAttributes.class);
        if (left > 0 || now.size() != entry.size() || now.lastModifiedTime().to(TimeUnit.MICROSECONDS) != entry.modified()) {
            throw new Changed(entry.name());
        }
        return -1;
    }

    /** Whether anything is left: what GZIPInputStream asks before it looks for another member. */
    @Override
    public int available() {
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
