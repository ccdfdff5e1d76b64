package dev.tidemark.stream.cli;

import dev.tidemark.lake.Lake;
import dev.tidemark.stream.log.Retention;
import dev.tidemark.stream.log.Vacuum;
import dev.tidemark.stream.maintain.Vacuuming;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

@Command(name = "vacuum", description = "Deletes data files that no version within the retention holds. A streamer and readers may be at work.", footer = {"",
    "full lists the tables' folders, and finds also files that never were in a commit, once they",
    "are as old as the retention and at least an hour. lite looks only at what commits have removed",
    "since the last vacuum; a running streamer does that by itself. Folders and files whose name",
    "begins with _ or . are left alone.", "",
    "Examples:",
    "  tidemark-streamer vacuum --lake lake --dry-run",
    "  tidemark-streamer vacuum --lake lake --table gold/windows --retain \"30 days\"", "",
    "Exit codes: 0 done, 1 some table could not be vacuumed (it is told why), 2 misused."})
final class VacuumCommand extends LakeCommand {

    @Option(names = "--mode", paramLabel = "MODE", description = "full or lite (default: ${DEFAULT-VALUE}).")
    private Mode mode = Mode.full;

    @Option(names = "--retain", paramLabel = "SPAN", description = "How long removed files are kept, such as \"30 days\" (default: what each table says, else 7 days).")
    private String retain;

    @Option(names = "--force", description = "Also with a shorter retention than the table's own: older versions are gone then, and readers may fail.")
    private boolean force;

    private Duration retention;

    /** As it stands on the command line. */
    enum Mode { full, lite }

    VacuumCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void check() {
        try {
            retention = retain == null ? null : Retention.parse(retain);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Cannot use --retain: " + e.getMessage(), e);
        }
    }

    @Override
    int run(Lake lake, Configuration configuration) {
        return each(tables(lake), table -> vacuum(lake, table));
    }

    private Summary vacuum(Lake lake, String table) {
        progress(table + ": looking");
        Vacuuming vacuuming = Vacuuming.open(lake, table, Clock.systemUTC());
        Vacuum.Plan plan = vacuuming.plan(mode == Mode.full ? Vacuum.Mode.FULL : Vacuum.Mode.LITE, retention, force);
        String kept = ", keeping " + Retention.words(plan.retention());
        Object[] json = {"mode", mode.name(), "retentionMillis", plan.retention().toMillis(), "files", plan.files().size(), "bytes", plan.bytes(), "folders", plan.folders()};
        if (dryRun) {
            if (!isJson()) {
                plan.files().forEach(file -> terminal.out().println(Path.of(lake.root()).relativize(file)));
            }
            return Summary.of(table, true, count(plan.files().size(), "file") + " (" + bytes(plan.bytes()) + ") would be deleted" + kept, json);
        }
        int deleted = vacuuming.run(plan, force && retention != null, done -> {
            if (done % 100 == 0) {
                progress(String.format(Locale.ROOT, "%s: %,d of %,d files deleted", table, done, plan.files().size()));
            }
        });
        json[5] = deleted;
        return Summary.of(table, false, deleted == 0 ? "nothing to delete" + kept : count(deleted, "file") + " (" + bytes(plan.bytes()) + ") deleted" + kept, json);
    }
}
