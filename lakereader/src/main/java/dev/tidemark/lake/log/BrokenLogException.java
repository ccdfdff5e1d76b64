package dev.tidemark.lake.log;

import java.io.IOException;

/** A file of a log that cannot be understood. The message names file, line and trouble. */
public final class BrokenLogException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param message file, line where there is one, and trouble */
    public BrokenLogException(String message, Throwable cause) {
        super(message, cause);
    }
}
