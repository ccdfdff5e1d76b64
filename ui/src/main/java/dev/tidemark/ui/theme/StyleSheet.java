package dev.tidemark.ui.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import javafx.css.Stylesheet;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * The style sheets. The build turns them into JavaFX's binary form ({@code .bss}), which is read in a tenth of the time that the text takes to be parsed, at
 * the start and at each change of the theme. Where the build did not do that, the text is taken.
 */
public enum StyleSheet {
    PRIMER_DARK(new PrimerDark().getUserAgentStylesheet()), PRIMER_LIGHT(new PrimerLight().getUserAgentStylesheet()),
    DARK("dark.css"), LIGHT("light.css"), TIDEMARK("tidemark.css");

    private final String text;

    StyleSheet(String text) {
        this.text = text;
    }

    /** Its address, as JavaFX takes it. */
    public String address() {
        URL binary = StyleSheet.class.getResource(binaryName());
        return (binary != null ? binary : source()).toExternalForm();
    }

    /** Where its text is. */
    URL source() {
        return Objects.requireNonNull(StyleSheet.class.getResource(text), text);
    }

    /** The name of its binary form, which lies beside this class. */
    String binaryName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".bss";
    }

    /**
     * Writes the binary forms; called by the build.
     *
     * @param arguments the folder of this package in the compiled classes
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        for (StyleSheet sheet : values()) {
            Path text = Files.createTempFile(sheet.binaryName(), ".css");
            try (InputStream in = sheet.source().openStream()) {
                Files.write(text, in.readAllBytes());
                Stylesheet.convertToBinary(text.toFile(), folder.resolve(sheet.binaryName()).toFile());
            } finally {
                Files.delete(text);
            }
        }
    }
}
