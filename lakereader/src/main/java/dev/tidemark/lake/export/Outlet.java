package dev.tidemark.lake.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/**
 * Writes full buffers on a thread of its own, so that text is made while other text is hashed, compressed and written. One thread hands buffers in; the
 * outlet owns the other.
 */
final class Outlet implements AutoCloseable {

    /** Bytes of a buffer, roughly. */
    static final int BUFFER = 1 << 18;
    private static final int BUFFERS = 3;
    private static final Buffer END = new Buffer(new byte[0], 0);

    private record Buffer(byte[] bytes, int length) {
    }

    private final OutputStream out;
    private final BlockingQueue<Buffer> full = new ArrayBlockingQueue<>(BUFFERS);
    private final BlockingQueue<byte[]> empty = new ArrayBlockingQueue<>(BUFFERS + 1);
    private final Thread thread;
    private volatile Throwable failure;
    private boolean ended;

    /** @param out is written on the outlet's thread and not closed */
    Outlet(OutputStream out) {
        this.out = out;
        for (int i = 1; i < BUFFERS; i++) {
            empty.add(new byte[BUFFER + (BUFFER >> 2)]);
        }
        thread = new Thread(this::run, "export");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            for (Buffer buffer = full.take(); buffer != END; buffer = full.take()) {
                if (failure == null) {
                    write(buffer);
                }
                empty.offer(buffer.bytes);
            }
        } catch (InterruptedException cancelled) {
            failure = cancelled;
        }
    }

    private void write(Buffer buffer) {
        try {
            out.write(buffer.bytes, 0, buffer.length);
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
    }

    /**
     * Takes a buffer to be written.
     *
     * @return an empty one to go on with
     * @throws IOException what kept an earlier buffer from being written
     */
    byte[] swap(byte[] bytes, int length) throws IOException {
        try {
            rethrow();
            full.put(new Buffer(bytes, length));
            return empty.take();
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** Waits until all is written. */
    void finish() throws IOException {
        try {
            ended = true;
            full.put(END);
            thread.join();
            rethrow();
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static CancellationException interrupted() {
        Thread.currentThread().interrupt();
        return new CancellationException("The export was interrupted");
    }

    private void rethrow() throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    /** Ends the thread; what was not written by {@link #finish} may be lost. A write that nothing can end (a pipe nobody reads) is not waited for. */
    @Override
    public void close() {
        if (ended && !thread.isAlive()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
