package dev.tidemark.ui.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How well a text answers what was typed: its letters must occur in it in their order, and those that begin words or follow each other count
 * for more. The best of all ways to find them is taken (a table of size query × text). Pure.
 */
final class Fuzzy {

    private static final int LETTER = 1;
    private static final int FIRST = 12;
    private static final int WORD = 10;
    private static final int NEXT = 7;
    private static final int NONE = Integer.MIN_VALUE / 2;

    /**
     * @param score     the higher, the better; only to be compared for one query
     * @param positions the letters of the text that answer, ascending
     */
    record Match(int score, List<Integer> positions) {
    }

    private Fuzzy() {
    }

    /** The best match; spaces and case of the query do not matter. Empty if a letter is missing. An empty query matches all, with score 0. */
    static Optional<Match> match(String query, String text) {
        String wanted = query.toLowerCase(Locale.ROOT).replaceAll("\\s+", "");
        String lower = text.toLowerCase(Locale.ROOT);
        int n = wanted.length();
        int m = lower.length();
        if (n == 0) {
            return Optional.of(new Match(0, List.of()));
        }
        if (n > m || lower.length() != text.length()) {
            return Optional.empty();
        }
        int[][] best = new int[n][m];
        int[][] from = new int[n][m];
        for (int i = 0; i < n; i++) {
            int reachable = NONE;
            int at = -1;
            for (int j = 0; j < m; j++) {
                best[i][j] = NONE;
                if (wanted.charAt(i) == lower.charAt(j)) {
                    int here = LETTER + (j == 0 ? FIRST : beginsWord(text, j) ? WORD : 0);
                    int joined = i > 0 && j > 0 ? best[i - 1][j - 1] + NEXT : NONE;
                    if (i == 0) {
                        best[i][j] = here;
                        from[i][j] = -1;
                    } else if (joined >= reachable && joined > NONE / 2) {
                        best[i][j] = joined + here;
                        from[i][j] = j - 1;
                    } else if (reachable > NONE / 2) {
                        best[i][j] = reachable + here;
                        from[i][j] = at;
                    }
                }
                if (i > 0 && best[i - 1][j] > reachable) {
                    reachable = best[i - 1][j];
                    at = j;
                }
            }
        }
        int end = 0;
        for (int j = 1; j < m; j++) {
            end = best[n - 1][j] > best[n - 1][end] ? j : end;
        }
        if (best[n - 1][end] <= NONE / 2) {
            return Optional.empty();
        }
        Integer[] positions = new Integer[n];
        for (int i = n - 1, j = end; i >= 0; i--) {
            positions[i] = j;
            j = from[i][j];
        }
        // Of two that match alike the shorter one was more likely meant.
        return Optional.of(new Match(best[n - 1][end] * 8 - Math.min(m, 60) / 4, new ArrayList<>(Arrays.asList(positions))));
    }

    private static boolean beginsWord(String text, int at) {
        char before = text.charAt(at - 1);
        char here = text.charAt(at);
        return !Character.isLetterOrDigit(before) || Character.isLowerCase(before) && Character.isUpperCase(here)
                || Character.isDigit(here) != Character.isDigit(before);
    }
}
