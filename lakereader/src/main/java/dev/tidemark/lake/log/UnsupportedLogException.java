package dev.tidemark.lake.log;

import java.io.IOException;

/** A log of a form that is not read yet. The message names the form. */
public final class UnsupportedLogException extends IOException {

    private static final long serialVersionUID = 1L;

    UnsupportedLogException(String message, Throwable cause) {
        super(message, cause);
    }
}
