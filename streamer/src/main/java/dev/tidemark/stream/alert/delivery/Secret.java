package dev.tidemark.stream.alert.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A text that must not be seen: it is in no message, and {@link #toString} hides it. Immutable. */
public final class Secret {

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /**
     * From a file's first line.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public static Secret ofFile(Path file) {
        try {
            return of(Files.readString(file).lines().findFirst().orElse(""), "file " + file);
        } catch (IOException e) {
            throw new IllegalArgumentException("file " + file + " cannot be read (expected the secret on its first line)", e);
        }
    }

    /**
     * From an environment variable.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public static Secret ofVariable(String name, Map<String, String> environment) {
        return of(environment.getOrDefault(name, ""), "environment variable " + name);
    }

    private static Secret of(String text, String where) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(where + " holds nothing (expected the secret)");
        }
        return new Secret(text.strip());
    }

    String text() {
        return text;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
