package dev.tidemark.stream.cli;

import dev.tidemark.lake.LakeException;
import dev.tidemark.stream.config.ConfigException;
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

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code tidemark-streamer}. Ends with 0 (done, or stopped cleanly), 1 (cannot; the reason stands on one line of standard error) or 2 (misused). */
@Command(name = "tidemark-streamer", versionProvider = TidemarkStreamer.Version.class,
        description = "Takes events from sensors into the Delta tables of a lake.",
        footer = {"", "Exit codes: 0 done or stopped, 1 cannot, 2 misused."})
public final class TidemarkStreamer implements Runnable {

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
        line.addSubcommand(new OptimizeCommand(terminal));
        line.addSubcommand(new HubCommand(terminal, System.getenv()));
        line.addSubcommand(new StatusCommand(terminal, Clock.systemUTC()));
        line.addSubcommand(new SimulateCommand(terminal, System.getenv()));
        line.setUnmatchedOptionsAllowedAsOptionParameters(false);
        line.setOut(terminal.outWriter()).setErr(terminal.errWriter());
        line.setExecutionExceptionHandler((problem, command, parsed) -> {
            tell(terminal, problem);
            return CommandLine.ExitCode.SOFTWARE;
        });
        line.setParameterExceptionHandler((misuse, given) -> {
            List<String> lines = misuse.getCause() instanceof ConfigException mistaken ? mistaken.mistakes()
                    : misuse.getMessage().lines().limit(1).toList();
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
        String detail = problem.getMessage() == null ? "" : ": " + problem.getMessage().lines().findFirst().orElse("");
        return "Cannot go on: " + problem.getClass().getSimpleName() + detail + ". This is a fault of the program; please report it";
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "No command given (expected run, optimize, hub, status or simulate)");
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
