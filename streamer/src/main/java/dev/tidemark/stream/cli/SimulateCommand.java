package dev.tidemark.stream.cli;

import dev.tidemark.stream.source.HubAccess;
import dev.tidemark.stream.source.PlantSender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

@Command(name = "simulate", description = "Sends what a simulated plant says to a hub, the local one or Azure's, until it is stopped or the count is reached.", footer = {"",
    "The connection string of the hub stands in an environment variable or a file, never on",
    "the command line; or sign in with --namespace and --hub. Batches whose acknowledgement",
    "is lost are sent again: then some messages are in the hub twice.",
    "", "Example:",
    "  tidemark-streamer simulate --devices 50 --rate 1000 --connection-string-file hub.txt"})
final class SimulateCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(SimulateCommand.class);
    private static final long STOP_SECONDS = 5;

    private final Terminal terminal;
    private final Map<String, String> environment;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Option(names = "--devices", defaultValue = "50", paramLabel = "N", description = "How many devices (default: ${DEFAULT-VALUE}).")
    private int devices;

    @Option(names = "--rate", defaultValue = "1000", paramLabel = "R", description = "Messages a second, of all devices together (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "S", description = "Another number is another plant (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--faults", description = "Devices spike, drift, fall silent or are in error now and then; single messages come broken, late, twice or with an empty value.")
    private boolean faults;

    @Option(names = "--count", paramLabel = "N", description = "End after so many turns of a device to speak; a silent device uses its turn up.")
    private Long count;

    @Option(names = "--connection-string-env", paramLabel = "NAME", description = "Environment variable with the connection string of the hub.")
    private String variable;

    @Option(names = "--connection-string-file", paramLabel = "PATH", description = "File with the connection string of the hub.")
    private String file;

    @Option(names = "--namespace", paramLabel = "HOST", description = "Namespace of the hub; sign in as azure-identity can (environment, managed identity, az login).")
    private String namespace;

    @Option(names = "--hub", paramLabel = "NAME", description = "Name of the hub, where the connection string has none.")
    private String hub;

    @Spec
    private CommandSpec spec;

    SimulateCommand(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        HubAccess access;
        try {
            require(devices >= 1 && devices <= 100_000, "--devices", "1 to 100000", devices);
            require(rate >= 1 && rate <= 1_000_000, "--rate", "1 to 1000000", rate);
            require(count == null || count >= 1, "--count", "1 or more", count);
            access = access();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
        try (PlantSender sender = new PlantSender(access, devices, rate, seed, faults, count == null ? Long.MAX_VALUE : count, Clock.systemUTC())) {
            return run(sender);
        }
    }

    private static void require(boolean possible, String option, String expected, Object actual) {
        if (!possible) {
            throw new IllegalArgumentException("Cannot use " + option + " (expected " + expected + ", actual " + actual + ")");
        }
    }

    private HubAccess access() {
        int ways = (variable == null ? 0 : 1) + (file == null ? 0 : 1) + (namespace == null ? 0 : 1);
        if (ways != 1) {
            throw new IllegalArgumentException("Cannot tell which hub (expected one of --connection-string-env, --connection-string-file and --namespace, actual "
                    + (ways == 0 ? "none" : "several") + ")");
        }
        try {
            return variable != null ? HubAccess.fromEnvironment(variable, hub, environment::get) : file != null ? HubAccess.fromFile(file, hub)
                    : HubAccess.withIdentity(namespace, hub);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Cannot use the hub: " + e.getMessage(), e);
        }
    }

    private int run(PlantSender sender) throws IOException {
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            sender.stop();
            try {
                if (ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                    // A process that was asked to stop, and did, has not failed.
                    Runtime.getRuntime().halt(sender.unacknowledged() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        long began = System.nanoTime();
        try (Telling telling = new Telling(terminal, sender, began)) {
            sender.run();
        } finally {
            double seconds = (System.nanoTime() - began) / 1e9;
            // A hub that was never reached is told of by the exception alone.
            if (sender.sent() + sender.unacknowledged() > 0) {
                terminal.out().println(String.format(Locale.ROOT, "%,d messages sent in %.1f s (%,.0f/s, %.1f MB/s), %,d not acknowledged, %,d batches repeated",
                        sender.sent(), seconds, sender.sent() / Math.max(1e-3, seconds), sender.bytes() / 1e6 / Math.max(1e-3, seconds), sender.unacknowledged(),
                        sender.repeated()));
            }
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending already, because of this very hook.
            }
            ended.countDown();
        }
        return sender.unacknowledged() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** One line that changes on a terminal, else a line in the log every ten seconds. Owns one thread until it is closed. */
    private static final class Telling implements AutoCloseable {

        private final Terminal terminal;
        private final PlantSender sender;
        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        private long nanosBefore;
        private long sentBefore;
        private long acknowledged;

        Telling(Terminal terminal, PlantSender sender, long began) {
            this.terminal = terminal;
            this.sender = sender;
            this.nanosBefore = began;
            this.acknowledged = began;
            if (terminal.interactive()) {
                timer.scheduleWithFixedDelay(() -> {
                    terminal.progress(line());
                }, 500, 500, TimeUnit.MILLISECONDS);
            } else {
                timer.scheduleWithFixedDelay(() -> LOG.info("{}", line()), 10, 10, TimeUnit.SECONDS);
            }
        }

        private String line() {
            long now = System.nanoTime();
            long sent = sender.sent();
            double rate = (sent - sentBefore) / Math.max(1e-3, (now - nanosBefore) / 1e9);
            if (sent > sentBefore || sender.unacknowledged() == 0) {
                acknowledged = now;
            }
            nanosBefore = now;
            sentBefore = sent;
            long silent = TimeUnit.NANOSECONDS.toSeconds(now - acknowledged);
            String silence = silent < 5 ? "" : String.format(Locale.ROOT, "; the hub has acknowledged nothing for %,d s, it is tried again", silent);
            String behind = sender.behind() < 1_000_000 ? "" : String.format(Locale.ROOT, ", %.1f s behind the clock", sender.behind() / 1e6);
            return String.format(Locale.ROOT, "%,d messages sent, %,.0f/s, %,d on their way%s%s", sent, rate, sender.unacknowledged(), behind, silence);
        }

        @Override
        public void close() {
            timer.shutdownNow();
            if (terminal.interactive()) {
                terminal.err().print(Terminal.WIPE);
                terminal.err().flush();
            }
        }
    }
}
