package dev.tidemark.lake.scan;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.column.Batch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The batches of a scan in the order of its files, read by threads of its own, which are at most one row group each ahead of what was taken
 * (and one more, and the footers of as many files). Closing it ends the threads, whatever they are reading. Not thread-safe.
 */
public final class Batches implements Iterator<Batch>, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Scan scan;
    private final int threads;
    private final ExecutorService pool;
    private final Iterator<DataFile> files;
    private final Deque<Future<Opened>> ahead = new ArrayDeque<>();
    private final Deque<Future<Optional<Batch>>> reading = new ArrayDeque<>();
    private final List<Opened> opened = new ArrayList<>();
    private Opened current;
    private int nextGroup;
    private final long limit;
    private long left;
    private Batch next;
    private volatile boolean closed;

    Batches(Scan scan, int threads, long limit) {
        this.scan = scan;
        this.threads = threads;
        this.limit = limit;
        this.left = limit;
        this.files = scan.filesToRead().iterator();
        this.pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "scan-" + NUMBER.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** A file whose row groups are being read: each thread that does has a reader, which the next one takes over. */
    private final class Opened {
        private final DataFile file;
        private final Deque<Scan.RowGroups> idle = new ConcurrentLinkedDeque<>();
        private final int groups;
        private final AtomicInteger unread;

        Opened(DataFile file) {
            this.file = file;
            Scan.RowGroups first = scan.groups(file);
            idle.push(first);
            groups = first.size();
            unread = new AtomicInteger(groups);
            if (groups == 0) {
                close();
            }
        }

        Optional<Batch> read(int group) {
            Scan.RowGroups reader = idle.poll();
            reader = reader != null ? reader : scan.groups(file);
            try {
                return reader.read(group, limit);
            } finally {
                idle.push(reader);
                if (unread.decrementAndGet() == 0 || closed) {
                    close();
                }
            }
        }

        void close() {
            for (Scan.RowGroups reader = idle.poll(); reader != null; reader = idle.poll()) {
                reader.close();
            }
        }
    }

    /**
     * Whether there is another batch; waits until it is known.
     *
     * @throws dev.tidemark.lake.LakeException if a file cannot be read
     * @throws CancellationException           if this thread was interrupted
     */
    @Override
    public boolean hasNext() {
        while (next == null && left > 0) {
            fill();
            if (reading.isEmpty()) {
                left = 0;
                close();
            } else {
                next = get(reading.poll()).map(batch -> batch.first(left)).orElse(null);
            }
        }
        return next != null;
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Batch taken = next;
        next = null;
        left -= taken.rows();
        if (left <= 0) {
            close();
        }
        return taken;
    }

    private void fill() {
        while (reading.size() <= threads) {
            if (current != null && nextGroup < current.groups) {
                Opened file = current;
                int group = nextGroup++;
                reading.add(pool.submit(() -> file.read(group)));
                continue;
            }
            while (ahead.size() < threads && files.hasNext()) {
                DataFile file = files.next();
                ahead.add(pool.submit(() -> new Opened(file)));
            }
            if (ahead.isEmpty()) {
                return;
            }
            opened.removeIf(file -> file.unread.get() == 0);
            current = get(ahead.poll());
            opened.add(current);
            nextGroup = 0;
        }
    }

    private <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new CancellationException("Reading " + scan.snapshot().table() + " was interrupted");
        } catch (ExecutionException e) {
            close();
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    /** Ends the threads and closes the files, within five seconds even if a store does not answer; what was not taken is lost. */
    @Override
    public void close() {
        left = 0;
        closed = true;
        pool.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            // After each column a thread asks whether it was interrupted. One that waits for a remote store may not hear it: it closes its file by itself, later.
            pool.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        ahead.stream().filter(Future::isDone).forEach(file -> {
            try {
                file.get().close();
            } catch (InterruptedException | ExecutionException | CancellationException e) {
                // It was not opened.
            }
        });
        opened.forEach(Opened::close);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
