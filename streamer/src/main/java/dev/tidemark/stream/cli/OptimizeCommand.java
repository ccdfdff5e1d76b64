package dev.tidemark.stream.cli;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.stream.maintain.Clustering;
import dev.tidemark.stream.maintain.Compaction;
import dev.tidemark.stream.maintain.CompactionRule;
import dev.tidemark.stream.table.FileRewriter.Rewritten;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.LiveFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

@Command(name = "optimize", description = "Rewrites the small files of tables as large ones. No row changes; a streamer may run meanwhile.", footer = {"",
    "Without --table all tables of the lake but gold/live, which is replaced whole several",
    "times a second. The files that were replaced stay for time travel until vacuum removes",
    "them.", "", "Examples:",
    "  tidemark-streamer optimize --lake lake --dry-run",
    "  tidemark-streamer optimize --lake lake --table silver/readings",
    "  tidemark-streamer optimize --lake lake --zorder", "",
    "Exit codes: 0 done, 1 some table could not be compacted (it is told why), 2 misused."})
final class OptimizeCommand extends LakeCommand {

    private static final int TRIES = 5;

    @Option(names = "--zorder", arity = "0..1", paramLabel = "COLUMNS", fallbackValue = "", description = {"Order the rows of each partition along a curve through these columns (a,b,…), so that rows that are",
        "alike in them lie together. Without columns: window, device_id, measure and window_start of gold/windows."})
    private String zorder;

    OptimizeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(Lake lake, Configuration configuration) {
        if (zorder != null) {
            List<String> columns = Arrays.stream(zorder.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
            return each(chosen.isEmpty() ? List.of(LakeTables.GOLD_WINDOWS.path()) : tables(lake), table -> cluster(lake, table, columns, configuration.compaction()));
        }
        List<String> tables = tables(lake).stream().filter(table -> !chosen.isEmpty() || !table.equals(LakeTables.GOLD_LIVE.path())).toList();
        return each(tables, table -> optimize(lake, table, configuration.compaction()));
    }

    /** Files, and their bytes. */
    private record Size(int files, long bytes) {
        static Size of(Collection<LiveFile> files) {
            return new Size(files.size(), files.stream().mapToLong(LiveFile::size).sum());
        }

        @Override
        public String toString() {
            return count(files, "file") + " (" + LakeCommand.bytes(bytes) + ")";
        }
    }

    private Summary optimize(Lake lake, String table, CompactionRule rule) {
        long began = System.nanoTime();
        try (Compaction compaction = Compaction.open(lake, table, rule, true, Clock.systemUTC(), () -> false)) {
            List<LiveFile> before = compaction.files();
            int rewritten = 0;
            int commits = 0;
            // Whoever writes the table goes on making small files: these are not for now.
            Set<String> ours = new HashSet<>();
            before.forEach(file -> ours.add(file.path()));
            List<List<LiveFile>> bins = compaction.all(ours);
            int most = bins.size();
            if (dryRun) {
                int planned = bins.stream().mapToInt(List::size).sum();
                return planned(table, Size.of(before), planned, bins.size());
            }
            while (!bins.isEmpty()) {
                progress(String.format(Locale.ROOT, "%s: rewrite %d of %d", table, most - bins.size() + 1, most));
                Optional<Rewritten> done = compaction.rewrite(bins.get(0), false);
                if (done.isPresent()) {
                    ours.addAll(done.get().paths());
                    rewritten += done.get().files();
                    commits++;
                }
                bins = compaction.all(ours);
                most = Math.max(most, commits + bins.size());
            }
            return done(table, Size.of(before), Size.of(compaction.files()), rewritten, commits, (System.nanoTime() - began) / 1_000_000);
        }
    }

    private Summary cluster(Lake lake, String table, List<String> columns, CompactionRule rule) {
        long began = System.nanoTime();
        try (Clustering clustering = Clustering.open(lake, table, columns, rule, Clock.systemUTC(), () -> false)) {
            List<LiveFile> before = clustering.files();
            List<List<LiveFile>> partitions = clustering.partitions();
            int files = partitions.stream().mapToInt(List::size).sum();
            if (dryRun) {
                String text = partitions.isEmpty() ? nothing(Size.of(before)) : String.format(Locale.ROOT, "%,d files in %,d partitions would be rewritten", files, partitions.size());
                return Summary.of(table, true, text, "filesBefore", before.size(), "bytesBefore", Size.of(before).bytes, "rewritten", files, "commits", partitions.size());
            }
            Set<Map<String, String>> wanted = new LinkedHashSet<>();
            partitions.forEach(partition -> wanted.add(partition.get(0).partition()));
            int rewritten = 0;
            int commits = 0;
            for (Map<String, String> partition : wanted) {
                progress(String.format(Locale.ROOT, "%s: partition %d of %d, %s", table, commits + 1, wanted.size(), partition));
                Optional<Rewritten> done = cluster(clustering, partition);
                if (done.isEmpty()) {
                    throw new LakeException(LakeException.Reason.UNREACHABLE, "Cannot cluster partition " + partition + " of table " + table + ": its files are rewritten by others"
                            + " again and again; " + commits + " partitions are done. Try again");
                }
                rewritten += done.get().files();
                commits++;
            }
            return done(table, Size.of(before), Size.of(clustering.files()), rewritten, commits, (System.nanoTime() - began) / 1_000_000);
        }
    }

    private static Optional<Rewritten> cluster(Clustering clustering, Map<String, String> partition) {
        Optional<Rewritten> done = Optional.empty();
        for (int tries = 0; tries < TRIES && done.isEmpty(); tries++) {
            done = clustering.rewrite(clustering.files().stream().filter(file -> file.partition().equals(partition)).toList());
        }
        return done;
    }

    private static Summary planned(String table, Size before, int rewritten, int commits) {
        String text = commits == 0 ? nothing(before) : String.format(Locale.ROOT, "%,d of %,d files would become %,d", rewritten, before.files, commits);
        return Summary.of(table, true, text, "filesBefore", before.files, "bytesBefore", before.bytes, "filesAfter", before.files - rewritten + commits,
                "rewritten", rewritten, "commits", commits);
    }

    private static Summary done(String table, Size before, Size after, int rewritten, int commits, long millis) {
        String text = commits == 0 ? nothing(before)
                : String.format(Locale.ROOT, "%s are %,d now (%s); %,d rewritten in %s, %.1f s", before, after.files, bytes(after.bytes), rewritten, count(commits, "commit"), millis / 1000.0);
        return Summary.of(table, false, text, "filesBefore", before.files, "bytesBefore", before.bytes, "filesAfter", after.files, "bytesAfter", after.bytes,
                "rewritten", rewritten, "commits", commits, "millis", millis);
    }

    private static String nothing(Size size) {
        return "nothing to do (" + size.toString().replace(" (", ", ");
    }
}
