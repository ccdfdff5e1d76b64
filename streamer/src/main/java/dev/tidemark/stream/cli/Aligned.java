package dev.tidemark.stream.cli;

import java.io.PrintStream;
import java.util.List;

/** Rows of text as aligned columns. */
final class Aligned {

    private Aligned() {
    }

    /** @param left how many columns are text, and begin at the left; the others are numbers */
    static void print(PrintStream out, List<List<String>> rows, int left) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String gap = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? "" : "  ").append(i < left ? row.get(i) + gap : gap + row.get(i));
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
