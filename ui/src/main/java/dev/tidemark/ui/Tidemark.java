package dev.tidemark.ui;

import dev.tidemark.ui.theme.Appearance;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The command {@code tidemark}: reads the command line, finds something to draw on, and starts the desktop. */
@Command(name = "tidemark", mixinStandardHelpOptions = false, sortOptions = false,
        description = "Shows the tables of a lake as they are committed, and as they were.",
        footer = {"", "Times are UTC unless they name a zone. Exit codes: 0 done, 1 it could not be done, 2 the command line is wrong."})
public final class Tidemark implements Callable<Integer> {

    @Parameters(index = "0", arity = "0..1", paramLabel = "ROOT", description = "Lake to open: a folder or an abfss:// URL. Without it, the last one.")
    private String root;

    @Option(names = "--version", paramLabel = "N", description = "Show this version of the table.")
    private Long version;

    @Option(names = "--timestamp", paramLabel = "TS", converter = Time.class, description = "Show the table as of this time, such as 2026-11-21T04:30.")
    private Instant timestamp;

    @Option(names = "--theme", paramLabel = "dark|light|system", converter = ThemeName.class, description = "Instead of the theme that is remembered.")
    private Appearance.Choice theme;

    @Option(names = "--demo", description = "Start the streamer with simulated devices and a replay of real readings, and show what it writes.")
    private boolean demo;

    @Option(names = "--screenshot", paramLabel = "FILE", description = "Write a picture (PNG) of the window and exit.")
    private Path screenshot;

    @Option(names = "--after", paramLabel = "SECONDS", description = "When to take it (default 10); also ends a demo without a display.")
    private Double after;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    /** Kept, because the log manager forgets a logger that nobody holds. */
    private static final Logger JAVAFX_LOG = Logger.getLogger("javafx");

    private Tidemark() {
    }

    public static void main(String[] arguments) {
        System.setProperty("tidemark.log", log(System.getenv(), Path.of(System.getProperty("user.home"))).toString());
        System.setProperty("logback.configurationFile", "dev/tidemark/ui/logback.xml");
        // JavaFX says at every start that it was loaded from the class path, which is how this application is made.
        JAVAFX_LOG.setLevel(Level.SEVERE);
        CommandLine line = new CommandLine(new Tidemark());
        line.setParameterExceptionHandler((problem, given) -> {
            System.err.println("tidemark: " + problem.getMessage());
            System.err.println("Try 'tidemark --help'.");
            return 2;
        });
        System.exit(line.execute(arguments));
    }

    /** Where the log goes: XDG's folder of state. */
    static Path log(Map<String, String> environment, Path home) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        return (state.isBlank() ? home.resolve(".local").resolve("state") : Path.of(state)).resolve("tidemark").resolve("desktop.log");
    }

    @Override
    public Integer call() {
        if (version != null && timestamp != null) {
            throw new CommandLine.ParameterException(new CommandLine(this), "--version and --timestamp exclude each other");
        }
        if (after != null && after <= 0) {
            throw new CommandLine.ParameterException(new CommandLine(this), "--after must be more than 0 seconds");
        }
        if (screenshot != null && screenshot.toAbsolutePath().getParent() != null && !Files.isDirectory(screenshot.toAbsolutePath().getParent())) {
            System.err.println("tidemark: Cannot write " + screenshot + ": its folder does not exist. Create it first.");
            return 1;
        }
        Options options = new Options(Optional.ofNullable(root), Optional.ofNullable(version), Optional.ofNullable(timestamp),
                Optional.ofNullable(theme), demo, Optional.ofNullable(screenshot), Optional.ofNullable(after));
        return Launch.run(options);
    }

    /** A time of the command line. */
    static final class Time implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            String written = text.strip().replace(' ', 'T');
            try {
                return written.length() <= 10 ? LocalDate.parse(written).atStartOfDay().toInstant(ZoneOffset.UTC)
                        : written.matches(".*(Z|z|[+-]\\d\\d:?\\d\\d)$") ? OffsetDateTime.parse(written).toInstant()
                        : LocalDateTime.parse(written).toInstant(ZoneOffset.UTC);
            } catch (DateTimeParseException e) {
                throw new CommandLine.TypeConversionException("'" + text + "' is not a time (expected such as 2026-11-21T04:30:00Z)");
            }
        }
    }

    /** A theme of the command line. */
    static final class ThemeName implements ITypeConverter<Appearance.Choice> {
        @Override
        public Appearance.Choice convert(String text) {
            try {
                return Appearance.Choice.valueOf(text.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new CommandLine.TypeConversionException("'" + text + "' is not a theme (expected dark, light or system)");
            }
        }
    }
}
