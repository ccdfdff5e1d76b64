package dev.tidemark.lake.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where a command writes. A {@link PrintStream} keeps silent about what went wrong; here it can be asked for. For one thread. */
final class Terminal {

    private final Results results;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;

    /**
     * @param results     takes results
     * @param err         takes messages and progress
     * @param interactive whether a person watches {@code err}
     */
    Terminal(OutputStream results, PrintStream err, boolean interactive) {
        this.results = new Results(results);
        this.out = new PrintStream(new BufferedOutputStream(this.results), false, StandardCharsets.UTF_8);
        this.err = err;
        this.interactive = interactive;
    }

    /** For results as text. */
    PrintStream out() {
        return out;
    }

    /** For results as bytes; says at once if they cannot be written. */
    OutputStream results() {
        return results;
    }

    PrintStream err() {
        return err;
    }

    boolean interactive() {
        return interactive;
    }

    PrintWriter outWriter() {
        return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
    }

    PrintWriter errWriter() {
        return new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
    }

    /** Writes what is held back; gives what has kept results from being written, now or before. */
    Optional<IOException> flush() {
        out.flush();
        return Optional.ofNullable(results.failure);
    }

    /** Whether whoever was to read the results has gone away, as {@code head} does when it has enough. */
    boolean abandoned() {
        String reason = results.failure == null ? null : results.failure.getMessage();
        return reason != null && (reason.contains("Broken pipe") || reason.contains("pipe is being closed"));
    }

    /** Remembers its first failure. */
    private static final class Results extends FilterOutputStream {
        private IOException failure;

        private Results(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                throw remembered(e);
            }
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                throw remembered(e);
            }
        }

        private IOException remembered(IOException e) {
            failure = failure == null ? e : failure;
            return e;
        }
    }
}
