package dev.tidemark.ui.text;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The sentences on screen, all from one resource bundle. Thread-safe. */
public final class Messages {

    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("dev.tidemark.ui.messages", Locale.ROOT);

    private Messages() {
    }

    /** The bundle itself, for FXML. */
    public static ResourceBundle bundle() {
        return BUNDLE;
    }

    /**
     * The sentence of this key, its {@code {0}}, {@code {1}} … replaced as {@link MessageFormat} does.
     *
     * @throws java.util.MissingResourceException for a key that is not in the bundle
     */
    public static String text(String key, Object... arguments) {
        String pattern = BUNDLE.getString(key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, Locale.ROOT).format(arguments);
    }
}
