package dev.tidemark.stream.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A writer in a process of its own: each of its commits appends the ten rows after the table's position and moves it by one. A conflict makes it
 * go on from where the table is. Says a line when the table is open, waits for a word to begin, then says a line for each outcome.
 */
final class WriterProcess implements AutoCloseable {

    static final int ROWS = 10;

    private final Process process;
    private final BufferedReader lines;

    private WriterProcess(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static WriterProcess start(Path lake, String position, int commits) throws IOException {
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), WriterProcess.class.getName(), lake.toString(), position, Integer.toString(commits));
        return new WriterProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** The next line it says; null when it has ended. */
    String read() throws IOException {
        return lines.readLine();
    }

    /** Ends it as a power cut would: at once, without a word. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Lets it begin. */
    void begin() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    public static void main(String[] args) throws IOException {
        String position = args[1];
        try (DeltaTable table = Example.open(Path.of(args[0]))) {
            System.out.println("open");
            System.in.read();
            for (int i = 0; i < Integer.parseInt(args[2]); i++) {
                long next = table.transactions().getOrDefault(position, 0L) + 1;
                Rows rows = table.newRows();
                for (int row = 0; row < ROWS; row++) {
                    Example.add(rows, next * ROWS + row);
                }
                CommitOutcome outcome = table.append(rows, Map.of(position, next), Map.of());
                System.out.println(outcome instanceof CommitOutcome.Done ? "done" : "conflict");
            }
        }
    }
}
