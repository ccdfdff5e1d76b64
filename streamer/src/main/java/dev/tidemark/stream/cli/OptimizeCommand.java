package dev.tidemark.stream.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.stream.maintain.Compaction;
import dev.tidemark.stream.maintain.CompactionRule;
import dev.tidemark.stream.table.FileRewriter.Rewritten;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.LiveFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

@Command(name = "optimize", description = "Rewrites the small files of tables as large ones. No row changes; a streamer may run meanwhile.", footer = {"",
    "Without --table all tables of the lake but gold/live, which is replaced whole several",
    "times a second. The files that were replaced stay for time travel until VACUUM removes",
    "them.", "", "Examples:",
    "  tidemark-streamer optimize --lake lake --dry-run",
    "  tidemark-streamer optimize --lake lake --table silver/readings", "",
    "Exit codes: 0 done, 1 some table could not be compacted (it is told why), 2 misused."})
final class OptimizeCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Option(names = "--lake", paramLabel = "ROOT", description = "The folder below which the tables are. Here, or as lake: in --config.")
    private String root;

    @Option(names = "--table", arity = "1..*", paramLabel = "TABLE", description = "Only these, as paths below the lake such as silver/readings.")
    private List<String> chosen = List.of();

    @Option(names = "--config", paramLabel = "FILE", description = "The lake, and the target size, as in conf/streamer.yaml.")
    private Path config;

    @Option(names = "--dry-run", description = "Tell what would be done, and do nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "The summary as JSON, one object a table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    OptimizeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * What became of a table.
     *
     * @param before files, and their bytes
     * @param after  the same; of a dry run, files only
     */
    private record Summary(String table, Size before, Size after, int rewritten, int commits, long millis) {

        private record Size(int files, long bytes) {
            static Size of(Collection<LiveFile> files) {
                return new Size(files.size(), files.stream().mapToLong(LiveFile::size).sum());
            }
        }
    }

    @Override
    public Integer call() throws IOException {
        Configuration configuration;
        Lake lake;
        try {
            configuration = config == null ? Configuration.DEFAULT : Configuration.read(config);
            if (root == null && configuration.lake() == null) {
                throw new IllegalArgumentException("No lake given (expected --lake ROOT, or lake: in the file that --config names)");
            }
            lake = Lake.at(root == null ? configuration.lake() : root);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        int code = CommandLine.ExitCode.OK;
        for (String table : chosen.isEmpty() ? lake.tables() : chosen) {
            if (chosen.isEmpty() && table.equals(LakeTables.GOLD_LIVE.path())) {
                continue;
            }
            try {
                tell(optimize(lake, table, configuration.compaction()));
            } catch (LakeException e) {
                code = CommandLine.ExitCode.SOFTWARE;
                terminal.tell(e.getMessage());
            }
        }
        return code;
    }

    private Summary optimize(Lake lake, String table, CompactionRule rule) {
        Clock clock = Clock.systemUTC();
        long began = System.nanoTime();
        try (Compaction compaction = Compaction.open(lake, table, rule, true, clock, () -> false)) {
            List<LiveFile> before = compaction.files();
            int rewritten = 0;
            int commits = 0;
            // Whoever writes the table goes on making small files: these are not for now.
            Set<String> ours = new HashSet<>();
            before.forEach(file -> ours.add(file.path()));
            List<List<LiveFile>> bins = compaction.all(ours);
            int most = bins.size();
            while (!bins.isEmpty() && !dryRun) {
                progress(table, most - bins.size(), most);
                Optional<Rewritten> done = compaction.rewrite(bins.get(0), false);
                if (done.isPresent()) {
                    ours.add(done.get().path());
                    rewritten += done.get().files();
                    commits++;
                }
                bins = compaction.all(ours);
                most = Math.max(most, commits + bins.size());
            }
            wipe();
            List<LiveFile> after = compaction.files();
            int planned = bins.stream().mapToInt(List::size).sum();
            Summary.Size size = dryRun ? new Summary.Size(before.size() - planned + bins.size(), -1) : Summary.Size.of(after);
            return new Summary(table, Summary.Size.of(before), size, dryRun ? planned : rewritten, dryRun ? bins.size() : commits, (System.nanoTime() - began) / 1_000_000);
        }
    }

    private void progress(String table, int done, int of) {
        if (terminal.interactive()) {
            terminal.err().print(Terminal.WIPE + table + ": rewrite " + (done + 1) + " of " + of);
            terminal.err().flush();
        }
    }

    private void wipe() {
        if (terminal.interactive()) {
            terminal.err().print(Terminal.WIPE);
        }
    }

    private void tell(Summary summary) throws IOException {
        terminal.out().println(json ? json(summary) : text(summary));
    }

    private String text(Summary summary) {
        if (summary.commits == 0) {
            return String.format(Locale.ROOT, "%s: nothing to do (%,d files, %s)", summary.table, summary.before.files, bytes(summary.before.bytes));
        }
        return dryRun ? String.format(Locale.ROOT, "%s: %,d of %,d files would become %,d", summary.table, summary.rewritten, summary.before.files, summary.commits)
                : String.format(Locale.ROOT, "%s: %,d files (%s) are %,d now (%s); %,d rewritten in %,d commits, %.1f s", summary.table,
                summary.before.files, bytes(summary.before.bytes), summary.after.files, bytes(summary.after.bytes), summary.rewritten, summary.commits,
                summary.millis / 1000.0);
    }

    private static String bytes(long bytes) {
        return bytes < 10 << 20 ? String.format(Locale.ROOT, "%,d KB", bytes + 1023 >> 10) : String.format(Locale.ROOT, "%,d MB", bytes >> 20);
    }

    private String json(Summary summary) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("table", summary.table);
            out.writeBooleanField("dryRun", dryRun);
            out.writeNumberField("filesBefore", summary.before.files);
            out.writeNumberField("bytesBefore", summary.before.bytes);
            out.writeNumberField("filesAfter", summary.after.files);
            if (!dryRun) {
                out.writeNumberField("bytesAfter", summary.after.bytes);
            }
            out.writeNumberField("rewritten", summary.rewritten);
            out.writeNumberField("commits", summary.commits);
            out.writeNumberField("millis", summary.millis);
            out.writeEndObject();
        }
        return text.toString();
    }
}
