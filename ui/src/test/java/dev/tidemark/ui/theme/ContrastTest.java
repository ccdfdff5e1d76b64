package dev.tidemark.ui.theme;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Words can be read: 4.5 to 1 at least, as WCAG 2.1 asks at level AA. */
class ContrastTest {

    private static final double LEAST = 4.5;

    private static String colour(String sheet, String name) {
        Matcher found = Pattern.compile("-tm-" + name + ": (#[0-9a-f]{6});").matcher(sheet);
        assertThat(found.find()).as(name).isTrue();
        return found.group(1);
    }

    /** Relative luminance of an sRGB colour, as WCAG defines it. */
    private static double luminance(String colour) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += weights[i] * (part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    private static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void words_stand_out_from_every_ground(Theme theme) throws IOException {
        String sheet;
        try (InputStream in = Theme.class.getResourceAsStream("/dev/tidemark/ui/theme/" + theme.name().toLowerCase(Locale.ROOT) + ".css")) {
            sheet = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (String word : List.of("text", "quiet", "faint", "accent", "warning", "high", "alarm")) {
            for (String ground : List.of("page", "rail", "card", "raised", "hover", "accent-ground")) {
                assertThat(contrast(colour(sheet, word), colour(sheet, ground))).as(word + " on " + ground).isGreaterThanOrEqualTo(LEAST);
            }
        }
        for (String kind : List.of("warning", "alarm")) {
            assertThat(contrast(colour(sheet, kind), colour(sheet, kind + "-ground"))).as(kind + " on its ground").isGreaterThanOrEqualTo(LEAST);
        }
        for (String button : List.of("action", "action-hover")) {
            assertThat(contrast("#ffffff", colour(sheet, button))).as("white on " + button).isGreaterThanOrEqualTo(LEAST);
        }
    }
}
