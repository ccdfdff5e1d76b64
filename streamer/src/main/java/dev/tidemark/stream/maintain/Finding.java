package dev.tidemark.stream.maintain;

/**
 * Something about a lake that a doctor tells.
 *
 * @param table  path of the table
 * @param check  what was looked at: log, files, statistics, positions, duplicates, counts, windows, state, small-files, retention
 * @param weight how bad it is
 * @param what   what is so
 * @param repair what to do about it; null if nothing needs to be done
 */
public record Finding(String table, String check, Weight weight, String what, String repair) {

    /** How bad something is. */
    public enum Weight {
        /** Rows are missing, wrong, or will be. */
        ERROR,
        /** It costs something, or may become worse. */
        WARNING,
        /** It is good to know. */
        NOTE
    }
}
