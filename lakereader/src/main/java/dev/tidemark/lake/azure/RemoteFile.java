package dev.tidemark.lake.azure;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** A file of a store that does not change while it is read: from the cache where that has it, else in few requests, several at once. Thread-safe. */
final class RemoteFile {

    /** Asks the store for bytes. */
    interface Source {
        /** Reads exactly {@code length} bytes; EOFException if the file ends before. */
        void read(long position, byte[] into, int offset, int length) throws IOException;
    }

    /** Bytes that are wanted, and where they go. */
    record Piece(long position, byte[] into, int offset, int length) {
    }

    /** More than this in a row is fetched by several requests at once. */
    private static final int REQUEST = 4 << 20;

    private final String name;
    private final long size;
    private final Source source;
    private final FileCache cache;
    private final ExecutorService readers;

    /**
     * @param name    names the file and what tells it from another of that name
     * @param size    bytes
     * @param cache   where to keep what is read; null to keep nothing
     * @param readers run requests that are made at once
     */
    RemoteFile(String name, long size, Source source, FileCache cache, ExecutorService readers) {
        this.name = name;
        this.size = size;
        this.source = source;
        this.cache = cache;
        this.readers = readers;
    }

    long size() {
        return size;
    }

    /** Reads exactly these bytes; EOFException if the file ends before. */
    void read(List<Piece> pieces) throws IOException {
        List<Fetch> fetches = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece.position < 0 || piece.position + piece.length > size) {
                throw new EOFException("the file ends at byte " + size);
            }
            if (cache == null) {
                plan(piece.position, piece.position + piece.length, List.of(piece), false, fetches);
            } else {
                planMissing(piece, fetches);
            }
        }
        run(fetches);
    }

    /** Some bytes to fetch, and the pieces that wait for parts of them. */
    private record Fetch(long start, int length, List<Piece> waiting, boolean keep) {
    }

    private static void plan(long start, long end, List<Piece> waiting, boolean keep, List<Fetch> fetches) {
        for (long at = start; at < end; at += REQUEST) {
            fetches.add(new Fetch(at, (int) Math.min(REQUEST, end - at), waiting, keep));
        }
    }

    private int blockLength(long block) {
        return (int) Math.min(FileCache.BLOCK, size - block * FileCache.BLOCK);
    }

    /** Fills what the cache has and plans requests for the runs of blocks that it has not. */
    private void planMissing(Piece piece, List<Fetch> fetches) {
        long last = piece.length == 0 ? -1 : (piece.position + piece.length - 1) / FileCache.BLOCK;
        long missing = -1;
        for (long block = piece.position / FileCache.BLOCK; block <= last + 1; block++) {
            byte[] known = block > last ? null : cache.get(name, block, blockLength(block));
            if (known != null) {
                copy(known, block * FileCache.BLOCK, known.length, piece);
            }
            if (known == null && block <= last) {
                missing = missing < 0 ? block : missing;
            } else if (missing >= 0) {
                plan(missing * FileCache.BLOCK, Math.min(size, block * FileCache.BLOCK), List.of(piece), true, fetches);
                missing = -1;
            }
        }
    }

    private void run(List<Fetch> fetches) throws IOException {
        List<Future<?>> others = new ArrayList<>();
        try {
            for (Fetch fetch : fetches.subList(Math.min(1, fetches.size()), fetches.size())) {
                others.add(readers.submit(() -> {
                    fetch(fetch);
                    return null;
                }));
            }
            if (!fetches.isEmpty()) {
                fetch(fetches.get(0));
            }
            for (Future<?> other : others) {
                other.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IOException("cannot read " + name, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted while reading").initCause(e);
        } finally {
            others.forEach(other -> other.cancel(true));
        }
    }

    private void fetch(Fetch fetch) throws IOException {
        if (!fetch.keep) {
            Piece piece = fetch.waiting.get(0);
            source.read(fetch.start, piece.into, piece.offset + (int) (fetch.start - piece.position), fetch.length);
            return;
        }
        byte[] bytes = new byte[fetch.length];
        source.read(fetch.start, bytes, 0, fetch.length);
        fetch.waiting.forEach(piece -> copy(bytes, fetch.start, fetch.length, piece));
        for (int at = 0; at < fetch.length; at += FileCache.BLOCK) {
            cache.put(name, (fetch.start + at) / FileCache.BLOCK, bytes, at, Math.min(FileCache.BLOCK, fetch.length - at));
        }
    }

    private static void copy(byte[] bytes, long start, int length, Piece piece) {
        long from = Math.max(start, piece.position);
        long to = Math.min(start + length, piece.position + piece.length);
        if (to > from) {
            System.arraycopy(bytes, (int) (from - start), piece.into, piece.offset + (int) (from - piece.position), (int) (to - from));
        }
    }
}
