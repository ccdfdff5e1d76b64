package dev.tidemark.ui.theme;

import dev.tidemark.ui.chart.Bead;
import dev.tidemark.ui.chart.ChartPalette;
import dev.tidemark.ui.chart.Severity;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static java.lang.Math.PI;
import static java.lang.Math.abs;
import static java.lang.Math.cos;
import static java.lang.Math.hypot;
import static java.lang.Math.pow;
import static java.lang.Math.sin;
import static java.lang.Math.sqrt;
import static java.lang.Math.toRadians;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Lines are told apart by eyes of every kind: by their colours, and where those are used again, by their beads. */
class SeriesColoursTest {

    /** A difference of 1 can just be seen side by side; lines are thin, and not side by side. */
    private static final double LEAST_DIFFERENCE = 16;
    /** WCAG 2.1 asks 3 to 1 of what is no text. */
    private static final double LEAST_CONTRAST = 3.5;

    /** Linear RGB as it is seen (Machado, Oliveira and Fernandes, 2009, severity 1.0). */
    private enum Eyes {
        USUAL(1, 0, 0, 0, 1, 0, 0, 0, 1),
        WITHOUT_GREEN(0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
        WITHOUT_RED(0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
        WITHOUT_BLUE(1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900);

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

        private static double root(double value) {
            return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16.0 / 116;
        }
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4);
    }

    private static double contrast(Color one, Color other) {
        double[] luminance = List.of(one, other).stream()
                .mapToDouble(colour -> 0.2126 * linear(colour.getRed()) + 0.7152 * linear(colour.getGreen()) + 0.0722 * linear(colour.getBlue())).toArray();
        return (Math.max(luminance[0], luminance[1]) + 0.05) / (Math.min(luminance[0], luminance[1]) + 0.05);
    }

    /** CIEDE2000 (Sharma, Wu and Dalal, 2005, equations 2 to 22) with all weights 1. */
    private static double difference(double[] one, double[] other) {
        double mean = (hypot(one[1], one[2]) + hypot(other[1], other[2])) / 2;
        double stretch = 1.5 - 0.5 * sqrt(pow(mean, 7) / (pow(mean, 7) + pow(25, 7)));
        double c1 = hypot(one[1] * stretch, one[2]);
        double c2 = hypot(other[1] * stretch, other[2]);
        double h1 = hue(one[1] * stretch, one[2]);
        double h2 = hue(other[1] * stretch, other[2]);
        double turn = c1 * c2 == 0 ? 0 : h2 - h1 > 180 ? h2 - h1 - 360 : h2 - h1 < -180 ? h2 - h1 + 360 : h2 - h1;
        double dL = other[0] - one[0];
        double dC = c2 - c1;
        double dH = 2 * sqrt(c1 * c2) * sin(toRadians(turn / 2));
        double l = (one[0] + other[0]) / 2;
        double c = (c1 + c2) / 2;
        double h = c1 * c2 == 0 ? h1 + h2 : abs(h1 - h2) <= 180 ? (h1 + h2) / 2 : h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
        double t = 1 - 0.17 * cos(toRadians(h - 30)) + 0.24 * cos(toRadians(2 * h)) + 0.32 * cos(toRadians(3 * h + 6)) - 0.2 * cos(toRadians(4 * h - 63));
        double sL = 1 + 0.015 * pow(l - 50, 2) / sqrt(20 + pow(l - 50, 2));
        double sC = 1 + 0.045 * c;
        double sH = 1 + 0.015 * c * t;
        double rotation = -sin(toRadians(60 * Math.exp(-pow((h - 275) / 25, 2)))) * 2 * sqrt(pow(c, 7) / (pow(c, 7) + pow(25, 7)));
        return sqrt(pow(dL / sL, 2) + pow(dC / sC, 2) + pow(dH / sH, 2) + rotation * dC / sC * dH / sH);
    }

    private static double hue(double a, double b) {
        double degrees = Math.atan2(b, a) * 180 / PI;
        return degrees < 0 ? degrees + 360 : degrees;
    }

    @Test
    void differences_are_those_of_the_published_examples() {
        assertThat(difference(new double[] {50, 2.6772, -79.7751}, new double[] {50, 0, -82.7485})).isCloseTo(2.0425, within(1e-4));
        assertThat(difference(new double[] {50, 2.5, 0}, new double[] {73, 25, -18})).isCloseTo(27.1492, within(1e-4));
        assertThat(difference(new double[] {2.0776, 0.0795, -1.1350}, new double[] {0.9033, -0.0636, -0.5514})).isCloseTo(0.9082, within(1e-4));
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void the_colours_of_lines_differ_for_eyes_without_green_without_red_and_without_blue(Theme theme) {
        List<Color> colours = theme.chart().series();
        for (Eyes eyes : Eyes.values()) {
            for (int i = 0; i < colours.size(); i++) {
                for (int j = 0; j < i; j++) {
                    assertThat(difference(eyes.see(colours.get(i)), eyes.see(colours.get(j)))).as("%s: colours %d and %d, %s", theme, j, i, eyes)
                            .isGreaterThan(LEAST_DIFFERENCE);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void lines_stand_out_from_their_card_and_are_not_taken_for_something_abnormal(Theme theme) {
        ChartPalette palette = theme.chart();
        for (Color colour : palette.series()) {
            assertThat(contrast(colour, theme.card())).as("%s %s", theme, colour).isGreaterThan(LEAST_CONTRAST);
            for (Severity severity : List.of(Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL)) {
                assertThat(difference(Eyes.USUAL.see(colour), Eyes.USUAL.see(palette.of(severity)))).as("%s: %s and %s", theme, colour, severity).isGreaterThan(14);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void of_two_dozen_lines_no_two_have_the_same_colour_and_bead(Theme theme) {
        ChartPalette palette = theme.chart();
        Set<String> looks = new HashSet<>();
        for (int i = 0; i < 24; i++) {
            looks.add(palette.series(i) + " " + Bead.of(i, palette.series().size()));
        }
        assertThat(looks).hasSize(24);
        assertThat(Bead.of(0, palette.series().size())).isEqualTo(Bead.NONE);
    }
}
