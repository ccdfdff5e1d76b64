package dev.tidemark.lake.azure;

import dev.tidemark.lake.azure.RemoteFile.Piece;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileRange;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** A {@link RemoteFile} as Hadoop reads files. Reading on and on fetches more and more ahead. Positioned reads are thread-safe, the others are not. */
final class RemoteStream extends FSInputStream {

    private static final int FIRST_AHEAD = 64 << 10;
    private static final int MOST_AHEAD = 4 << 20;

    private final RemoteFile file;
    private long position;
    private byte[] ahead = new byte[0];
    private long aheadStart;
    private int nextAhead = FIRST_AHEAD;
    private boolean closed;

    RemoteStream(RemoteFile file) {
        this.file = file;
    }

    private void open() throws IOException {
        if (closed) {
            throw new IOException("the file is closed");
        }
    }

    @Override
    public void seek(long to) throws IOException {
        open();
        if (to < 0 || to > file.size()) {
            throw new EOFException("no byte " + to + " in a file of " + file.size());
        }
        position = to;
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public boolean seekToNewSource(long target) {
        return false;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, file.size() - position);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        open();
        if (length == 0) {
            return 0;
        }
        if (position >= file.size()) {
            return -1;
        }
        int wanted = (int) Math.min(length, file.size() - position);
        boolean held = position >= aheadStart && position < aheadStart + ahead.length;
        if (!held && wanted >= FIRST_AHEAD) {
            file.read(List.of(new Piece(position, into, offset, wanted)));
            position += wanted;
            return wanted;
        }
        if (!held) {
            boolean onAndOn = position == aheadStart + ahead.length;
            nextAhead = onAndOn ? Math.min(MOST_AHEAD, nextAhead * 2) : FIRST_AHEAD;
            byte[] next = new byte[(int) Math.min(nextAhead, file.size() - position)];
            file.read(List.of(new Piece(position, next, 0, next.length)));
            ahead = next;
            aheadStart = position;
        }
        int from = (int) (position - aheadStart);
        int count = Math.min(wanted, ahead.length - from);
        System.arraycopy(ahead, from, into, offset, count);
        position += count;
        return count;
    }

    @Override
    public int read(long at, byte[] into, int offset, int length) throws IOException {
        open();
        if (at >= file.size()) {
            return -1;
        }
        int count = (int) Math.min(length, file.size() - at);
        file.read(List.of(new Piece(at, into, offset, count)));
        return count;
    }

    @Override
    public void readFully(long at, byte[] into, int offset, int length) throws IOException {
        open();
        file.read(List.of(new Piece(at, into, offset, length)));
    }

    /** All ranges are here when it returns; requests for them run at once. */
    @Override
    public void readVectored(List<? extends FileRange> ranges, IntFunction<ByteBuffer> allocate) throws IOException {
        open();
        List<Piece> pieces = new ArrayList<>();
        List<ByteBuffer> buffers = new ArrayList<>();
        for (FileRange range : ranges) {
            ByteBuffer buffer = allocate.apply(range.getLength());
            boolean direct = !buffer.hasArray();
            byte[] into = direct ? new byte[range.getLength()] : buffer.array();
            pieces.add(new Piece(range.getOffset(), into, direct ? 0 : buffer.arrayOffset() + buffer.position(), range.getLength()));
            buffers.add(buffer);
        }
        file.read(pieces);
        for (int i = 0; i < pieces.size(); i++) {
            if (!buffers.get(i).hasArray()) {
                buffers.get(i).put(pieces.get(i).into()).flip();
            }
            ranges.get(i).setData(CompletableFuture.completedFuture(buffers.get(i)));
        }
    }

    @Override
    public void close() {
        closed = true;
        ahead = new byte[0];
    }
}
