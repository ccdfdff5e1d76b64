package dev.tidemark.stream.cli;

import dev.tidemark.stream.hub.Hub;
import dev.tidemark.stream.hub.HubSettings;
import dev.tidemark.stream.window.TimeSpan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

@Command(name = "hub", description = "Runs a local hub: Event Hubs over AMQP, events kept in files. Clients use the Azure SDK, the streamer too.", footer = {"",
    "Without a key it is open to this machine, and to nobody else. With one (--key-file, or",
    HubCommand.KEY_VARIABLE + " in the environment) clients must sign their tokens with it, as",
    "the Azure SDK does, and it may listen on other addresses. There is no TLS: beyond this",
    "machine, events are readable on the wire.",
    "", "Ends when it is asked to (SIGTERM, Ctrl-C); events that were acknowledged survive",
    "whatever happens.",
    "", "Example, each line in a terminal of its own; the connection string is what the hub prints:",
    "  tidemark-streamer hub --data hub --hub telemetry:4",
    "  tidemark-streamer simulate --connection-string-file hub.txt",
    "  tidemark-streamer run --lake lake --source eventhubs:connection-string-file=hub.txt"})
final class HubCommand implements Callable<Integer> {

    static final String KEY_VARIABLE = "TIDEMARK_HUB_KEY";

    private static final Logger LOG = LoggerFactory.getLogger(HubCommand.class);
    private static final Pattern HUB = Pattern.compile("(.+):(\\d{1,6})");
    private static final Pattern BYTES = Pattern.compile("(\\d{1,15})([kmgt]?)", Pattern.CASE_INSENSITIVE);

    private final Terminal terminal;
    private final Map<String, String> environment;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of the events; made if it is not there.")
    private Path data;

    @Option(names = "--port", defaultValue = "5672", paramLabel = "PORT", description = "Where it listens; 0 for a port that is free (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--address", defaultValue = "localhost", paramLabel = "ADDRESS",
            description = "Address to listen on; others than this machine's own loopback need a key (default: ${DEFAULT-VALUE}).")
    private String address;

    @Option(names = "--hub", arity = "1..*", paramLabel = "NAME:PARTITIONS", description = "Hubs to make if they are not there (default: telemetry:4).")
    private List<String> hubs = List.of();

    @Option(names = "--group", arity = "1..*", paramLabel = "NAME", description = "Consumer groups beside $Default.")
    private List<String> groups = List.of();

    @Option(names = "--retention", defaultValue = "7d", paramLabel = "TIME", description = "How long events are kept (default: ${DEFAULT-VALUE}).")
    private String retention;

    @Option(names = "--retention-bytes", paramLabel = "BYTES", description = "How much a partition keeps at most, such as 10g (default: no limit).")
    private String retentionBytes;

    @Option(names = "--key-file", paramLabel = "FILE", description = "File with the key that clients must have, on its first line.")
    private Path keyFile;

    @Option(names = "--no-force", description = "Acknowledge events before the disk has them: faster on slow disks, but a power cut may lose the last ones.")
    private boolean noForce;

    @Spec
    private CommandSpec spec;

    HubCommand(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        Hub hub;
        HubSettings settings;
        try {
            settings = settings();
            hub = Hub.open(settings);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            int code = CommandLine.ExitCode.OK;
            try {
                hub.close();
            } catch (IOException e) {
                terminal.tell("Cannot close the hub cleanly: " + e.getMessage());
                code = CommandLine.ExitCode.SOFTWARE;
            }
            stopped.countDown();
            // A process that was asked to stop, and did, has not failed.
            Runtime.getRuntime().halt(code);
        }, "stop"));
        new TreeMap<>(hub.names()).forEach((name, partitions) -> LOG.info("Hub {}: {} partitions in {}", name, partitions, data));
        terminal.out().println("Listening on port " + hub.port() + ". Connect with " + new TreeMap<>(hub.names()).firstEntry().getKey()
                .transform(name -> hub.connectionString(name, settings.key() == null ? "none" : "<the key>")));
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            hub.close();
        }
        return CommandLine.ExitCode.OK;
    }

    private HubSettings settings() throws IOException {
        HubSettings settings = HubSettings.in(data, Clock.systemUTC()).withPort(port).withAddress(address).withForce(!noForce).withKey(key());
        for (String text : hubs) {
            Matcher form = HUB.matcher(text);
            if (!form.matches()) {
                throw new IllegalArgumentException("Cannot use --hub " + text + " (expected NAME:PARTITIONS, such as telemetry:4)");
            }
            settings = settings.withHub(form.group(1), Integer.parseInt(form.group(2)));
        }
        for (String group : groups) {
            settings = settings.withGroup(group);
        }
        Duration age;
        try {
            age = Duration.ofMillis(TimeSpan.parse(retention).millis());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Cannot use --retention: " + e.getMessage(), e);
        }
        return settings.withRetention(age, retentionBytes == null ? Long.MAX_VALUE : bytes(retentionBytes));
    }

    private static long bytes(String text) {
        Matcher form = BYTES.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("Cannot use --retention-bytes " + text + " (expected a number, or one with k, m, g or t, such as 10g)");
        }
        int power = form.group(2).isEmpty() ? 0 : 1 + "kmgt".indexOf(Character.toLowerCase(form.group(2).charAt(0)));
        try {
            return Math.multiplyExact(Long.parseLong(form.group(1)), 1L << 10 * power);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("Cannot use --retention-bytes " + text + ": it is too large", e);
        }
    }

    /** Null if there is none. */
    private String key() throws IOException {
        if (keyFile == null) {
            String value = environment.get(KEY_VARIABLE);
            return value == null || value.isBlank() ? null : value.strip();
        }
        String key;
        try (var lines = Files.lines(keyFile)) {
            key = lines.findFirst().orElse("").strip();
        } catch (IOException e) {
            throw new IOException("Cannot read the key from " + keyFile + ": " + (Files.exists(keyFile) ? "it is not readable" : "there is no such file"), e);
        }
        if (key.isEmpty()) {
            throw new IllegalArgumentException("Cannot use the key in " + keyFile + ": its first line is empty");
        }
        return key;
    }
}
