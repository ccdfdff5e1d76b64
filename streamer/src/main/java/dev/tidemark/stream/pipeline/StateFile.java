package dev.tidemark.stream.pipeline;

import dev.tidemark.stream.state.BrokenState;
import dev.tidemark.stream.state.StatePart;
import dev.tidemark.stream.state.StateReader;
import dev.tidemark.stream.state.StateWriter;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What the pipeline remembered at one moment, between two batches. As a file: eight letters that say what it is, the length of the head, the head, one section
 * for each part, and the checksum (CRC-32C) of all that, numbers with the lowest byte first. To be remembered as well, a part joins {@link Aggregation#parts}.
 *
 * @param head     what it belongs to
 * @param contents of each section, in the order of the head
 */
record StateFile(Head head, List<List<StateWriter.Chunk>> contents) {

    private static final byte[] MAGIC = {'T', 'I', 'D', 'E', 'M', 'S', 'T', '1'};
    private static final int BUFFER = 1 << 16;

    /**
     * What a state belongs to.
     *
     * @param generation one more than that of the state before
     * @param id         by which it is told from any other
     * @param ingestedAt of the last batch that it knows
     * @param watermark  windows that end there or before are closed in it
     * @param tables     ids of the tables that it was made beside
     * @param positions  position id → last message of the partition that it knows
     */
    record Head(long generation, long id, long ingestedAt, long watermark, List<String> tables, Map<String, Long> positions, List<Section> sections) {
    }

    /** One section; {@code length} in bytes. */
    record Section(String name, int form, String settings, long length) {

        boolean fits(StatePart part) {
            return name.equals(part.section()) && form == part.form() && settings.equals(part.settings());
        }
    }

    /** Writes down parts as they are now. */
    static StateFile of(long generation, long id, long ingestedAt, long watermark, List<String> tables, Map<String, Long> positions, List<StatePart> parts) {
        List<Section> sections = new ArrayList<>();
        List<List<StateWriter.Chunk>> contents = new ArrayList<>();
        for (StatePart part : parts) {
            StateWriter out = new StateWriter();
            part.write(out);
            contents.add(out.chunks());
            sections.add(new Section(part.section(), part.form(), part.settings(), length(out.chunks())));
        }
        return new StateFile(new Head(generation, id, ingestedAt, watermark, List.copyOf(tables), new TreeMap<>(positions), sections), contents);
    }

    private static long length(List<StateWriter.Chunk> chunks) {
        return chunks.stream().mapToLong(StateWriter.Chunk::length).sum();
    }

    /** Writes the file. May be done by another thread than the one that made it. */
    void write(OutputStream to) throws IOException {
        CRC32C sum = new CRC32C();
        List<StateWriter.Chunk> first = headChunks();
        put(to, sum, MAGIC, MAGIC.length);
        put(to, sum, number(length(first)), 8);
        for (StateWriter.Chunk chunk : first) {
            put(to, sum, chunk);
        }
        for (List<StateWriter.Chunk> content : contents) {
            for (StateWriter.Chunk chunk : content) {
                put(to, sum, chunk);
            }
        }
        to.write(number(sum.getValue()));
    }

    private List<StateWriter.Chunk> headChunks() {
        StateWriter out = new StateWriter();
        out.number(head.generation);
        out.number(head.id);
        out.number(head.ingestedAt);
        out.number(head.watermark);
        out.number(head.tables.size());
        head.tables.forEach(out::text);
        out.number(head.positions.size());
        head.positions.forEach((position, number) -> {
            out.text(position);
            out.number(number);
        });
        out.number(head.sections.size());
        for (Section section : head.sections) {
            out.text(section.name);
            out.number(section.form);
            out.text(section.settings);
            out.number(section.length);
        }
        return out.chunks();
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    }

    private static void put(OutputStream to, CRC32C sum, byte[] bytes, int length) throws IOException {
        sum.update(bytes, 0, length);
        to.write(bytes, 0, length);
    }

    private static void put(OutputStream to, CRC32C sum, StateWriter.Chunk chunk) throws IOException {
        if (chunk.longs() == null) {
            put(to, sum, chunk.bytes(), (int) chunk.length());
            return;
        }
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : chunk.longs()) {
            if (value != chunk.free()) {
                buffer.putLong(value);
                if (!buffer.hasRemaining()) {
                    put(to, sum, buffer.array(), BUFFER);
                    buffer.clear();
                }
            }
        }
        put(to, sum, buffer.array(), buffer.position());
    }

    /**
     * Reads the head of a file.
     *
     * @throws BrokenState if the bytes are not those that were written
     */
    static Head head(byte[] file) {
        if (file.length < MAGIC.length + 16 || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new BrokenState("it is no state file of this form");
        }
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        CRC32C sum = new CRC32C();
        sum.update(file, 0, file.length - 8);
        if (sum.getValue() != bytes.getLong(file.length - 8)) {
            throw new BrokenState("its checksum is wrong");
        }
        StateReader in = new StateReader(file, MAGIC.length + 8, headEnd(bytes));
        long generation = in.longNumber();
        long id = in.longNumber();
        long ingestedAt = in.longNumber();
        long watermark = in.longNumber();
        List<String> tables = new ArrayList<>();
        for (int i = in.count(4); i > 0; i--) {
            tables.add(in.text());
        }
        Map<String, Long> positions = new TreeMap<>();
        for (int i = in.count(12); i > 0; i--) {
            positions.put(in.text(), in.longNumber());
        }
        List<Section> sections = new ArrayList<>();
        for (int i = in.count(20); i > 0; i--) {
            sections.add(new Section(in.text(), in.number(), in.text(), in.longNumber()));
        }
        return new Head(generation, id, ingestedAt, watermark, tables, positions, sections);
    }

    private static int headEnd(ByteBuffer file) {
        long end = MAGIC.length + 8 + file.getLong(MAGIC.length);
        if (end < MAGIC.length + 8 || end > file.limit() - 8) {
            throw new BrokenState("its head has an impossible length");
        }
        return (int) end;
    }

    /**
     * Gives the parts, none of which may remember anything yet, what a file holds of them.
     *
     * @throws BrokenState if it was written by other parts, or makes no sense; then the parts are thrown away
     */
    static void restore(byte[] file, Head head, List<StatePart> parts) {
        int from = headEnd(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
        Iterator<Section> sections = head.sections.iterator();
        for (StatePart part : parts) {
            Section section = sections.hasNext() ? sections.next() : new Section("nothing", 0, "", 0);
            if (!section.fits(part)) {
                throw new BrokenState("it was written for something else (expected " + part.section() + " " + part.form() + " [" + part.settings() + "], actual "
                        + section.name + " " + section.form + " [" + section.settings + "])");
            }
            if (section.length < 0 || section.length > file.length - 8 - from) {
                throw new BrokenState("section " + section.name + " has an impossible length");
            }
            StateReader in = new StateReader(file, from, from + (int) section.length);
            part.read(in);
            if (!in.ended()) {
                throw new BrokenState("section " + section.name + " is longer than what it says");
            }
            from += (int) section.length;
        }
        if (sections.hasNext()) {
            throw new BrokenState("it was written for more than there is now (actual " + sections.next().name + ")");
        }
    }
}
