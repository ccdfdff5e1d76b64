package dev.tidemark.lake.column;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** The pages of one column in one row group, until another chunk is read with the same scratch memory. All headers are read before the first page, so that counts can be trusted. */
final class Chunk {

    /** A page larger than this is believed only if the footer counts that many bytes. */
    private static final int LARGE_PAGE = 64 << 20;

    /** A page; a data page with the number of its first row, -1 if that is not known yet. */
    private record Entry(PageHeader header, int from, int row) {

        int values() {
            return header.getType() == PageType.DATA_PAGE ? header.getData_page_header().getNum_values() : header.getData_page_header_v2().getNum_values();
        }
    }

    private final ColumnDescriptor column;
    private final ColumnMetaData meta;
    private final byte[] bytes;
    private final List<Entry> pages = new ArrayList<>();
    private Entry dictionary;
    private int next;
    private final Scratch scratch;

    private Chunk(ColumnDescriptor column, ColumnMetaData meta, byte[] bytes, Scratch scratch) {
        this.column = column;
        this.meta = meta;
        this.bytes = bytes;
        this.scratch = scratch;
    }

    /** All pages. Those of a flat column must have a value or a null for each of so many rows. */
    static Chunk read(FileBytes file, ColumnDescriptor column, ColumnMetaData meta, Scratch scratch, int rows) throws IOException {
        FileBytes.Range range = range(file, meta);
        byte[] bytes = scratch.stored(range.length() + Hybrid.SLACK);
        file.read(range.start(), bytes, 0, range.length());
        Chunk chunk = new Chunk(column, meta, bytes, scratch);
        chunk.readHeaders(range.length(), meta.getNum_values());
        long values = chunk.values();
        if (values != meta.getNum_values()) {
            throw new CorruptPageException(values + " values in pages where the footer counts " + meta.getNum_values());
        }
        if (column.getMaxRepetitionLevel() == 0) {
            if (values != rows) {
                throw new CorruptPageException(values + " values for " + rows + " rows");
            }
            chunk.number(null, null);
        }
        return chunk;
    }

    /** Only the pages that hold some of the wanted rows; of the rest of the chunk, no more than the dictionary is read. */
    static Chunk read(FileBytes file, ColumnDescriptor column, ColumnMetaData meta, Scratch scratch, PageLocations locations, RowRanges wanted) throws IOException {
        List<FileBytes.Range> ranges = ranges(file, meta, locations, wanted);
        long length = 0;
        for (FileBytes.Range range : ranges) {
            length += range.length();
        }
        byte[] bytes = scratch.stored((int) length + Hybrid.SLACK);
        int at = 0;
        for (FileBytes.Range range : ranges) {
            file.read(range.start(), bytes, at, range.length());
            at += range.length();
        }
        Chunk chunk = new Chunk(column, meta, bytes, scratch);
        chunk.readHeaders((int) length, Long.MAX_VALUE);
        chunk.number(locations, wanted);
        return chunk;
    }

    /** Where a chunk lies in its file. */
    static FileBytes.Range range(FileBytes file, ColumnMetaData meta) {
        long start = start(meta);
        long length = meta.getTotal_compressed_size();
        if (start < 4 || length < 0 || length > Integer.MAX_VALUE - 64 || start + length > file.size()) {
            throw new CorruptPageException("a column chunk of " + length + " bytes at " + start + " in a file of " + file.size());
        }
        return new FileBytes.Range(start, (int) length);
    }

    /** Where the dictionary lies and the pages that hold some of the wanted rows; neighbours are one range. */
    static List<FileBytes.Range> ranges(FileBytes file, ColumnMetaData meta, PageLocations locations, RowRanges wanted) {
        long start = range(file, meta).start();
        long end = locations.pages() == 0 ? start : locations.offset(0);
        List<FileBytes.Range> ranges = new ArrayList<>();
        for (int i = 0; i < locations.pages(); i++) {
            if (wanted.touches(locations.firstRow(i), locations.endRow(i))) {
                if (locations.offset(i) > end) {
                    ranges.add(new FileBytes.Range(start, (int) (end - start)));
                    start = locations.offset(i);
                }
                end = locations.offset(i) + locations.size(i);
            }
        }
        ranges.add(new FileBytes.Range(start, (int) (end - start)));
        return ranges;
    }

