package dev.tidemark.lake.diff;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Rows on disk, those with the same key in the same part. Not thread-safe; close deletes the parts. */
final class Spill implements AutoCloseable {

    static final int PARTS = 32;
    private static final int BITS = 5;
    /** A hash has no more bits: what does not fit then is of few keys and stays in memory. */
    static final int DEEPEST = 5;
    private static final int BUFFER = 1 << 15;

    private final Path[] paths = new Path[PARTS];
    private final DataOutputStream[] outs = new DataOutputStream[PARTS];
    private final Path folder;
    private final int depth;

    /** @param depth how often these rows were parted before: each time by other bits of their key's hash */
    Spill(Path folder, int depth) {
        this.folder = folder;
        this.depth = depth;
    }

    void add(byte side, byte[] bytes, int from, int length, int keyLength, int count) throws IOException {
        int part = RowSet.hash(bytes, from, keyLength) >>> BITS * depth & PARTS - 1;
        if (outs[part] == null) {
            paths[part] = Files.createTempFile(folder, "tidemark-diff-", ".part");
            outs[part] = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(paths[part]), BUFFER));
        }
        DataOutputStream out = outs[part];
        out.writeByte(side);
        out.writeInt(length);
        out.writeInt(keyLength);
        out.writeInt(count);
        out.write(bytes, from, length);
    }

    /** Gives the rows of one part, in the order they came, and deletes it. */
    void read(int part, RowSet.Rows taker) throws IOException {
        if (outs[part] == null) {
            return;
        }
        outs[part].close();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(paths[part]), BUFFER))) {
            byte[] row = new byte[BUFFER];
            while (true) {
                byte side;
                try {
                    side = in.readByte();
                } catch (EOFException end) {
                    break;
                }
                int length = in.readInt();
                int keyLength = in.readInt();
                int count = in.readInt();
                row = row.length < length ? new byte[length * 2] : row;
                in.readFully(row, 0, length);
                taker.row(side, row, 0, length, keyLength, count);
            }
        }
        Files.delete(paths[part]);
        outs[part] = null;
    }

    @Override
    public void close() throws IOException {
        for (int part = 0; part < PARTS; part++) {
            if (outs[part] != null) {
                try {
                    outs[part].close();
                } finally {
                    Files.deleteIfExists(paths[part]);
                }
            }
        }
    }
}
