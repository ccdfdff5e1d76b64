package dev.tidemark.stream.cli;

import dev.tidemark.stream.Patience;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** {@code tidemark-streamer} as a process of its own. */
final class StreamerProcess implements AutoCloseable {

    private final Process process;
    private final Path output;

    StreamerProcess(Path output, String... arguments) throws IOException {
        this(output, List.of(), List.of(), arguments);
    }

    private StreamerProcess(Path output, List<String> before, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + Path.of("src/main/resources/logback.xml").toAbsolutePath()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TidemarkStreamer.class.getName()));
        command.addAll(List.of(arguments));
        this.output = output;
        this.process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    /**
     * One that cannot write files larger than this; the system refuses the write, as a full disk would.
     *
     * @param zstd Zstandard's native library, which it could not unpack either
     */
    static StreamerProcess limited(Path output, int kilobytes, Path zstd, String... arguments) throws IOException {
        return new StreamerProcess(output, List.of("sh", "-c", "ulimit -f " + kilobytes * 2 + "; exec \"$@\"", "sh"), List.of("-DZstdNativePath=" + zstd), arguments);
    }

    /** All it has printed. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until something holds, or the process has ended; returns whether it holds. */
    boolean await(BooleanSupplier condition) {
        Patience.until(() -> !process.isAlive() || condition.getAsBoolean(), this::output);
        return condition.getAsBoolean();
    }

    boolean awaitOutput(String text) {
        return await(() -> output().contains(text));
    }

    /** SIGTERM; returns the exit code, or -1 if the process does not end. */
    int stop() throws InterruptedException {
        process.destroy();
        return exit();
    }

    /** The exit code, or -1 if the process does not end. */
    int exit() throws InterruptedException {
        return process.waitFor(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