    /** Where its first page is. Some writers leave a dictionary's place at 0 although there is none. */
    private static long start(ColumnMetaData meta) {
        long dictionary = meta.getDictionary_page_offset();
        return dictionary > 0 && dictionary < meta.getData_page_offset() ? dictionary : meta.getData_page_offset();
    }

    private void readHeaders(int length, long expected) throws IOException {
        // Counts what it has given, which is where the page begins.
        var in = new ByteArrayInputStream(bytes, 0, length) {
            int position() {
                return pos;
            }

            void position(int at) {
                pos = at;
            }
        };
        long values = 0;
        while (in.position() < length && values < expected) {
            PageHeader header = Util.readPageHeader(in);
            int from = in.position();
            int size = header.getCompressed_page_size();
            int raw = header.getUncompressed_page_size();
            if (size < 0 || raw < 0 || size > length - from || raw > LARGE_PAGE && raw > meta.getTotal_uncompressed_size()) {
                throw new CorruptPageException("a page of " + size + " bytes (" + raw + " decompressed) at byte " + from + " of a chunk of " + length);
            }
            Entry entry = new Entry(header, from, -1);
            if (header.getType() == PageType.DICTIONARY_PAGE) {
                dictionary = entry;
            } else if (header.getType() != PageType.INDEX_PAGE) {
                int n = entry.values();
                if (n < 0) {
                    throw new CorruptPageException("a page of " + n + " values");
                }
                values += n;
                pages.add(entry);
            }
            in.position(from + size);
        }
    }

    /** Notes with which row each page begins: by the offset index if there is one, else by the pages' counts, which are rows. */
    private void number(PageLocations locations, RowRanges wanted) {
        int row = 0;
        int at = 0;
        for (int i = 0; i < (locations == null ? pages.size() : locations.pages()); i++) {
            if (locations != null && !wanted.touches(locations.firstRow(i), locations.endRow(i))) {
                continue;
            }
            Entry page = at < pages.size() ? pages.get(at) : null;
            if (locations != null && (page == null || column.getMaxRepetitionLevel() == 0 && page.values() != locations.endRow(i) - locations.firstRow(i))) {
                throw new CorruptPageException("pages of other rows than the offset index has");
            }
            pages.set(at++, new Entry(page.header, page.from, locations == null ? row : locations.firstRow(i)));
            row += page.values();
        }
        if (at != pages.size()) {
            throw new CorruptPageException("pages that the offset index does not have");
        }
    }

    /** Forgets the pages that hold none of the wanted rows, as far as their rows are known; returns the rows of those that stay. */
    RowRanges keep(RowRanges wanted) {
        RowRanges.Builder held = new RowRanges.Builder();
        pages.removeIf(page -> !wanted.touches(page.row, page.row + page.values()));
        pages.forEach(page -> held.add(page.row, page.row + page.values()));
        return held.build();
    }

    /** Values in all pages, nulls included. */
    long values() {
        long values = 0;
        for (Entry page : pages) {
            values += page.values();
        }
        return values;
    }

    /** The dictionary page; null if there is none. */
    Page dictionary() throws IOException {
        if (dictionary == null) {
            return null;
        }
        byte[] content = body(dictionary, 0);
        int size = dictionary.header.getUncompressed_page_size();
        int entries = dictionary.header.getDictionary_page_header().getNum_values();
        if (entries < 0 || entries > size) {
            throw new CorruptPageException("a dictionary of " + entries + " entries in " + size + " bytes");
        }
        return new Page(content, -1, entries, Encoding.PLAIN, 0, 0, 0, 0, 0, size);
    }

