package dev.tidemark.lake.column;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.azure.AzureException;
import dev.tidemark.lake.azure.AzureFiles;
import dev.tidemark.lake.log.HadoopSettings;
import dev.tidemark.lake.log.Place;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileRange;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.functional.FutureIO;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A file that can be read from any position. What was fetched is served from memory; ranges that lie close together
 * are fetched at once, because a request to a remote store costs as much as a megabyte. Not thread-safe.
 */
final class FileBytes implements Closeable {

    /** Bytes not asked for that are fetched along rather than making another request. */
    private static final int GAP = 1 << 20;

    /** The JDK copies what it reads from a file once more, and keeps memory of that size: small pieces stay in the processor's cache. */
    private static final int PIECE = 256 << 10;

    /** Some bytes of the file. */
    record Range(long start, int length) {
        private long end() {
            return start + length;
        }
    }

    private record Block(long start, byte[] bytes) {
        private boolean holds(long position, int length) {
            return position >= start && position + length <= start + bytes.length;
        }
    }

    /** Where the bytes come from. */
    private interface Source extends Closeable {
        void read(long position, byte[] into, int offset, int length) throws IOException;

        /** The bytes of each range. */
        default List<byte[]> read(List<Range> ranges) throws IOException {
            List<byte[]> all = new ArrayList<>();
            for (Range range : ranges) {
                byte[] bytes = new byte[range.length];
                read(range.start, bytes, 0, bytes.length);
                all.add(bytes);
            }
            return all;
        }
    }

    /** The store, not the file, stood in the way. */
    static final class StoreException extends IOException {
        private StoreException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private final Source source;
    private final long size;
    private final boolean remote;
    private List<Block> blocks = List.of();

    private FileBytes(Source source, long size, boolean remote) {
        this.source = source;
        this.size = size;
        this.remote = remote;
    }

    /** Opens a file at its location: a path, a {@code file:} URI or a URL that Hadoop knows, percent-decoding done. */
    static FileBytes open(String location) throws IOException {
        return open(location, null);
    }

    /** Opens a data file, of which the log says what a store would have to be asked for. */
    static FileBytes open(DataFile file) throws IOException {
        return open(file.location(), file);
    }

    private static FileBytes open(String location, DataFile file) throws IOException {
        try {
            boolean uri = location.regionMatches(true, 0, "file:", 0, 5);
            return uri || !location.contains("://") ? local(uri ? path(location) : Path.of(location)) : remote(Place.of(location), file);
        } catch (IOException e) {
            throw sorted(e);
        }
    }

    private static FileBytes local(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        return new FileBytes(new Local(channel), channel.size(), false);
    }

    private static FileBytes remote(Place place, DataFile file) throws IOException {
        FileSystem store = HadoopSettings.files(place);
        if (file != null && store instanceof AzureFiles azure) {
            return new FileBytes(new Remote(azure.open(place.hadoop(), file.size(), file.modified().toEpochMilli())), file.size(), true);
        }
        FileStatus status = store.getFileStatus(place.hadoop());
        return new FileBytes(new Remote(store.open(place.hadoop())), status.getLen(), true);
    }

    private static Path path(String uri) {
        String path = uri.substring("file:".length()).replaceFirst("^/{2,}", "/");
        // file:/C:/lake on Windows
        return Path.of(path.matches("/[A-Za-z]:/.*") ? path.substring(1) : path);
    }

    /** Length in bytes. */
    long size() {
        return size;
    }

    /** Whether it pays to say beforehand what will be read. */
    boolean remote() {
        return remote;
    }

    /** Reads ranges ahead, in place of those that were fetched before. */
    void fetch(List<Range> ranges) throws IOException {
        List<Range> inOrder = new ArrayList<>(ranges);
        inOrder.sort(Comparator.comparingLong(Range::start));
        List<Range> missing = new ArrayList<>();
        List<Block> fetched = new ArrayList<>();
        for (int i = 0; i < inOrder.size(); ) {
            long start = inOrder.get(i).start;
            long end = inOrder.get(i++).end();
            while (i < inOrder.size() && inOrder.get(i).start <= end + GAP && inOrder.get(i).end() - start < Integer.MAX_VALUE - 64) {
                end = Math.max(end, inOrder.get(i++).end());
            }
            Range range = new Range(start, (int) (end - start));
            blocks.stream().filter(block -> block.holds(range.start, range.length)).findFirst().ifPresentOrElse(fetched::add, () -> missing.add(range));
        }
        try {
            List<byte[]> read = missing.isEmpty() ? List.of() : source.read(missing);
            for (int i = 0; i < read.size(); i++) {
                fetched.add(new Block(missing.get(i).start, read.get(i)));
            }
        } catch (IOException e) {
            throw sorted(e);
        }
        blocks = fetched;
    }

    /** Reads exactly {@code length} bytes; EOFException if the file ends before. */
    void read(long position, byte[] into, int offset, int length) throws IOException {
        for (Block block : blocks) {
            if (block.holds(position, length)) {
                System.arraycopy(block.bytes, (int) (position - block.start), into, offset, length);
                return;
            }
        }
        try {
            source.read(position, into, offset, length);
        } catch (IOException e) {
            throw sorted(e);
        }
    }

    /** Tells failures that speak of the file, or of an interrupt, from those of the store. */
    private static IOException sorted(IOException e) {
        boolean known = e instanceof AzureException || e instanceof EOFException || e instanceof FileNotFoundException || e instanceof NoSuchFileException
                || e instanceof AccessDeniedException || e instanceof AccessControlException
                || e instanceof ClosedByInterruptException || e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException);
        return known ? e : new StoreException(e);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private record Local(FileChannel channel) implements Source {
        @Override
        public void read(long position, byte[] into, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(into, offset, length);
            while (buffer.position() < offset + length) {
                buffer.limit(Math.min(offset + length, buffer.position() + PIECE));
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

    private record Remote(FSDataInputStream stream) implements Source {
        @Override
        public void read(long position, byte[] into, int offset, int length) throws IOException {
            stream.readFully(position, into, offset, length);
        }

        /** Asks for all at once, where the store can do that. */
        @Override
        public List<byte[]> read(List<Range> ranges) throws IOException {
            List<FileRange> asked = ranges.stream().map(range -> FileRange.createFileRange(range.start, range.length)).toList();
            stream.readVectored(asked, ByteBuffer::allocate);
            List<byte[]> all = new ArrayList<>();
            for (FileRange range : asked) {
                ByteBuffer bytes = FutureIO.awaitFuture(range.getData());
                boolean whole = bytes.hasArray() && bytes.arrayOffset() == 0 && bytes.array().length == range.getLength();
                byte[] array = whole ? bytes.array() : new byte[range.getLength()];
                if (!whole) {
                    bytes.get(array);
                }
                all.add(array);
            }
            return all;
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
