package dev.tidemark.ui.theme;

import javafx.scene.paint.Color;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Lines are told apart by eyes of every kind. */
class SeriesColoursTest {

    private static final int FIRST = 6;

    /** Linear RGB as it is seen (Machado, Oliveira and Fernandes, 2009, severity 1.0). */
    private enum Eyes {
        USUAL(1, 0, 0, 0, 1, 0, 0, 0, 1),
        WITHOUT_GREEN(0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
        WITHOUT_RED(0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998);

        private final double[] matrix;

        Eyes(double... matrix) {
            this.matrix = matrix;
        }

        /** L*a*b* of what they see, for white D65. */
        private double[] see(Color colour) {
            double[] linear = {linear(colour.getRed()), linear(colour.getGreen()), linear(colour.getBlue())};
            double[] seen = new double[3];
            for (int i = 0; i < 3; i++) {
                seen[i] = Math.min(1, Math.max(0, matrix[3 * i] * linear[0] + matrix[3 * i + 1] * linear[1] + matrix[3 * i + 2] * linear[2]));
            }
            double x = root((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.95047);
            double y = root(0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]);
            double z = root((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.08883);
            return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
        }

        private static double linear(double channel) {
            return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
        }

        private static double root(double value) {
            return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16.0 / 116;
        }
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void the_first_six_lines_of_a_chart_differ_for_eyes_without_green_and_without_red(Theme theme) {
        for (Eyes eyes : Eyes.values()) {
            for (int i = 0; i < FIRST; i++) {
                for (int j = 0; j < i; j++) {
                    double[] one = eyes.see(theme.chart().series(i));
                    double[] other = eyes.see(theme.chart().series(j));
                    double distance = Math.sqrt(Math.pow(one[0] - other[0], 2) + Math.pow(one[1] - other[1], 2) + Math.pow(one[2] - other[2], 2));
                    // A difference of 2 can just be seen; lines are thin.
                    assertThat(distance).as("%s: colours %d and %d, %s", theme, j, i, eyes).isGreaterThan(18);
                }
            }
        }
    }
}
