package dev.tidemark.ui.sources;

import java.time.Instant;

/**
 * One table of the open lake as the list shows it.
 *
 * @param path        below the lake's root; "" for the root itself
 * @param status      whether it can be read, and drawn
 * @param problem     why not, in words for the operator; "" if it can
 * @param version     its newest version, -1 if that is not known
 * @param committedAt when that was committed; null if not known
 * @param rows        by its statistics, -1 if they do not say
 * @param bytes       of its data files
 */
public record TableEntry(String path, Status status, String problem, long version, Instant committedAt, long rows, long bytes) {

    /** What can be done with a table. */
    public enum Status {
        /** Nobody has looked yet. */
        UNKNOWN,
        /** It can be read and drawn. */
        DRAWABLE,
        /** It can be read, but has no column of time or none of numbers. */
        NO_SERIES,
        /** It cannot be read. */
        CANNOT_READ
    }
}
