package dev.tidemark.stream.cli;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.stream.alert.delivery.Deliveries;
import dev.tidemark.stream.alert.delivery.Delivery;
import dev.tidemark.stream.maintain.Compactor;
import dev.tidemark.stream.pipeline.Figures;
import dev.tidemark.stream.pipeline.OvertakenException;
import dev.tidemark.stream.pipeline.Pipeline;
import dev.tidemark.stream.reference.ReferenceData;
import dev.tidemark.stream.source.EventSource;
import dev.tidemark.stream.source.SourceSpec;
import dev.tidemark.stream.status.MetricsEndpoint;
import dev.tidemark.stream.status.StatusWriter;
import dev.tidemark.stream.table.LakeTables;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.function.Supplier;

@Command(name = "run", description = "Streams from the sources into the lake, until it is stopped or the sources have no more.", footer = {"",
    "Sources:",
    "  files:DIR       files of a folder: CSV with a header or JSON, plain or gzip;",
    "                  those there now, and new ones",
    "  simulate:devices=50,rate=1000",
    "                  simulated devices (also seed, faults, history, start, count)",
    "  eventhubs:connection-string-env=NAME",
    "                  an Event Hub, or an IoT Hub's built-in endpoint; its connection",
    "                  string stands in the variable NAME (also connection-string-file,",
    "                  or namespace and hub with azure-identity; consumer-group, start,",
    "                  prefetch, owner-level)",
    "  kafka:servers=HOST:PORT,topic=NAME",
    "                  a topic of Kafka or of Event Hubs' Kafka endpoint; config=FILE is",
    "                  a properties file of a Kafka client with what the login needs",
    "                  (also start, and name where the servers may change)",
    "", "Started again it goes on where the tables of the lake are: each message is taken",
    "once, whatever happened before. Ctrl-C or SIGTERM commits what was read, and ends.",
    "After --close, events of a later run that belong into closed windows are late.",
    "", "Examples:",
    "  tidemark-streamer run --lake lake --source simulate:devices=50,rate=1000",
    "  tidemark-streamer run --lake lake --source files:in --once --close",
    "  tidemark-streamer run --config plant.yaml --metrics-port 9464"})
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
    private static final long STOP_SECONDS = 5;
    private static final int MOST_BEGINNINGS = 3;

    private final Terminal terminal;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Option(names = "--lake", paramLabel = "ROOT", description = "The folder below which the tables are, or will be made.")
    private String root;

    @Option(names = "--source", arity = "1..*", paramLabel = "SPEC", description = "Where events come from; one or more.")
    private List<String> specs = List.of();

    @Option(names = "--config", paramLabel = "FILE", description = "Everything that can be set, as in conf/streamer.yaml. What stands on the command line goes before it.")
    private Path config;

    @Option(names = "--metrics-port", paramLabel = "PORT", description = "Answer /metrics (Prometheus) and /health on this port of the loopback interface; 0: any.")
    private Integer metricsPort;

    @Option(names = "--log-format", paramLabel = "FORMAT", description = "How the log is written: text, or json (a JSON object a line).")
    private LogFormat logFormat = LogFormat.text;

    @Option(names = "--once", description = "Take what is there, commit it, and end. Open windows stay open for the next run.")
    private boolean once;

    @Option(names = "--close", description = "With --once: the end of the sources is the end of input, and all windows are closed.")
    private boolean close;

    @Option(names = "--accept-new-hub", description = "Go on although a hub was deleted and made again: take its messages from the beginning, as a source of their own.")
    private boolean acceptNewHub;

    /** As it stands on the command line; {@link TidemarkStreamer#main} reads it before anything logs. */
    enum LogFormat { text, json }

    @Spec
    private CommandSpec spec;

    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Clock clock = Clock.systemUTC();
        List<SourceSpec> sources;
        Queue<List<EventSource>> made = new ArrayDeque<>();
        List<Delivery.Subscription> subscriptions = new ArrayList<>();
        Configuration configuration;
        Lake lake;
        try {
            if (close && !once) {
                throw new IllegalArgumentException("Cannot use --close without --once: a stream without an end has no last window");
            }
            if (metricsPort != null && (metricsPort < 0 || metricsPort > 65_535)) {
                throw new IllegalArgumentException("Cannot use port " + metricsPort + " for metrics (expected 0 to 65535)");
            }
            configuration = config == null ? Configuration.DEFAULT : Configuration.read(config);
            sources = sources(configuration);
            if (once) {
                sources.forEach(SourceSpec::requireEnd);
            }
            // Not only when it begins: what they lack, a connection string say, is misuse.
            made.add(create(sources, clock));
            lake = Lake.at(root(configuration));
            for (DeliverySection delivery : configuration.deliveries()) {
                subscriptions.add(delivery.open(System.getenv()));
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (LakeException e) {
            if (e.reason() == LakeException.Reason.INVALID) {
                throw new ParameterException(spec.commandLine(), e.getMessage());
            }
            throw e;
        }
        Integer port = metricsPort == null ? configuration.metricsPort() : metricsPort;
        MeterRegistry registry = port == null ? new SimpleMeterRegistry() : new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Figures figures = new Figures(registry);
        String names = made.peek().stream().map(EventSource::name).collect(Collectors.joining(" and "));
        List<String> problems = new ArrayList<>();
        ReferenceData reference = configuration.reference() == null ? null : ReferenceData.open(configuration.reference());
        Supplier<Pipeline> pipelines = () -> {
            Pipeline pipeline = new Pipeline(lake, made.isEmpty() ? create(sources, clock) : made.remove(), configuration.settings(), clock, figures, problem -> {
                problems.add(problem);
                terminal.tell(problem);
            });
            pipeline.alertedBy(configuration.rules());
            pipeline.keeping(configuration.retentions());
            if (once) {
                pipeline.givingUpAfter(Duration.ofMillis(configuration.oncePatience().millis()));
            }
            return reference == null ? pipeline : pipeline.enrichedBy(reference::current);
        };
        return run(new Running(pipelines, names, figures, registry, port, reference, configuration, lake, clock, subscriptions), problems);
    }

    /** A run, what runs beside it, and how it is seen. */
    private record Running(Supplier<Pipeline> pipelines, String names, Figures figures, MeterRegistry registry, Integer port, ReferenceData reference,
                           Configuration configuration, Lake lake, Clock clock, List<Delivery.Subscription> subscriptions) {

        Deliveries deliveries() {
            return Deliveries.start(subscriptions, lake, registry);
        }

        MetricsEndpoint metrics() throws IOException {
            return port == null ? null : MetricsEndpoint.start(port, (PrometheusMeterRegistry) registry, figures);
        }

        /** Of all tables but {@code gold/live}, which is replaced whole by every commit. */
        Compactor compactor() {
            List<String> tables = Arrays.stream(LakeTables.values()).filter(table -> table != LakeTables.GOLD_LIVE).map(LakeTables::path).toList();
            return configuration.autoCompact() ? Compactor.start(lake, tables, configuration.compaction(), true, clock) : null;
        }
    }

    private static List<EventSource> create(List<SourceSpec> sources, Clock clock) {
        return sources.stream().map(source -> source.create(clock)).toList();
    }

    private List<SourceSpec> sources(Configuration configuration) {
        if (specs.isEmpty() && configuration.sources().isEmpty()) {
            throw new IllegalArgumentException("No source given (expected --source SPEC, or sources: in the file that --config names)");
        }
        return specs.isEmpty() ? configuration.sources() : specs.stream().map(SourceSpec::parse).toList();
    }

    private String root(Configuration configuration) {
        if (root == null && configuration.lake() == null) {
            throw new IllegalArgumentException("No lake given (expected --lake ROOT, or lake: in the file that --config names)");
        }
        return root == null ? configuration.lake() : root;
    }

    private int run(Running run, List<String> problems) {
        Exit exit = new Exit();
        int code = CommandLine.ExitCode.SOFTWARE;
        try {
            stream(run, exit);
            code = problems.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
            if (!problems.isEmpty()) {
                terminal.tell(problems.size() + (problems.size() == 1 ? " problem" : " problems") + " with the sources, told above; everything else was taken");
            }
        } catch (IOException | RuntimeException | Error e) {
            // Told here: when the process was asked to stop, it ends as soon as this method does.
            TidemarkStreamer.tell(terminal, e);
        } finally {
            exit.ended(code);
        }
        return code;
    }

    private void stream(Running run, Exit exit) throws IOException {
        Pipeline.Until until = close ? Pipeline.Until.CLOSED : once ? Pipeline.Until.DRAINED : Pipeline.Until.STOPPED;
        try (MetricsEndpoint metrics = run.metrics();
             ReferenceData reference = run.reference;
             Compactor compactor = run.compactor();
             Deliveries deliveries = run.deliveries();
             StatusWriter status = StatusWriter.start(run.lake, run.figures, run.clock);
             Progress progress = new Progress(terminal, run.figures)) {
            if (metrics != null) {
                terminal.tell("metrics on http://127.0.0.1:" + metrics.port() + "/metrics, health on /health");
            }
            if (reference != null) {
                reference.watch();
            }
            LOG.info("Streaming {} into {}", run.names, run.lake.root());
            begin(run.pipelines, exit, until);
            progress.close();
            run.figures.stages().forEach((stage, time) -> LOG.debug("Stage {}: {} ms", stage, time.toMillis()));
            terminal.out().print(progress.summary());
        }
    }

    /**
     * Runs. If the tables moved while it began, because a streamer whose place it takes was still committing, it begins again where they are now; if they
     * move again and again, that streamer is alive, and this one ends. A beginning that advanced the tables does not count: it ended that streamer.
     */
    private void begin(Supplier<Pipeline> pipelines, Exit exit, Pipeline.Until until) throws IOException {
        for (int begun = 1;;) {
            Pipeline pipeline = pipelines.get();
            exit.stops(pipeline);
            try {
                pipeline.run(until, acceptNewHub);
                return;
            } catch (OvertakenException e) {
                if (!e.advanced() && begun++ == MOST_BEGINNINGS) {
                    throw e;
                }
                LOG.warn("{}; this one begins again there", e.getMessage());
            }
        }
    }

    /** On SIGTERM or Ctrl-C the pipeline is stopped, and given time for its last commit before the process ends. */
    private static final class Exit {

        private final CountDownLatch ended = new CountDownLatch(1);
        private final Thread hook;
        private volatile int code = CommandLine.ExitCode.SOFTWARE;
        private Pipeline running;
        private boolean asked;

        Exit() {
            hook = new Thread(() -> {
                ask();
                try {
                    if (ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                        // A process that was asked to stop, and did, has not failed.
                        Runtime.getRuntime().halt(code);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }, "stop");
            Runtime.getRuntime().addShutdownHook(hook);
        }

        private synchronized void ask() {
            asked = true;
            if (running != null) {
                running.stop();
            }
        }

        /** What is to be stopped from now on. */
        synchronized void stops(Pipeline pipeline) {
            running = pipeline;
            if (asked) {
                pipeline.stop();
            }
        }

        void ended(int exitCode) {
            code = exitCode;
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending already, because of this very hook: it goes on when the caller has told the user why.
            }
            ended.countDown();
        }
    }
}
