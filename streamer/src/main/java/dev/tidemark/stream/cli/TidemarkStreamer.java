package dev.tidemark.stream.cli;

import dev.tidemark.lake.LakeException;
import dev.tidemark.stream.config.ConfigException;
import dev.tidemark.stream.config.Spelling;
import dev.tidemark.stream.pipeline.StreamException;
import dev.tidemark.stream.reference.ReferenceException;
import dev.tidemark.stream.source.HubAccess;
import dev.tidemark.stream.source.SourceException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code tidemark-streamer}. Ends with 0 (done, or stopped cleanly), 1 (cannot; the reason stands on one line of standard error) or 2 (misused). */
@Command(name = "tidemark-streamer", versionProvider = TidemarkStreamer.Version.class,
        description = "Takes events from sensors into the Delta tables of a lake.",
        footer = {"", "A first stream, on this machine alone:",
            "  tidemark-streamer run --lake lake --source simulate:devices=50,rate=1000",
            "  tidemark-streamer status --lake lake",
            "", "Each command explains itself with --help. All that can be set stands in",
            "conf/streamer.yaml. With TIDEMARK_LOG=DEBUG in the environment the log has details.",
            "", "Exit codes: 0 done or stopped, 1 cannot, 2 misused."})
public final class TidemarkStreamer implements Runnable {

    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the version of this program.")
    private boolean version;

    @Spec
    private CommandSpec spec;

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        boolean interactive = Boolean.getBoolean("tidemark.terminal");
        logFormat(arguments).ifPresent(format -> System.setProperty("TIDEMARK_LOG_FORMAT", format));
        // logback.xml puts it in front of every line, where the progress stands.
        System.setProperty("tidemark.wipe", interactive ? Terminal.WIPE : "");
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(new Terminal(out, err, interactive), arguments));
    }

    /** Read before anything logs: a logger that has begun keeps its format. */
    static Optional<String> logFormat(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String value = arguments[i].equals("--log-format") && i + 1 < arguments.length ? arguments[i + 1]
                    : arguments[i].startsWith("--log-format=") ? arguments[i].substring("--log-format=".length()) : "";
            if (value.equals("json") || value.equals("text")) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** Runs one command and gives its exit code. */
    static int run(Terminal terminal, String... arguments) {
        if (Arrays.stream(arguments).anyMatch(HubAccess::holdsSecret)) {
            terminal.tell("Cannot use an argument that holds a key: others on this machine can see it. Put the connection string into an environment variable or a file"
                    + " (connection-string-env=NAME, connection-string-file=PATH), and make a new key if this one is a real one");
            return CommandLine.ExitCode.USAGE;
        }
        CommandLine line = new CommandLine(new TidemarkStreamer());
        line.addSubcommand(new RunCommand(terminal));
        line.addSubcommand(new StatusCommand(terminal, Clock.systemUTC()));
        line.addSubcommand(new OptimizeCommand(terminal));
        line.addSubcommand(new VacuumCommand(terminal));
        line.addSubcommand(new BackfillCommand(terminal));
        line.addSubcommand(new RestoreCommand(terminal));
        line.addSubcommand(new DoctorCommand(terminal));
        line.addSubcommand(new HubCommand(terminal, System.getenv()));
        line.addSubcommand(new SimulateCommand(terminal, System.getenv()));
        line.setUnmatchedOptionsAllowedAsOptionParameters(false);
        line.setOut(terminal.outWriter()).setErr(terminal.errWriter());
        line.setExecutionExceptionHandler((problem, command, parsed) -> {
            tell(terminal, problem);
            return CommandLine.ExitCode.SOFTWARE;
        });
        line.setParameterExceptionHandler((misuse, given) -> {
            List<String> lines = misuse.getCause() instanceof ConfigException mistaken ? mistaken.mistakes()
                    : List.of(misuse instanceof UnmatchedArgumentException unknown ? unknown(unknown) : misuse.getMessage().lines().findFirst().orElse(""));
            for (int i = 0; i < lines.size(); i++) {
                terminal.tell(lines.get(i) + (i < lines.size() - 1 ? "" : ". Try '" + misuse.getCommandLine().getCommandSpec().qualifiedName() + " --help'"));
            }
            return CommandLine.ExitCode.USAGE;
        });
        try {
            return line.execute(arguments);
        } catch (Error e) {
            // picocli hands only exceptions to the handler above.
            tell(terminal, e);
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static String unknown(UnmatchedArgumentException misuse) {
        CommandSpec command = misuse.getCommandLine().getCommandSpec();
        // Of an option behind one with several values picocli tells in its message alone.
        Matcher quoted = QUOTED.matcher(misuse.getMessage());
        String word = (!misuse.getUnmatched().isEmpty() ? misuse.getUnmatched().get(0) : quoted.find() ? quoted.group(1) : misuse.getMessage()).replaceFirst("=.*", "");
        boolean option = word.startsWith("-");
        Set<String> words = option ? command.optionsMap().keySet() : command.subcommands().keySet();
        String nearest = Spelling.nearest(word, words);
        return "Unknown " + (option ? "option " : words.isEmpty() ? "argument " : "command ") + word + (nearest != null ? " (did you mean " + nearest + "?)"
                : words.isEmpty() ? " (expected an option)" : " (expected one of " + String.join(", ", new TreeSet<>(words)) + ")");
    }

    /** Tells the user why a command failed. */
    static void tell(Terminal terminal, Throwable problem) {
        LoggerFactory.getLogger(TidemarkStreamer.class).debug("The command failed", problem);
        terminal.tell(explain(problem));
    }

    private static String explain(Throwable problem) {
        if (problem instanceof LakeException || problem instanceof StreamException || problem instanceof SourceException
                || problem instanceof ReferenceException || problem instanceof IOException) {
            return problem.getMessage();
        }
        if (problem instanceof OutOfMemoryError) {
            return "Cannot go on: not enough memory. Give it more, as in JAVA_OPTS=-Xmx1g, or let it commit sooner (commit-rows in the configuration)."
                    + " What is not in the tables is read again at the next start";
        }
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof LinkageError && String.valueOf(cause.getMessage()).contains("libzstd")) {
                return "Cannot go on: the compression library could not be unpacked into the folder for temporary files (expected one with space, in which libraries may be"
                        + " run, actual " + System.getProperty("java.io.tmpdir") + ": " + cause.getMessage().lines().findFirst().orElse("") + "). Free some space there,"
                        + " or name another one, as in JAVA_OPTS=-Djava.io.tmpdir=DIR. What is not in the tables is read again at the next start";
            }
        }
        String detail = problem.getMessage() == null ? "" : ": " + problem.getMessage().lines().findFirst().orElse("");
        return "Cannot go on: " + problem.getClass().getSimpleName() + detail + ". This is a fault of the program; please report it";
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "No command given (expected run, status, optimize, vacuum, backfill, restore, doctor, hub or simulate)");
    }

    /** The version of this build. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String built = TidemarkStreamer.class.getPackage().getImplementationVersion();
            return new String[] {"tidemark-streamer " + (built == null ? "(not packaged)" : built)};
        }
    }
}
