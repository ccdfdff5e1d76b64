package dev.tidemark.stream.cli;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.scan.TimeText;
import dev.tidemark.stream.maintain.Restoration;
import dev.tidemark.stream.status.LakeStatus;
import dev.tidemark.stream.table.TableRestore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;

@Command(name = "restore", description = "Takes a table back to an older version, in one commit; nothing of the present one is lost as long as it is retained.", footer = {"",
    "A table's positions go back with its rows: when the streamer is started again, it makes what came",
    "since again from the tables before it. gold/windows is made from silver/readings, and that from",
    "bronze/events. So tables that were made from rows that are gone must go back as well: --derived.",
    "Stop the streamer before. Times without a zone are UTC.", "",
    "Examples:",
    "  tidemark-streamer restore --lake lake --table gold/windows --to-version 120 --dry-run",
    "  tidemark-streamer restore --lake lake --table silver/readings --to-timestamp \"2026-11-21 05:24\" --derived", "",
    "Exit codes: 0 done, 1 it could not be done (it is told why), 2 misused."})
final class RestoreCommand extends LakeCommand {

    @Option(names = "--to-version", paramLabel = "N", description = "The version to bring back.")
    private Long version;

    @Option(names = "--to-timestamp", paramLabel = "TIME", description = "The last version committed at or before this time.")
    private String timestamp;

    @Option(names = "--derived", description = "Take the tables that are made from this one back as well, as far as they must.")
    private boolean derived;

    @Option(names = "--force", description = "Also bronze/events, which is made from nothing in the lake; also while a streamer seems to run.")
    private boolean force;

    private Instant time;

    RestoreCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void check() {
        if (chosen.size() != 1) {
            throw new IllegalArgumentException("Which table? (expected one, as in --table gold/windows)");
        }
        if ((version == null) == (timestamp == null)) {
            throw new IllegalArgumentException("To which version? (expected either --to-version or --to-timestamp)");
        }
        if (timestamp != null) {
            try {
                time = TimeText.instant(timestamp, ZoneOffset.UTC);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("Cannot use --to-timestamp: " + e.getMessage(), e);
            }
        }
    }

    @Override
    int run(Lake lake, Configuration configuration) {
        String table = tables(lake).get(0);
        if (!dryRun && !force) {
            LakeStatus status = LakeStatus.of(lake, Clock.systemUTC());
            if (status.running()) {
                throw new LakeException(LakeException.Reason.INVALID, "Cannot restore table " + table + " while the streamer runs (process " + status.streamer().process().pid() + " on "
                        + status.streamer().process().host() + "): it would stop at its next commit. Stop it before, and start it again afterwards");
            }
        }
        Restoration restoration = new Restoration(lake, true, Clock.systemUTC());
        long target = version != null ? version : lake.table(table).versionAt(time);
        Map<String, Long> plan = restoration.plan(table, target, derived, force);
        // Looks at all of them before it begins with the first.
        plan.forEach((path, to) -> restoration.run(path, to, true));
        for (Map.Entry<String, Long> each : plan.entrySet()) {
            progress(each.getKey() + ": to version " + each.getValue());
            int code = each(List.of(each.getKey()), path -> told(path, restoration.run(path, each.getValue(), dryRun)));
            if (code != CommandLine.ExitCode.OK) {
                return code;
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private Summary told(String table, TableRestore.Restored done) {
        boolean nothing = done.restored() == 0 && done.removed() == 0;
        String text = nothing ? String.format(Locale.ROOT, "nothing to do, its rows are those of version %d", done.target())
                : String.format(Locale.ROOT, "%s version %d%s; %s (%s) %s back, %s (%s) %s", dryRun ? "would be as at" : "as at", done.target(),
                done.version() < 0 ? "" : " again, as version " + done.version(), count(done.restored(), "file"), bytes(done.restoredBytes()), dryRun ? "would come" : "came",
                count(done.removed(), "file"), bytes(done.removedBytes()), dryRun ? "would go" : "went");
        return Summary.of(table, dryRun, text, "target", done.target(), "version", done.version() < 0 ? null : done.version(), "restoredFiles", done.restored(),
                "restoredBytes", done.restoredBytes(), "removedFiles", done.removed(), "removedBytes", done.removedBytes(), "files", done.files(), "bytes", done.bytes());
    }
}
