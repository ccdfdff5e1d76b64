package dev.tidemark.stream.cli;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.scan.TimeText;
import dev.tidemark.stream.maintain.Backfill;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.window.WindowSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

@Command(name = "backfill", description = "Makes windows of gold/windows again from silver/readings, late readings included, in one commit. A streamer may run meanwhile.", footer = {"",
    "Windows that lie in the range as a whole are compared with what the readings give, and those",
    "that differ are replaced; sessions that have a part in the range are taken whole. Windows that",
    "are still open are left to the streamer. Done again, it finds nothing and commits nothing.",
    "Windows are those that the table holds, or with --config those of the file. Times without a",
    "zone are UTC.", "",
    "Examples:",
    "  tidemark-streamer backfill --lake lake --from 2026-11-20 --to 2026-11-21 --dry-run",
    "  tidemark-streamer backfill --lake lake --from \"2026-11-21 05:00\" --to 2026-11-21T06:00:00Z", "",
    "Exit codes: 0 done, 1 it could not be done (it is told why), 2 misused."})
final class BackfillCommand extends LakeCommand {

    @Option(names = "--from", required = true, paramLabel = "TIME", description = "The beginning of the range, such as 2026-11-21T05:00:00Z or 2026-11-21.")
    private String fromText;

    @Option(names = "--to", required = true, paramLabel = "TIME", description = "The end of the range, which is not part of it.")
    private String toText;

    private Instant from;
    private Instant to;

    BackfillCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void check() {
        from = time("--from", fromText);
        to = time("--to", toText);
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("Cannot backfill from " + from + " to " + to + ": the range is empty (expected an end after its beginning)");
        }
        if (!chosen.isEmpty() && !chosen.equals(List.of(LakeTables.GOLD_WINDOWS.path()))) {
            throw new IllegalArgumentException("Cannot backfill " + String.join(", ", chosen) + " (expected " + LakeTables.GOLD_WINDOWS.path() + ", or no --table)");
        }
    }

    private static Instant time(String option, String text) {
        try {
            return TimeText.instant(text, ZoneOffset.UTC);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Cannot use " + option + ": " + e.getMessage(), e);
        }
    }

    @Override
    int run(Lake lake, Configuration configuration) {
        return each(List.of(LakeTables.GOLD_WINDOWS.path()), table -> backfill(lake, table, isConfigured() ? configuration.settings().windows() : List.of()));
    }

    private Summary backfill(Lake lake, String table, List<WindowSpec> windows) {
        long began = System.nanoTime();
        Backfill.Result result = new Backfill(lake, windows, from, to, true, Clock.systemUTC(),
                (done, of) -> progress(String.format(Locale.ROOT, "%s: %d %% of the range", table, 100 * done / of))).run(dryRun);
        return Summary.of(table, dryRun, text(result, (System.nanoTime() - began) / 1e9), "from", from.toString(), "to", to.toString(), "version", result.version() < 0 ? null : result.version(),
                "windows", result.windows(), "added", result.added(), "changed", result.changed(), "removed", result.removed(), "kept", result.kept(),
                "filesRewritten", result.rewritten(), "readings", result.readings(), "millis", (System.nanoTime() - began) / 1_000_000);
    }

    private String text(Backfill.Result result, double seconds) {
        String kept = result.kept() == 0 ? "" : String.format(Locale.ROOT, "; %,d stay although silver/readings has no reading for them", result.kept());
        if (result.isEmpty()) {
            return String.format(Locale.ROOT, "nothing to do, %,d windows are as their readings say%s", result.windows(), kept);
        }
        return String.format(Locale.ROOT, "%,d windows %sadded, %,d changed, %,d removed, of %,d%s; %s%s, %.1f s", result.added(), dryRun ? "would be " : "", result.changed(), result.removed(),
                result.windows(), kept, dryRun ? count(result.rewritten(), "file") + " would be rewritten" : count(result.rewritten(), "file") + " rewritten",
                result.version() < 0 ? "" : ", version " + result.version(), seconds);
    }
}