    /** The next data page; null after the last. */
    Page next() throws IOException {
        if (next == pages.size()) {
            return null;
        }
        Entry entry = pages.get(next++);
        return entry.header.getType() == PageType.DATA_PAGE ? version1(entry) : version2(entry);
    }

    private Page version1(Entry entry) throws IOException {
        DataPageHeader header = entry.header.getData_page_header();
        byte[] content = body(entry, 0);
        int to = entry.header.getUncompressed_page_size();
        int repetitionFrom = 0;
        int repetitionTo = 0;
        if (column.getMaxRepetitionLevel() > 0) {
            repetitionFrom = Integer.BYTES;
            repetitionTo = levelsEnd(content, 0, to, header.getRepetition_level_encoding());
        }
        int definitionFrom = repetitionTo;
        int definitionTo = repetitionTo;
        if (column.getMaxDefinitionLevel() > 0) {
            definitionFrom = repetitionTo + Integer.BYTES;
            definitionTo = levelsEnd(content, repetitionTo, to, header.getDefinition_level_encoding());
        }
        return new Page(content, entry.row, header.getNum_values(), encoding(header.getEncoding()),
                repetitionFrom, repetitionTo, definitionFrom, definitionTo, definitionTo, to);
    }

    private static int levelsEnd(byte[] content, int at, int to, org.apache.parquet.format.Encoding encoding) {
        if (encoding != org.apache.parquet.format.Encoding.RLE) {
            throw new CorruptPageException("levels encoded as " + encoding + ", which no writer has used since 2013");
        }
        int length = at + Integer.BYTES <= to ? LittleEndian.int32(content, at) : -1;
        if (length < 0 || length > to - at - Integer.BYTES) {
            throw new CorruptPageException("levels that reach beyond their page");
        }
        return at + Integer.BYTES + length;
    }

    private Page version2(Entry entry) throws IOException {
        DataPageHeaderV2 header = entry.header.getData_page_header_v2();
        int repetition = header.getRepetition_levels_byte_length();
        int definition = header.getDefinition_levels_byte_length();
        int raw = entry.header.getUncompressed_page_size();
        if (repetition < 0 || definition < 0 || (long) repetition + definition > Math.min(raw, entry.header.getCompressed_page_size())) {
            throw new CorruptPageException("levels that reach beyond their page");
        }
        byte[] content = body(entry, repetition + definition);
        return new Page(content, entry.row, header.getNum_values(), encoding(header.getEncoding()),
                0, repetition, repetition, repetition + definition, repetition + definition, raw);
    }

    private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
        return Encoding.valueOf(encoding.name());
    }

    /** A page's bytes, decompressed but for the first {@code plain}; at the beginning of an array that the next page overwrites. */
    private byte[] body(Entry entry, int plain) throws IOException {
        PageHeader header = entry.header;
        int size = header.getCompressed_page_size();
        int raw = header.getUncompressed_page_size();
        if (header.isSetCrc()) {
            CRC32 crc = new CRC32();
            crc.update(bytes, entry.from, size);
            if ((int) crc.getValue() != header.getCrc()) {
                throw new CorruptPageException("a page whose checksum does not match its bytes");
            }
        }
        byte[] buffer = scratch.page(raw + Hybrid.SLACK);
        boolean compressed = header.getType() != PageType.DATA_PAGE_V2 || header.getData_page_header_v2().isIs_compressed();
        System.arraycopy(bytes, entry.from, buffer, 0, plain);
        // A version 2 page that is all null has nothing to decompress, and some writers then write nothing at all.
        if (raw > plain) {
            if (compressed) {
                Decompressor.decompress(meta.getCodec(), scratch, bytes, entry.from + plain, size - plain, buffer, plain, raw - plain);
            } else if (size == raw) {
                System.arraycopy(bytes, entry.from + plain, buffer, plain, raw - plain);
            } else {
                throw new CorruptPageException("an uncompressed page of " + size + " bytes where " + raw + " are expected");
            }
        }
        return buffer;
    }
}
