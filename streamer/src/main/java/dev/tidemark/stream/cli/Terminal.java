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
