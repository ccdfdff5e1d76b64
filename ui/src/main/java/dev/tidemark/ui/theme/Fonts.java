package dev.tidemark.ui.theme;

import javafx.scene.text.Font;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The bundled fonts. Their family names here are those that JavaFX gives them: a wrong one falls back to another font
 * without a word, and JavaFX knows the weights between regular and bold only as families of their own.
 */
public enum Fonts {
    TEXT("Inter", "Inter-Regular.otf"),
    MEDIUM("Inter Medium", "Inter-Medium.otf"),
    STRONG("Inter Semi Bold", "Inter-SemiBold.otf"),
    MONO("JetBrains Mono", "JetBrainsMono-Regular.ttf"),
    MONO_MEDIUM("JetBrains Mono Medium", "JetBrainsMono-Medium.ttf");

    private final String family;
    private final String file;

    Fonts(String family, String file) {
        this.family = family;
        this.file = file;
    }

    /** Makes all of them known to JavaFX. Once, before the first style sheet is applied. */
    public static void load() {
        for (Fonts font : values()) {
            try (InputStream bytes = Fonts.class.getResourceAsStream("/dev/tidemark/ui/fonts/" + font.file)) {
                if (bytes == null || Font.loadFont(bytes, 12) == null) {
                    throw new IllegalStateException("Cannot load font: " + font.file + " is missing or cannot be read");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** This font at a size in pixels. */
    public Font at(double size) {
        return Font.font(family, size);
    }
}
