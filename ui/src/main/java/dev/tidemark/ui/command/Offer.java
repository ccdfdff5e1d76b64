package dev.tidemark.ui.command;

/**
 * One line of the palette.
 *
 * @param id     what is remembered of it; "" for what is typed anew each time
 * @param title  what is searched
 * @param detail told beside it
 * @param keys   that do the same, "" if none does
 * @param action null for one that only tells why there is nothing to do
 */
public record Offer(Kind kind, String id, String title, String detail, String keys, Runnable action) {

    /** What it leads to; each has an icon of its own. */
    public enum Kind { PAGE, COMMAND, TABLE, SERIES, VERSION, TIME, WORKSPACE }
}
