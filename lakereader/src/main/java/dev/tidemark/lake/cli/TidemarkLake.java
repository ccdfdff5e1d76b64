package dev.tidemark.lake.cli;

import dev.tidemark.lake.LakeException;
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
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** {@code tidemark-lake}. Ends with 0 (done), 1 (cannot; the reason stands on one line of standard error) or 2 (misused). */
@Command(name = "tidemark-lake", versionProvider = TidemarkLake.Version.class,
        description = "Shows what Delta tables hold, held, and how they came to it.",
        subcommands = {TablesCommand.class, SchemaCommand.class, HistoryCommand.class, CountCommand.class, FilesCommand.class, DiffCommand.class,
            TailCommand.class, ExportCommand.class},
        footer = {"", "A table is a folder or an abfss:// URL. Times are UTC where they name no zone.",
            "Exit codes: 0 done, 1 cannot, 2 misused."})
public final class TidemarkLake implements Runnable {

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the version of this program.")
    private boolean version;

    @Spec
    private CommandSpec spec;

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // Logback, which a program that uses this library may bring along, takes as long to start as a small export.
        System.setProperty("slf4j.provider", System.getProperty("slf4j.provider", Warnings.class.getName()));
        System.setProperty("slf4j.internal.verbosity", "WARN");
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(new Terminal(new FileOutputStream(FileDescriptor.out), err, Boolean.getBoolean("tidemark.terminal")), arguments));
    }

    /** Runs one command and gives its exit code. */
    static int run(Terminal terminal, String... arguments) {
        CommandLine line = new CommandLine(new TidemarkLake(), new Parts(terminal));
        line.setOut(terminal.outWriter()).setErr(terminal.errWriter());
        line.setExecutionExceptionHandler((problem, command, parsed) -> {
            if (!terminal.abandoned()) {
                terminal.err().println("tidemark-lake: " + explain(problem));
            }
            return CommandLine.ExitCode.SOFTWARE;
        });
        line.setParameterExceptionHandler((misuse, args) -> {
            terminal.err().println("tidemark-lake: " + misuse.getMessage().lines().findFirst().orElse("") + ". Try '"
                    + misuse.getCommandLine().getCommandSpec().qualifiedName() + " --help'");
            return CommandLine.ExitCode.USAGE;
        });
        try {
            return flushed(terminal, line.execute(arguments));
        } catch (OutOfMemoryError e) {
            terminal.err().println("tidemark-lake: Cannot go on: not enough memory (actual " + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MB). Give it more, as in JAVA_OPTS=-Xmx4g, or ask for fewer columns");
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** The exit code, once all results are written. */
    private static int flushed(Terminal terminal, int code) {
        Optional<IOException> failure = terminal.flush();
        if (failure.isEmpty() || code != CommandLine.ExitCode.OK) {
            return code;
        }
        if (!terminal.abandoned()) {
            terminal.err().println("tidemark-lake: Cannot write the results: " + failure.get().getMessage()
                    + ". Make room or choose another place, and run it again");
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String explain(Throwable problem) {
        if (problem instanceof LakeException) {
            return problem.getMessage();
        }
        if (problem instanceof CancellationException) {
            return "Cancelled";
        }
        String detail = problem.getMessage() == null ? "" : ": " + problem.getMessage().lines().findFirst().orElse("");
        return "Cannot go on: " + problem.getClass().getSimpleName() + detail + ". This is a fault of the program; please report it";
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "No command given");
    }

    /** Makes the commands and hands them where to write. */
    private record Parts(Terminal terminal) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Terminal.class) {
                    return type.cast(constructor.newInstance(terminal));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }

    /** The version of this build. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String built = TidemarkLake.class.getPackage().getImplementationVersion();
            return new String[] {"tidemark-lake " + (built == null ? "(not packaged)" : built)};
        }
    }
}
