package dev.tidemark.stream.cli;

import dev.tidemark.lake.Lake;
import dev.tidemark.stream.maintain.Doctor;
import dev.tidemark.stream.maintain.Finding;
import dev.tidemark.stream.maintain.Finding.Weight;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

@Command(name = "doctor", description = "Checks a lake end to end and tells how to repair what is wrong. It only reads; a streamer may run meanwhile.", footer = {"",
    "Checked are the logs (gaps, checkpoints), the files (missing, or of no version), what the log says of",
    "their rows, bounds and nulls (by their footers, and of the newest 64 MB of a table, or with --deep of",
    "everything, value by value), positions against rows, that every message and every window is there once, that messages =",
    "readings + rejects + duplicates, the state file, and what small files and time travel cost.", "",
    "Examples:",
    "  tidemark-streamer doctor --lake lake",
    "  tidemark-streamer doctor --lake lake --table gold/windows --json", "",
    "Exit codes: 0 healthy, 1 something was found, 2 misused."})
final class DoctorCommand extends LakeCommand {

    @Option(names = "--deep", description = "Read all values of all files; without it those of the newest 64 MB of each table.")
    private boolean deep;

    DoctorCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(Lake lake, Configuration configuration) {
        List<String> tables = tables(lake);
        List<Finding> findings = new Doctor(lake, Clock.systemUTC(), deep, this::progress).examine(tables);
        progress("");
        findings.forEach(finding -> tell(new Summary(text(finding), json(finding))));
        long errors = findings.stream().filter(finding -> finding.weight() == Weight.ERROR).count();
        long warnings = findings.stream().filter(finding -> finding.weight() == Weight.WARNING).count();
        boolean healthy = errors + warnings == 0;
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("healthy", healthy);
        summary.put("tables", tables.size());
        summary.put("errors", errors);
        summary.put("warnings", warnings);
        tell(new Summary(count(tables.size(), "table") + (healthy ? ": healthy" : ": " + count(errors, "error") + ", " + count(warnings, "warning")), summary));
        return healthy ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static String text(Finding finding) {
        return finding.table() + ": " + finding.weight().name().toLowerCase(Locale.ROOT) + " (" + finding.check() + "): " + finding.what()
                + (finding.repair() == null ? "" : System.lineSeparator() + "  repair: " + finding.repair());
    }

    private static Map<String, Object> json(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("table", finding.table());
        json.put("check", finding.check());
        json.put("weight", finding.weight().name().toLowerCase(Locale.ROOT));
        json.put("what", finding.what());
        json.put("repair", finding.repair());
        return json;
    }
}
