package dev.tidemark.stream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.stream.config.Spelling;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * What the commands that look after the tables of a lake have in common: they are told a lake, maybe tables, and say in one line a table, or one JSON object, what
 * they did. What goes wrong with one table is told, and the others are done.
 */
abstract class LakeCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    final Terminal terminal;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Option(names = "--lake", paramLabel = "ROOT", description = "The folder below which the tables are. Here, or as lake: in --config.")
    private String root;

    @Option(names = "--table", arity = "1..*", paramLabel = "TABLE", description = "Only these, as paths below the lake such as silver/readings.")
    List<String> chosen = List.of();

    @Option(names = "--config", paramLabel = "FILE", description = "The deployment, as in conf/streamer.yaml.")
    private Path config;

    @Option(names = "--dry-run", description = "Tell what would be done, and do nothing.")
    boolean dryRun;

    @Option(names = "--json", description = "The summary as JSON, one object a line.")
    private boolean json;

    @Spec
    CommandSpec spec;

    LakeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What became of a table: for people, and for programs. */
    record Summary(String text, Map<String, Object> json) {

        static Summary of(String table, boolean dryRun, String text, Object... more) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("table", table);
            json.put("dryRun", dryRun);
            for (int i = 0; i < more.length; i += 2) {
                json.put((String) more[i], more[i + 1]);
            }
            return new Summary(table + ": " + text, json);
        }
    }

    @Override
    public final Integer call() {
        Configuration configuration;
        Lake lake;
        try {
            configuration = config == null ? Configuration.DEFAULT : Configuration.read(config);
            if (root == null && configuration.lake() == null) {
                throw new IllegalArgumentException("No lake given (expected --lake ROOT, or lake: in the file that --config names)");
            }
            check();
            lake = Lake.at(root == null ? configuration.lake() : root);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (LakeException e) {
            throw e.reason() == LakeException.Reason.INVALID ? new ParameterException(spec.commandLine(), e.getMessage()) : e;
        }
        return run(lake, configuration);
    }

    /** Looks at the arguments. @throws IllegalArgumentException with a message for the user */
    void check() {
    }

    /** Does the work and returns the exit code. */
    abstract int run(Lake lake, Configuration configuration);

    /** Does something with each of some tables, and tells of it; null is nothing to tell. */
    int each(List<String> tables, Function<String, Summary> work) {
        int code = CommandLine.ExitCode.OK;
        for (String table : tables) {
            try {
                Summary summary = work.apply(table);
                wipe();
                if (summary != null) {
                    tell(summary);
                }
            } catch (LakeException e) {
                wipe();
                code = CommandLine.ExitCode.SOFTWARE;
                terminal.tell(e.getMessage());
            }
        }
        return code;
    }

    /**
     * The tables that were named, else all.
     *
     * @throws LakeException NOT_FOUND for one that is not there, or if there is none at all
     */
    List<String> tables(Lake lake) {
        List<String> there = lake.tables();
        for (String table : chosen) {
            if (!there.contains(table)) {
                String nearest = Spelling.nearest(table, there);
                throw new LakeException(LakeException.Reason.NOT_FOUND, "Cannot find table " + table + " in lake " + lake.root()
                        + (nearest != null ? " (did you mean " + nearest + "?)" : there.isEmpty() ? ": there is no table in it" : " (expected one of " + String.join(", ", there) + ")"));
            }
        }
        if (there.isEmpty()) {
            throw new LakeException(LakeException.Reason.NOT_FOUND, "Cannot find a table in lake " + lake.root() + " (expected bronze/events and others). Check the path");
        }
        return chosen.isEmpty() ? there : chosen;
    }

    void tell(Summary summary) {
        try {
            terminal.out().println(json ? JSON.writeValueAsString(summary.json) : summary.text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a configuration was given. */
    boolean isConfigured() {
        return config != null;
    }

    /** Whether what is told is for programs. */
    boolean isJson() {
        return json;
    }

    /** Shows a person how far it is. */
    void progress(String line) {
        if (terminal.interactive()) {
            terminal.progress(line);
        }
    }

    private void wipe() {
        if (terminal.interactive()) {
            terminal.err().print(Terminal.WIPE);
        }
    }

    static String bytes(long bytes) {
        return bytes < 10 << 20 ? String.format(Locale.ROOT, "%,d KB", bytes + 1023 >> 10)
                : bytes < 10L << 30 ? String.format(Locale.ROOT, "%,d MB", bytes >> 20) : String.format(Locale.ROOT, "%,d GB", bytes >> 30);
    }

    /** "1 file", "2 files". */
    static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
