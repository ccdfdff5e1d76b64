package dev.tidemark.stream.config;

import java.util.List;

/** A configuration file that cannot be used: everything that is wrong with it, a line each, in the file's order. */
public final class ConfigException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> mistakes;

    ConfigException(List<String> mistakes, Throwable cause) {
        super(String.join("\n", mistakes), cause);
        this.mistakes = List.copyOf(mistakes);
    }

    /** Each a line for the user, with file, line and column. */
    public List<String> mistakes() {
        return mistakes;
    }
}
