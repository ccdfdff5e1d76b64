package dev.tidemark.ui.chart;

import java.util.List;

/**
 * What a line carries beside its colour. There are fewer colours that every eye tells apart than there may be lines: the lines after those
 * have the same colours again, with crosses, then triangles, then squares.
 */
public enum Bead {
    NONE(""),
    CROSS("\u00d7\u2009", new double[] {-1, -1, 1, 1}, new double[] {-1, 1, 1, -1}),
    TRIANGLE("\u25b3\u2009", new double[] {-1, 0.8, 0, -1}, new double[] {0, -1, 1, 0.8}, new double[] {1, 0.8, -1, 0.8}),
    SQUARE("\u25a1\u2009", new double[] {-0.9, -0.9, 0.9, -0.9}, new double[] {0.9, -0.9, 0.9, 0.9}, new double[] {0.9, 0.9, -0.9, 0.9},
            new double[] {-0.9, 0.9, -0.9, -0.9});

    private final String sign;
    private final List<double[]> strokes;

    Bead(String sign, double[]... strokes) {
        this.sign = sign;
        this.strokes = List.of(strokes);
    }

    /** That of the series with this index among lines of so many colours. */
    public static Bead of(int index, int colours) {
        return values()[Math.floorMod(Math.floorDiv(index, colours), values().length)];
    }

    /** To be written before the name of the series; empty for none. */
    String sign() {
        return sign;
    }

    /** Straight strokes, each from x, y to x, y, in a square from -1 to 1. */
    List<double[]> strokes() {
        return strokes;
    }
}
