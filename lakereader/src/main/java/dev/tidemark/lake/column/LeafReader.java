package dev.tidemark.lake.column;

import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.values.ValuesReader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/** Reads one leaf of one row group: levels and values of all its pages. */
final class LeafReader {

    private final Leaf leaf;
    private final Values values;
    private final int maxDefinition;
    private int[] codes = new int[0];

    private LeafReader(Leaf leaf, int capacity) {
        this.leaf = leaf;
        this.values = leaf.values(capacity);
        this.maxDefinition = leaf.column().getMaxDefinitionLevel();
    }

    /** A leaf without repetition: a value or a null for each row. */
    static Column flat(Leaf leaf, Chunk chunk, int rows) throws IOException {
        return flat(leaf, chunk, rows, 0, rows);
    }

    /** The same for the rows from one to before another; pages that hold none of them are passed over. */
    static Column flat(Leaf leaf, Chunk chunk, int rows, int from, int to) throws IOException {
        if (chunk.values() != rows) {
            throw new CorruptPageException(chunk.values() + " values for " + rows + " rows");
        }
        int first = chunk.skip(from);
        int covered = chunk.covering(to - first);
        Column column = pages(leaf, chunk, covered);
        return first == from && first + covered == to ? column : column.select(IntStream.range(from - first, to - first).toArray());
    }

    /** The pages of the next so many rows. */
    private static Column pages(Leaf leaf, Chunk chunk, int rows) throws IOException {
        LeafReader reader = new LeafReader(leaf, rows);
        reader.dictionary(chunk);
        boolean[] nulls = null;
        int at = 0;
        while (at < rows) {
            Page page = chunk.next();
            int n = page.values();
            int present = n;
            int width = Hybrid.width(reader.maxDefinition);
            if (reader.maxDefinition > 0 && !Hybrid.isRunOf(reader.maxDefinition, page.bytes(), page.definitionFrom(), page.definitionTo(), width, n)) {
                int[] levels = reader.scratch(n);
                Hybrid.decode(page.bytes(), page.definitionFrom(), page.definitionTo(), width, levels, n);
                if (nulls == null) {
                    nulls = new boolean[rows];
                }
                present = 0;
                for (int i = 0; i < n; i++) {
                    boolean there = levels[i] == reader.maxDefinition;
                    nulls[at + i] = !there;
                    present += there ? 1 : 0;
                }
            }
            reader.values(page, at, present);
            if (present < n) {
                reader.values.spread(nulls, at, n, present);
            }
            at += n;
        }
        return reader.values.column(nulls);
    }

    /**
     * The entries of a leaf below lists or structs: levels, and the values without the nulls between them.
     *
     * @param repetition for each entry, at which list it goes on; empty if the leaf is in none
     * @param definition for each entry, how much of its path is there
     */
    record Entries(int[] repetition, int[] definition, Column values) {
    }

    /** A leaf as it stands in the file, for those who put nested values together. */
    static Entries entries(Leaf leaf, Chunk chunk) throws IOException {
        if (chunk.values() > Integer.MAX_VALUE - 64) {
            throw new CorruptPageException(chunk.values() + " values in one column chunk");
        }
        int capacity = (int) chunk.values();
        LeafReader reader = new LeafReader(leaf, capacity);
        reader.dictionary(chunk);
        int maxRepetition = leaf.column().getMaxRepetitionLevel();
        int[] repetition = new int[maxRepetition > 0 ? capacity : 0];
        int[] definition = new int[capacity];
        int at = 0;
        int present = 0;
        for (Page page = chunk.next(); page != null; page = chunk.next()) {
            int n = page.values();
            int[] levels = reader.scratch(n);
            if (maxRepetition > 0) {
                Hybrid.decode(page.bytes(), page.repetitionFrom(), page.repetitionTo(), Hybrid.width(maxRepetition), levels, n);
                System.arraycopy(levels, 0, repetition, at, n);
            }
            int there = n;
            if (reader.maxDefinition > 0) {
                Hybrid.decode(page.bytes(), page.definitionFrom(), page.definitionTo(), Hybrid.width(reader.maxDefinition), levels, n);
                System.arraycopy(levels, 0, definition, at, n);
                there = 0;
                for (int i = 0; i < n; i++) {
                    there += levels[i] == reader.maxDefinition ? 1 : 0;
                }
            }
            reader.values(page, present, there);
            present += there;
            at += n;
        }
        return new Entries(repetition, definition, reader.values.column(null));
    }

    private void dictionary(Chunk chunk) throws IOException {
        Page page = chunk.dictionary();
        if (page != null) {
            values.dictionary(page);
        }
    }

    private void values(Page page, int at, int n) throws IOException {
        Encoding encoding = page.encoding();
        if (n == 0) {
            return;
        }
        if (encoding == Encoding.PLAIN) {
            values.plain(page.bytes(), page.from(), page.to(), at, n);
        } else if (encoding.usesDictionary()) {
            if (page.from() >= page.to()) {
                throw new CorruptPageException("a page too short for its " + n + " values");
            }
            int[] coded = scratch(n);
            Hybrid.decode(page.bytes(), page.from() + 1, page.to(), page.bytes()[page.from()], coded, n);
            values.coded(coded, at, n);
        } else {
            ValuesReader reader = encoding.getValuesReader(leaf.column(), ValuesType.VALUES);
            reader.initFromPage(n, ByteBufferInputStream.wrap(ByteBuffer.wrap(page.bytes(), page.from(), page.to() - page.from())));
            values.other(reader, at, n);
        }
    }

    private int[] scratch(int n) {
        if (codes.length < n) {
            codes = new int[n];
        }
        return codes;
    }
}
