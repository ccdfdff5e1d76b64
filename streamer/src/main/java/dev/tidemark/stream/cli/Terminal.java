package dev.tidemark.stream.cli;

import org.slf4j.LoggerFactory;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes.
 *
 * @param out         results
 * @param err         messages and progress
 * @param interactive whether a person watches {@code err}
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive) {

    /** Back to the start of the line, and the line wiped. */
    static final String WIPE = "\r\u001b[K";

    /** Not wrapped at the right margin: of a line that was, only the last row would be wiped. */
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    /** Replaces the line that shows how far a command is; what is too long for the terminal is cut there. */
    void progress(String line) {
        err.print(WIPE + NO_WRAP + line + WRAP);
        err.flush();
    }

    PrintWriter outWriter() {
        return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
    }

    PrintWriter errWriter() {
        return new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
    }

    /** Tells the user something, on a line of its own. */
    void tell(String message) {
        if ("json".equals(System.getProperty("TIDEMARK_LOG_FORMAT", System.getenv("TIDEMARK_LOG_FORMAT")))) {
            LoggerFactory.getLogger(TidemarkStreamer.class).warn(message);
            return;
        }
        err.println((interactive ? WIPE : "") + "tidemark-streamer: " + message);
    }
}
