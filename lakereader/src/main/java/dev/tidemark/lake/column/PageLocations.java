package dev.tidemark.lake.column;

import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;

import java.util.List;

/** Where the data pages of a column chunk lie and with which row each begins: Parquet's offset index, believed only as far as it fits the chunk. */
final class PageLocations {

    private final long[] offsets;
    private final int[] sizes;
    /** First row of each page, then the number of rows. */
    private final int[] rows;

    PageLocations(OffsetIndex index, FileBytes.Range chunk, int rows) {
        List<PageLocation> pages = index.getPage_locations();
        this.offsets = new long[pages.size()];
        this.sizes = new int[pages.size()];
        this.rows = new int[pages.size() + 1];
        this.rows[pages.size()] = rows;
        long end = chunk.start();
        for (int i = 0; i < offsets.length; i++) {
            PageLocation page = pages.get(i);
            long row = page.getFirst_row_index();
            boolean inOrder = i == 0 ? row == 0 : row > this.rows[i - 1];
            if (!inOrder || row >= rows || page.getOffset() < end || page.getCompressed_page_size() < 0
                    || page.getOffset() + page.getCompressed_page_size() > chunk.start() + chunk.length()) {
                throw new CorruptPageException("an offset index that does not fit its column chunk");
            }
            offsets[i] = page.getOffset();
            sizes[i] = page.getCompressed_page_size();
            this.rows[i] = (int) row;
            end = page.getOffset() + page.getCompressed_page_size();
        }
        if (offsets.length == 0 && rows > 0) {
            throw new CorruptPageException("an offset index without pages");
        }
    }

    int pages() {
        return offsets.length;
    }

    long offset(int page) {
        return offsets[page];
    }

    /** Bytes of a page, its header included. */
    int size(int page) {
        return sizes[page];
    }

    int firstRow(int page) {
        return rows[page];
    }

    /** The row after the page's last. */
    int endRow(int page) {
        return rows[page + 1];
    }
}
