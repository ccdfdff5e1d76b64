package dev.tidemark.stream.source;

/**
 * What the reader of a file and the decoder of its lines must agree on about CSV (RFC 4180): the separator, which the header tells. A cell
 * is quoted only if the quote is its first character.
 */
public final class Csv {

    private static final String SEPARATORS = ",;\t|";

    private Csv() {
    }

    /** The character that separates the header's cells: of comma, semicolon, tab and bar the most frequent; the first named wins a tie. */
    public static char separator(String header) {
        int[] counts = new int[SEPARATORS.length()];
        boolean quoted = false;
        for (int i = 0; i < header.length(); i++) {
            char c = header.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && SEPARATORS.indexOf(c) >= 0) {
                counts[SEPARATORS.indexOf(c)]++;
            }
        }
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            if (counts[i] > counts[best]) {
                best = i;
            }
        }
        return SEPARATORS.charAt(best);
    }
}
