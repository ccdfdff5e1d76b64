package dev.tidemark.stream.config;

import java.util.Collection;

/** Which word was probably meant. Pure. */
public final class Spelling {

    private Spelling() {
    }

    /** The nearest of some words if it is near enough: a third of its letters may be wrong; null if there is none. */
    public static String nearest(String word, Collection<String> words) {
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String other : words) {
            int distance = distance(word, other);
            if (distance < least && distance <= Math.max(1, Math.min(word.length(), other.length()) / 3)) {
                least = distance;
                nearest = other;
            }
        }
        return nearest;
    }

    /** Letters to insert, to leave out, or to replace (Levenshtein); two that changed places count once. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
