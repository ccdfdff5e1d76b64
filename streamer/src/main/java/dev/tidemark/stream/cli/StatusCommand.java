package dev.tidemark.stream.cli;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.stream.status.LakeStatus;
import dev.tidemark.stream.status.Status;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

@Command(name = "status", description = "Tells how a lake and its streamer are: positions, lag, watermark, tables, rejects.", footer = {"",
    "It only reads, and may be asked while a streamer writes. LAG is how many messages wait",
    "in the source, LAG TIME how old the one taken last is while others wait; - is unknown.",
    "OLDER are data files that the newest version does not hold: what time travel costs, beside",
    "the log; KEPT is for how long.",
    "Ends with 1 if there is no lake, or a table of it cannot be read.",
    "", "Examples:",
    "  tidemark-streamer status --lake lake",
    "  tidemark-streamer status --lake lake --json | jq .partitions"})
final class StatusCommand implements Callable<Integer> {

    private static final int MOST_PARTITIONS = 50;

    private final Terminal terminal;
    private final InstantSource clock;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Option(names = "--lake", required = true, paramLabel = "ROOT", description = "The folder below which the tables are.")
    private String root;

    @Option(names = "--json", description = "As JSON, on one line.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    StatusCommand(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Lake lake;
        try {
            lake = Lake.at(root);
        } catch (LakeException e) {
            throw e.reason() == LakeException.Reason.INVALID ? new ParameterException(spec.commandLine(), e.getMessage()) : e;
        }
        LakeStatus status = LakeStatus.of(lake, clock);
        if (json) {
            terminal.out().println(status.json());
        } else {
            print(status);
        }
        return status.isWhole() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void print(LakeStatus status) {
        Status streamer = status.streamer();
        line("Lake", status.lake());
        line("Streamer", streamer(status));
        if (status.running()) {
            streamer.health().reasons().forEach(reason -> line("", reason));
        }
        line("Watermark", status.watermark() == null ? "none yet" : status.watermark() + ", " + age(status.watermarkAgeSeconds()) + " behind the clock");
        if (streamer != null) {
            Status.Counts counts = streamer.counts();
            line(status.running() ? "This run" : "Last run", String.format(Locale.ROOT, "%,d messages%s = %,d readings (%,d late) + %,d rejected + %,d duplicates",
                    counts.events() + counts.recovered(), status.running() ? String.format(Locale.ROOT, " (%,.0f/s)", counts.perSecond()) : "",
                    counts.accepted(), counts.late(), counts.rejected().values().stream().mapToLong(Long::longValue).sum(), counts.duplicates()));
        }
        line("Rejects", status.rejects().isEmpty() ? "none" : status.rejects().entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%,d %s", entry.getValue(), entry.getKey())).collect(Collectors.joining(", ")));
        partitions(status);
        tables(status.tables());
    }

    private void line(String name, String text) {
        terminal.out().println(String.format(Locale.ROOT, "%-10s %s", name, text));
    }

    private static String streamer(LakeStatus status) {
        if (status.streamer() == null) {
            return "none runs, and none left a word";
        }
        Status.Process process = status.streamer().process();
        if (status.running()) {
            return "runs: process " + process.pid() + " on " + process.host() + " since " + process.started() + ", " + status.streamer().health().status();
        }
        return process.state().equals("ended") ? "none runs: the last one ended " + age(status.heartbeatAgeSeconds()) + " ago"
                : "none runs: the last sign of life of process " + process.pid() + " on " + process.host() + " was " + age(status.heartbeatAgeSeconds()) + " ago";
    }

    private void partitions(LakeStatus status) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("SOURCE", "PARTITION", "POSITION", "LAG", "LAG TIME"));
        status.partitions().stream().limit(MOST_PARTITIONS).forEach(p -> rows.add(List.of(p.source(), p.partition(), Long.toString(p.position()),
                p.lagMessages() == null ? "-" : String.format(Locale.ROOT, "%,d", p.lagMessages()), p.lagSeconds() == null ? "-" : age(p.lagSeconds()))));
        if (rows.size() > 1) {
            terminal.out().println();
            Aligned.print(terminal.out(), rows, 2);
        }
        long more = status.partitions().size() - (rows.size() - 1L);
        if (more > 0 || status.partitionsEnded() > 0) {
            terminal.out().println(String.format(Locale.ROOT, "%s%,d partitions have ended", more > 0 ? String.format(Locale.ROOT, "and %,d more; ", more) : "",
                    status.partitionsEnded()));
        }
    }

    private void tables(List<LakeStatus.TableStatus> tables) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("TABLE", "COMMITTED", "VERSION", "AGE", "FILES", "SIZE", "ROWS", "OLDER", "SIZE", "LOG", "SIZE", "KEPT"));
        for (LakeStatus.TableStatus table : tables) {
            rows.add(row(table));
        }
        terminal.out().println();
        Aligned.print(terminal.out(), rows, 2);
        for (LakeStatus.TableStatus table : tables) {
            if (table.problem() != null) {
                terminal.tell(table.problem());
            }
        }
    }

    private static List<String> row(LakeStatus.TableStatus table) {
        if (table.version() == null) {
            return List.of(table.table(), "cannot be read", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-");
        }
        List<String> row = new ArrayList<>(List.of(table.table(), table.committedAt(), table.version().toString(), age(table.ageSeconds()), number(table.files()), size(table.bytes()),
                number(table.rows())));
        LakeStatus.TimeTravelCost cost = table.timeTravel();
        row.addAll(cost == null ? List.of("-", "-", "-", "-", "-")
                : List.of(number(cost.files()), size(cost.bytes()), number(cost.logFiles()), size(cost.logBytes()), cost.span()));
        return row;
    }

    private static String number(Long number) {
        return number == null ? "-" : String.format(Locale.ROOT, "%,d", number);
    }

    private static String size(long bytes) {
        return bytes < 1 << 10 ? bytes + " B" : bytes < 1 << 20 ? String.format(Locale.ROOT, "%.1f KB", bytes / 1024.0)
                : bytes < 1 << 30 ? String.format(Locale.ROOT, "%.1f MB", bytes / 1048576.0) : String.format(Locale.ROOT, "%.1f GB", bytes / 1073741824.0);
    }

    /** A span in the unit in which a person would say it. */
    private static String age(double seconds) {
        Map.Entry<Double, String> unit = Math.abs(seconds) < 120 ? Map.entry(1.0, "s") : Math.abs(seconds) < 7_200 ? Map.entry(60.0, "min")
                : Math.abs(seconds) < 172_800 ? Map.entry(3_600.0, "h") : Map.entry(86_400.0, "d");
        return String.format(Locale.ROOT, Math.abs(seconds) < 10 ? "%.1f %s" : "%.0f %s", seconds / unit.getKey(), unit.getValue());
    }
}
