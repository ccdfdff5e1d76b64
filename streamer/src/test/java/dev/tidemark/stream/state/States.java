package dev.tidemark.stream.state;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** States by way of bytes, for tests. */
public final class States {

    private States() {
    }

    /** What a part writes. */
    public static byte[] written(StatePart part) {
        StateWriter out = new StateWriter();
        part.write(out);
        return bytes(out);
    }

    /** What was written, when it is fetched. */
    public static byte[] bytes(StateWriter out) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (StateWriter.Chunk chunk : out.chunks()) {
            if (chunk.longs() == null) {
                all.write(chunk.bytes(), 0, (int) chunk.length());
            } else {
                ByteBuffer longs = ByteBuffer.allocate((int) chunk.length()).order(ByteOrder.LITTLE_ENDIAN);
                Arrays.stream(chunk.longs()).filter(value -> value != chunk.free()).forEach(longs::putLong);
                all.writeBytes(longs.array());
            }
        }
        return all.toByteArray();
    }

    /** Gives a fresh part what another one remembers. */
    public static <T extends StatePart> T moved(StatePart from, T to) {
        byte[] bytes = written(from);
        StateReader in = new StateReader(bytes, 0, bytes.length);
        to.read(in);
        if (!in.ended()) {
            throw new AssertionError("not all was read");
        }
        return to;
    }
}
