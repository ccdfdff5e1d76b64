package dev.tidemark.lake.column;

import org.apache.parquet.format.ColumnIndex;

import java.nio.ByteBuffer;

/** Between which values those of each page of a column chunk lie: Parquet's column index. Immutable, thread-safe. */
public final class PageIndex {

    private final PageLocations pages;
    private final Bounds[] bounds;

    private PageIndex(PageLocations pages, Bounds[] bounds) {
        this.pages = pages;
        this.bounds = bounds;
    }

    static PageIndex of(Leaf leaf, ColumnIndex index, PageLocations pages) {
        int n = pages.pages();
        if (index.getNull_pagesSize() != n || index.getMin_valuesSize() != n || index.getMax_valuesSize() != n
                || index.isSetNull_counts() && index.getNull_countsSize() != n) {
            throw new CorruptPageException("a column index of other pages than the offset index has");
        }
        Bounds[] bounds = new Bounds[n];
        for (int i = 0; i < n; i++) {
            int rows = pages.endRow(i) - pages.firstRow(i);
            bounds[i] = index.getNull_pages().get(i) ? new Bounds(null, null, rows)
                    : Bounds.of(leaf, bytes(index.getMin_values().get(i)), bytes(index.getMax_values().get(i)), index.isSetNull_counts() ? index.getNull_counts().get(i) : -1);
        }
        return new PageIndex(pages, bounds);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** Whether a page with these bounds, of so many rows, is wanted. */
    public interface Question {
        /** The answer. */
        boolean canHold(Bounds bounds, long rows);
    }

    /** The rows of the pages that are wanted. */
    public RowRanges rows(Question question) {
        RowRanges.Builder rows = new RowRanges.Builder();
        for (int i = 0; i < bounds.length; i++) {
            if (question.canHold(bounds[i], pages.endRow(i) - pages.firstRow(i))) {
                rows.add(pages.firstRow(i), pages.endRow(i));
            }
        }
        return rows.build();
    }

    /** Roughly the memory that this takes, in bytes. */
    public long weight() {
        return 100 + 150L * bounds.length;
    }
}
