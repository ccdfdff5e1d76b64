package dev.tidemark.stream.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A command that was run in this process: its exit code and what it printed. */
record CommandRun(int code, String out, String err) {

    static CommandRun of(Path lake, String command, String... more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), false);
        List<String> arguments = new ArrayList<>(List.of(command, "--lake", lake.toString()));
        arguments.addAll(List.of(more));
        int code = TidemarkStreamer.run(terminal, arguments.toArray(String[]::new));
        return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
