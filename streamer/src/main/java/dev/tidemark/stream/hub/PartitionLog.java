package dev.tidemark.stream.hub;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * The events of one partition, in segment files of a folder, numbered without gaps from 0. Appending, committing and dropping belong to one thread;
 * reading and finding are for any. What is not durable is not read: a number that a client has seen never comes to mean another event.
 */
final class PartitionLog implements Closeable {

    /** A segment is rolled when it has grown older than one part in so many of the retention. */
    private static final int AGES = 8;
    private static final int STAGE = 1 << 20;

    private final Path folder;
    private final Retention retention;
    private final boolean force;
    private final ConcurrentSkipListMap<Long, LogSegment> segments = new ConcurrentSkipListMap<>();
    private LogSegment tail;
    private byte[] stage = new byte[STAGE];
    private int staged;
    /** The end, with what is staged. */
    private LogMark next;
    /** Where this group begins, what is written of it included. */
    private LogMark groupStart;
    private boolean broken;
    private volatile LogMark durable;

    private PartitionLog(Path folder, Retention retention, boolean force) {
        this.folder = folder;
        this.retention = retention;
        this.force = force;
    }

    /**
     * Opens the log, or makes an empty one.
     *
     * @param force whether {@link #commit} waits for the disk, or only for the operating system
     */
    static PartitionLog open(Path folder, Retention retention, boolean force) throws IOException {
        Files.createDirectories(folder);
        PartitionLog log = new PartitionLog(folder, retention, force);
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(path -> path.getFileName().toString().endsWith(LogSegment.SUFFIX)).sorted().toList();
        }
        try {
            for (int i = 0; i < files.size(); i++) {
                log.add(LogSegment.open(files.get(i), i == files.size() - 1));
            }
            if (files.isEmpty()) {
                log.add(LogSegment.create(folder, LogMark.START));
            }
        } catch (IOException | RuntimeException e) {
            log.closeSegments();
            throw e;
        }
        log.next = log.tail.end();
        log.groupStart = log.next;
        log.durable = log.next;
        return log;
    }

    private void add(LogSegment segment) {
        segments.put(segment.start().next(), segment);
        tail = segment;
    }

    /** Stages an event; it is there for readers after {@link #commit}. */
    void append(Event event, long clockMillis) throws IOException {
        if (broken) {
            throw new IOException("Cannot write " + tail.path() + ": the disk failed before. Start the hub again");
        }
        // Times do not go back, also when the clock does: they can be searched.
        long time = Math.max(clockMillis, next.lastTime());
        if (staged > 0 && staged + LogRecord.HEAD + event.maxLength() > stage.length) {
            flush();
        }
        if (LogRecord.HEAD + event.maxLength() > stage.length) {
            stage = new byte[LogRecord.HEAD + event.maxLength()];
        }
        if (staged == 0 && full(clockMillis)) {
            roll();
        }
        int end = event.write(stage, staged + LogRecord.HEAD, next.next(), next.position(), time);
        LogRecord.seal(stage, staged, end, next.next(), time);
        tail.index().consider(next.next(), next.position(), time);
        next = new LogMark(next.next() + 1, next.position() + end - staged, next.position(), time);
        staged = end;
    }

    /** Makes durable what was appended, and shows it to readers. If it fails, {@link #rollBack} is due. */
    void commit() throws IOException {
        flush();
        if (next.next() == durable.next()) {
            return;
        }
        if (force) {
            try {
                tail.force();
            } catch (IOException e) {
                // What the disk holds now cannot be known: the pages may count as written although they are not.
                broken = true;
                throw e;
            }
        }
        groupStart = next;
        durable = next;
    }

    private void flush() throws IOException {
        if (staged == 0) {
            return;
        }
        tail.append(ByteBuffer.wrap(stage, 0, staged), next);
        staged = 0;
    }

    /** Takes back what was appended since the last commit. */
    void rollBack() {
        staged = 0;
        try {
            tail.cut(groupStart);
        } catch (IOException e) {
            broken = true;
        }
        next = groupStart;
    }

    private boolean full(long clockMillis) {
        long age = tail.isEmpty() ? 0 : clockMillis - tail.index().time(0);
        return tail.bytes() >= retention.segmentBytes() || age > retention.millis() / AGES;
    }

    /** The end of a group and of a segment in one: a commit spans no two segments. */
    private void roll() throws IOException {
        if (tail.isEmpty()) {
            return;
        }
        commit();
        LogSegment complete = tail;
        add(LogSegment.create(folder, next));
        complete.complete();
    }

    /** Drops whole segments whose events are too old, or too many bytes. */
    void retain(long clockMillis) throws IOException {
        long oldest = clockMillis - retention.millis();
        if (!tail.isEmpty() && tail.end().lastTime() < oldest) {
            roll();
        }
        while (segments.size() > 1) {
            LogSegment first = segments.firstEntry().getValue();
            long kept = durable.position() - first.end().position();
            if (first.end().lastTime() >= oldest && kept < retention.bytes()) {
                return;
            }
            // Out of the map first: a reader that finds its file closed looks here where to go on.
            segments.pollFirstEntry();
            first.delete();
        }
    }

    /** How far readers can read. */
    LogMark durable() {
        return durable;
    }

    /** Sequence number of the first event that is kept, or of the next one if none is. */
    long begin() {
        return segments.firstKey();
    }

    /** The segment that has, or will have, an event; the first if it is kept no more. */
    LogSegment segment(long sequence) {
        Map.Entry<Long, LogSegment> found = segments.floorEntry(sequence);
        return (found == null ? segments.firstEntry() : found).getValue();
    }

    boolean holds(LogSegment segment) {
        return segments.get(segment.start().next()) == segment;
    }

    /** Sequence number of the first event that the position asks for, or of the next one. */
    long find(Selector selector) throws IOException {
        if (selector.earliest()) {
            return begin();
        }
        if (selector.latest()) {
            return durable.next();
        }
        List<LogSegment> filled = new ArrayList<>(segments.values());
        filled.removeIf(LogSegment::isEmpty);
        int low = -1;
        int high = filled.size();
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (selector.matches(filled.get(middle).index(), 0)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        if (low < 0) {
            return begin();
        }
        SegmentIndex index = filled.get(low).index();
        LogReader reader = new LogReader(this, index.sequence(index.lastBefore(entry -> selector.matches(index, entry))));
        while (reader.next()) {
            if (selector.matches(reader.sequence(), reader.offset(), reader.time())) {
                return reader.sequence();
            }
        }
        return durable.next();
    }

    @Override
    public void close() throws IOException {
        try {
            commit();
        } finally {
            closeSegments();
        }
    }

    private void closeSegments() throws IOException {
        for (LogSegment segment : Collections.unmodifiableCollection(segments.values())) {
            segment.close();
        }
    }
}
