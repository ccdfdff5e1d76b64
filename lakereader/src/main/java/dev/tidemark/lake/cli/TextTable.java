package dev.tidemark.lake.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns under a heading. */
final class TextTable {

    private final List<String[]> rows = new ArrayList<>();
    private final boolean[] right;

    /** @param heading the columns' names; those that begin with {@code >} are aligned to the right */
    TextTable(String... heading) {
        right = new boolean[heading.length];
        String[] names = new String[heading.length];
        for (int i = 0; i < heading.length; i++) {
            right[i] = heading[i].startsWith(">");
            names[i] = right[i] ? heading[i].substring(1) : heading[i];
        }
        rows.add(names);
    }

    void row(Object... cells) {
        String[] texts = new String[right.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = cells[i] == null ? "" : cells[i].toString().replaceAll("\\p{Cntrl}", " ");
        }
        rows.add(texts);
    }

    void print(PrintStream out) {
        int[] widths = new int[right.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].codePointCount(0, row[i].length()));
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String gap = " ".repeat(widths[i] - row[i].codePointCount(0, row[i].length()));
                line.append(right[i] ? gap + row[i] : row[i] + gap).append("  ");
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
