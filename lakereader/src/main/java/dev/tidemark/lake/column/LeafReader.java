package dev.tidemark.lake.column;

import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.values.ValuesReader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads one leaf of one row group: levels and values of all its pages. */
final class LeafReader {

    private final Leaf leaf;
    private final Values values;
    private final int maxDefinition;
    private int[] levels = new int[0];

    private LeafReader(Leaf leaf, Values values) {
        this.leaf = leaf;
        this.values = values;
        this.maxDefinition = leaf.column().getMaxDefinitionLevel();
    }

    /** A leaf without repetition: a value or a null for each of the wanted rows. Of the chunk's pages only those that hold some of them are decoded. */
    static Column flat(Leaf leaf, Chunk chunk, RowRanges wanted) throws IOException {
        RowRanges held = chunk.keep(wanted);
        return picked(pages(leaf, leaf.values(held.count()), chunk, held.count()), held, wanted);
    }

    /** The same of a leaf of text, as {@link Column.Utf8}. */
    static Column utf8(Leaf leaf, Chunk chunk, RowRanges wanted) throws IOException {
        RowRanges held = chunk.keep(wanted);
        return picked(pages(leaf, new Utf8Values(leaf, held.count()), chunk, held.count()), held, wanted);
    }

    private static Column picked(Column column, RowRanges held, RowRanges wanted) {
        return held.equals(wanted) ? column : column.select(held.positions(wanted.rows()));
    }

    /** The pages of a chunk, which hold so many rows. */
    private static Column pages(Leaf leaf, Values values, Chunk chunk, int rows) throws IOException {
        LeafReader reader = new LeafReader(leaf, values);
        reader.dictionary(chunk);
        boolean[] nulls = null;
        int at = 0;
        while (at < rows) {
            Page page = chunk.next();
            int n = page.values();
            int present = n;
            int width = Hybrid.width(reader.maxDefinition);
            if (reader.maxDefinition > 0 && !Hybrid.isRunOf(reader.maxDefinition, page.bytes(), page.definitionFrom(), page.definitionTo(), width, n)) {
                if (nulls == null) {
                    nulls = new boolean[rows];
                }
                present = reader.presence(page, nulls, at);
            }
            reader.values(page, at, present);
            if (present < n) {
                reader.values.spread(nulls, at, n, present);
            }
            at += n;
        }
        return reader.values.column(nulls);
    }

    /** Notes which of a page's rows have no value; returns how many have one. */
    private int presence(Page page, boolean[] nulls, int at) {
        int n = page.values();
        if (maxDefinition == 1) {
            return Hybrid.presence(page.bytes(), page.definitionFrom(), page.definitionTo(), nulls, at, n);
        }
        int[] levels = scratch(n);
        Hybrid.decode(page.bytes(), page.definitionFrom(), page.definitionTo(), Hybrid.width(maxDefinition), levels, 0, n);
        int present = 0;
        for (int i = 0; i < n; i++) {
            boolean there = levels[i] == maxDefinition;
            nulls[at + i] = !there;
            present += there ? 1 : 0;
        }
        return present;
    }

    /**
     * The entries of a leaf below lists or structs: levels, and the values without the nulls between them.
     *
     * @param repetition for each entry, at which list it goes on; empty if the leaf is in none
     * @param definition for each entry, how much of its path is there
     */
    record Entries(int[] repetition, int[] definition, Column values) {
    }

