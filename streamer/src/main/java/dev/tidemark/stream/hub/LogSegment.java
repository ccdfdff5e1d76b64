package dev.tidemark.stream.hub;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * One file of a partition's log: a header that says what was before it, then records. Written by the log's thread; what lies before the durable end may be
 * read by any.
 */
final class LogSegment {

    private static final Logger LOG = LoggerFactory.getLogger(LogSegment.class);
    /** Magic, {@link LogMark} of where it begins, checksum. */
    static final int HEADER = 8 + 32 + 4;
    private static final long MAGIC = 0x54494445_4c4f4731L;
    static final String SUFFIX = ".log";

    private final Path file;
    private final FileChannel channel;
    private final LogMark start;
    private final SegmentIndex index;
    /** Where the next record goes. Of a complete segment: where it ends. */
    private volatile LogMark end;

    private LogSegment(Path file, FileChannel channel, LogMark start, SegmentIndex index, LogMark end) {
        this.file = file;
        this.channel = channel;
        this.start = start;
        this.index = index;
        this.end = end;
    }

    static Path file(Path folder, long sequence) {
        return folder.resolve(String.format(Locale.ROOT, "%020d%s", sequence, SUFFIX));
    }

    /** Makes an empty segment behind {@code start}; durable when it returns. */
    static LogSegment create(Path folder, LogMark start) throws IOException {
        Path file = file(folder, start.next());
        ByteBuffer header = ByteBuffer.allocate(HEADER).putLong(MAGIC).putLong(start.next()).putLong(start.position()).putLong(start.lastOffset())
                .putLong(start.lastTime());
        header.putInt(LogRecord.checksum(header.array(), 0, HEADER - 4)).flip();
        // Under another name first: a file with the right name always has a whole header.
        Path made = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(made, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeAll(out, header, 0);
            out.force(true);
        }
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        DataFolder.force(folder);
        return new LogSegment(file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE), start, new SegmentIndex(), start);
    }

    /**
     * Opens a segment that is there.
     *
     * @param tail whether it is the last: then what a crash left half written at its end is cut off
     */
    static LogSegment open(Path file, boolean tail) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            LogMark start = header(file, channel);
            SegmentIndex.Read known = tail ? null : SegmentIndex.read(index(file));
            if (known != null && known.end().position() - start.position() == channel.size() - HEADER) {
                return new LogSegment(file, channel, start, known.index(), known.end());
            }
            LogSegment segment = new LogSegment(file, channel, start, new SegmentIndex(), start);
            segment.scan();
            if (tail) {
                segment.cutTail();
            }
            return segment;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static LogMark header(Path file, FileChannel channel) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        readFully(channel, header, 0);
        if (header.position() < HEADER || header.getLong(0) != MAGIC || LogRecord.checksum(header.array(), 0, HEADER - 4) != header.getInt(HEADER - 4)) {
            throw new IOException("Cannot open " + file + ": its header is damaged. Restore the file from a backup, or move the hub's folder away to begin anew");
        }
        return new LogMark(header.getLong(8), header.getLong(16), header.getLong(24), header.getLong(32));
    }

    /** Reads all records, and makes the index; stops at the first that is not whole and sound. */
    private void scan() throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(1 << 20);
        LogMark mark = start;
        while (true) {
            chunk.clear();
            readFully(channel, chunk, filePosition(mark.position()));
            chunk.flip();
            int at = 0;
            int length = 0;
            while (chunk.limit() - at >= LogRecord.HEAD) {
                length = LogRecord.length(chunk, at);
                if (length < 0 || length > chunk.limit() - at) {
                    break;
                }
                if (!LogRecord.sound(chunk, at, at + length) || LogRecord.sequence(chunk, at) != mark.next()) {
                    length = -1;
                    break;
                }
                index.consider(mark.next(), mark.position(), LogRecord.time(chunk, at));
                mark = new LogMark(mark.next() + 1, mark.position() + length, mark.position(), LogRecord.time(chunk, at));
                at += length;
            }
            if (length < 0 || chunk.limit() < chunk.capacity()) {
                break;
            }
            if (at == 0) {
                chunk = ByteBuffer.allocate(length);
            }
        }
        end = mark;
    }

    /** Cuts off what is behind the last sound record. If sound records are among it, it is no half-written end but damage, and is kept aside. */
    private void cutTail() throws IOException {
        long from = filePosition(end.position());
        long rest = channel.size() - from;
        if (rest == 0) {
            return;
        }
        ByteBuffer cut = ByteBuffer.allocate(Math.toIntExact(rest));
        readFully(channel, cut, from);
        cut.flip();
        if (soundRecordIn(cut)) {
            Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + end.next());
            Files.write(aside, cut.array());
            LOG.warn("{} is damaged at byte {}: events from sequence number {} on are lost to the hub; their {} bytes are kept in {}", file, from, end.next(),
                    rest, aside.getFileName());
        } else {
            LOG.info("{}: cut off {} bytes that were not written to the end", file, rest);
        }
        channel.truncate(from);
        channel.force(true);
    }

    private boolean soundRecordIn(ByteBuffer bytes) {
        for (int at = 1; bytes.limit() - at >= LogRecord.HEAD; at++) {
            int length = LogRecord.length(bytes, at);
            long ahead = LogRecord.sequence(bytes, at) - end.next();
            if (length > 0 && length <= bytes.limit() - at && ahead > 0 && ahead <= bytes.limit() / LogRecord.HEAD && LogRecord.sound(bytes, at, at + length)) {
                return true;
            }
        }
        return false;
    }

    LogMark start() {
        return start;
    }

    LogMark end() {
        return end;
    }

    SegmentIndex index() {
        return index;
    }

    boolean isEmpty() {
        return index.size() == 0;
    }

    Path path() {
        return file;
    }

    /** Bytes of records. */
    long bytes() {
        return end.position() - start.position();
    }

    /** Writes records behind the others; {@code after} is the end then. Not durable until {@link #force}. If it fails, {@link #cut} takes back what was written. */
    void append(ByteBuffer records, LogMark after) throws IOException {
        writeAll(channel, records, filePosition(end.position()));
        end = after;
    }

    /** Takes back what was appended behind a mark. */
    void cut(LogMark back) throws IOException {
        index.cut(back.position());
        end = back;
        channel.truncate(filePosition(back.position()));
    }

    void force() throws IOException {
        channel.force(false);
    }

    /** No more will be appended: the index is written, for a quicker start. */
    void complete() throws IOException {
        index.write(index(file), end);
    }

    /** Reads bytes from an offset of the log on, as many as fit and are there. */
    void read(long offset, ByteBuffer into) throws IOException {
        readFully(channel, into, filePosition(offset));
    }

    void close() throws IOException {
        channel.close();
    }

    void delete() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
        Files.deleteIfExists(index(file));
    }

    private long filePosition(long offset) {
        return HEADER + offset - start.position();
    }

    private static Path index(Path file) {
        return file.resolveSibling(file.getFileName().toString().replace(SUFFIX, ".index"));
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    private static void readFully(FileChannel channel, ByteBuffer into, long position) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                return;
            }
            at += count;
        }
    }
}