    /** A leaf as it stands in the file, for those who put nested values together; only the entries of the wanted rows. */
    static Entries entries(Leaf leaf, Chunk chunk, RowRanges wanted, int rows) throws IOException {
        if (leaf.column().getMaxRepetitionLevel() == 0) {
            chunk.keep(wanted);
        }
        if (chunk.values() > Integer.MAX_VALUE - 64) {
            throw new CorruptPageException(chunk.values() + " values in one column chunk");
        }
        int capacity = (int) chunk.values();
        Scratch.requireRoom(16L * capacity);
        LeafReader reader = new LeafReader(leaf, leaf.values(capacity));
        reader.dictionary(chunk);
        int maxRepetition = leaf.column().getMaxRepetitionLevel();
        int[] repetition = new int[maxRepetition > 0 ? capacity : 0];
        int[] definition = new int[capacity];
        int at = 0;
        int present = 0;
        Trim trim = wanted.count() == rows ? null : new Trim(wanted, capacity);
        for (Page page = chunk.next(); page != null; page = chunk.next()) {
            int n = page.values();
            if (maxRepetition > 0) {
                int[] levels = reader.scratch(n);
                Hybrid.decode(page.bytes(), page.repetitionFrom(), page.repetitionTo(), Hybrid.width(maxRepetition), levels, 0, n);
                System.arraycopy(levels, 0, repetition, at, n);
            }
            int there = n;
            if (reader.maxDefinition > 0) {
                int[] levels = reader.scratch(n);
                Hybrid.decode(page.bytes(), page.definitionFrom(), page.definitionTo(), Hybrid.width(reader.maxDefinition), levels, 0, n);
                System.arraycopy(levels, 0, definition, at, n);
                there = 0;
                for (int i = 0; i < n; i++) {
                    there += levels[i] == reader.maxDefinition ? 1 : 0;
                }
            }
            reader.values(page, present, there);
            if (trim != null) {
                trim.page(page.row(), repetition, definition, reader.maxDefinition, at, n);
            }
            present += there;
            at += n;
        }
        Column values = reader.values.column(null);
        return trim == null ? new Entries(repetition, definition, values) : trim.of(repetition, definition, values, rows);
    }

    /** Which entries belong to the wanted rows. */
    private static final class Trim {
        private final RowRanges wanted;
        private final int[] entries;
        private final int[] values;
        private int entryCount;
        private int valueCount;
        private int value;
        private int row = -1;
        private int run;

        Trim(RowRanges wanted, int capacity) {
            this.wanted = wanted;
            this.entries = new int[capacity];
            this.values = new int[capacity];
        }

        /** Looks at the next page: entries {@code [at, at + n)}, which begin with a new row if its number is known. */
        void page(int firstRow, int[] repetition, int[] definition, int maxDefinition, int at, int n) {
            if (firstRow >= 0) {
                if (n > 0 && repetition.length > 0 && repetition[at] != 0) {
                    throw new CorruptPageException("a page that begins within a row, against the offset index");
                }
                row = firstRow - 1;
            }
            for (int i = at; i < at + n; i++) {
                if (repetition.length == 0 || repetition[i] == 0) {
                    row++;
                }
                boolean there = definition[i] == maxDefinition;
                if (wanted(row)) {
                    entries[entryCount++] = i;
                    values[valueCount] = value;
                    valueCount += there ? 1 : 0;
                }
                value += there ? 1 : 0;
            }
        }

        private boolean wanted(int row) {
            while (run < wanted.runs() && row >= wanted.to(run)) {
                run++;
            }
            return run < wanted.runs() && row >= wanted.from(run);
        }

        Entries of(int[] repetition, int[] definition, Column all, int rows) {
            if (row >= rows) {
                throw new CorruptPageException("levels of more than " + rows + " rows");
            }
            return new Entries(repetition.length == 0 ? repetition : picked(repetition), picked(definition), all.select(Arrays.copyOf(values, valueCount)));
        }

        private int[] picked(int[] levels) {
            int[] picked = new int[entryCount];
            for (int i = 0; i < entryCount; i++) {
                picked[i] = levels[entries[i]];
            }
            return picked;
        }
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
            values.coded(page.bytes(), page.from() + 1, page.to(), page.bytes()[page.from()], at, n);
        } else {
            ValuesReader reader = encoding.getValuesReader(leaf.column(), ValuesType.VALUES);
            reader.initFromPage(n, ByteBufferInputStream.wrap(ByteBuffer.wrap(page.bytes(), page.from(), page.to() - page.from())));
            values.other(reader, at, n);
        }
    }

    private int[] scratch(int n) {
        if (levels.length < n) {
            levels = new int[n];
        }
        return levels;
    }
}
