package dev.tidemark.lake.cli;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.export.CsvExport;
import dev.tidemark.lake.export.CsvFormat;
import dev.tidemark.lake.export.Manifest;
import dev.tidemark.lake.export.Question;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;

@Command(name = "export", description = "Writes the rows of a table as CSV (RFC 4180, UTF-8, header, times in UTC).",
        footer = {"", "A condition compares columns with values: --where \"window = '1m' and (avg > 30 or avg is null)\".",
            "It knows = != < <= > >=, between, in (...), is null, and, or, not; text and times stand in single quotes.", "",
            "The file appears under its name when it is complete. The same export of the same version is the same to the byte:",
            "  tidemark-lake export LAKE/gold/windows -o day.csv --from 2026-11-21 --to 2026-11-22 --sort window_start --manifest",
            "  tidemark-lake export --repeat day.csv.manifest.json -o again.csv"})
final class ExportCommand implements Callable<Integer> {

    private static final int PERCENT = 100;

    @Parameters(paramLabel = "TABLE", arity = "0..1", description = "The table's folder or URL.")
    private String location;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "FILE", description = "Where to; - for standard output.")
    private String out;

    @ArgGroup
    private PointInTime when;

    @Option(names = "--columns", split = ",", paramLabel = "NAME", description = "Only these columns, in this order.")
    private List<String> columns = List.of();

    @Option(names = "--where", paramLabel = "CONDITION", description = "Only rows that satisfy this; see below.")
    private String where;

    @Option(names = "--from", paramLabel = "TIME", description = "Only rows from this time on, by the table's time column.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only rows before this time.")
    private String to;

    @Option(names = "--time-column", paramLabel = "NAME", description = "The column of --from and --to; else the one whose name or type says so.")
    private String timeColumn;

    @Option(names = "--sort", split = ",", paramLabel = "NAME", description = "Sort by these columns, ascending, empty values first.")
    private List<String> sort = List.of();

    @Option(names = "--delimiter", paramLabel = "SIGN", converter = Sign.class, description = "Between fields: , ; | or tab. Default: a comma, with --decimal , a semicolon.")
    private Character delimiter;

    @Option(names = "--decimal", paramLabel = "SIGN", converter = Sign.class, description = "In numbers: . or ,")
    private Character decimal;

    @Option(names = "--zone", paramLabel = "ZONE", converter = Zone.class, description = "Of times, read and written: UTC, Europe/Berlin, +01:00.")
    private ZoneId zone = ZoneOffset.UTC;

    @Option(names = "--time-format", paramLabel = "iso|plain", converter = Style.class,
            description = "iso: 2026-11-21T05:24:00.000000Z; plain: 2026-11-21 05:24:00, as spreadsheets like it.")
    private CsvFormat.TimeStyle times = CsvFormat.TimeStyle.ISO;

    @Option(names = "--bom", description = "Begin with a byte order mark, by which Excel knows UTF-8.")
    private boolean bom;

    @Option(names = "--gzip", description = "Compress the file.")
    private boolean gzip;

    @Option(names = "--defuse-formulas", description = "Put an apostrophe before text that a spreadsheet would run as a formula.")
    private boolean defused;

    @Option(names = "--manifest", description = "Put FILE.manifest.json beside it: what it holds, its SHA-256, and how to make it again.")
    private boolean manifest;

    @Option(names = "--repeat", paramLabel = "MANIFEST",
            description = "Make the export of a manifest again; ends with 1 if it is not the same to the byte. TABLE only if it was moved.")
    private Path repeat;

    @Spec
    private CommandSpec spec;

    private final Terminal terminal;

    ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (out.isBlank()) {
            throw misuse("Option '--out' names no file");
        }
        if (manifest && out.equals("-")) {
            throw misuse("Option '--manifest' needs a file (expected --out FILE, actual --out -)");
        }
        try (StopSignal stop = StopSignal.watch()) {
            return repeat == null ? export() : again();
        }
    }

    private ParameterException misuse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private int export() {
        if (location == null) {
            throw misuse("Missing required parameter: 'TABLE'");
        }
        CsvExport export = CsvExport.of(PointInTime.of(table(location), when), new Question(columns, where, from, to, timeColumn, sort, zone)).format(format());
        if (out.equals("-")) {
            export.write(terminal.results(), silent());
        } else {
            done(manifest ? export.writeWithManifest(Path.of(out), progress()) : export.write(Path.of(out), progress()));
        }
        return 0;
    }

    private int again() {
        List<String> known = List.of("--out", "-o", "--repeat");
        spec.commandLine().getParseResult().matchedOptions().stream().filter(option -> !known.contains(option.longestName())).findFirst().ifPresent(option -> {
            throw misuse("Option '" + option.longestName() + "' cannot go with '--repeat': the manifest says it all");
        });
        if (out.equals("-")) {
            throw misuse("Option '--repeat' needs a file (expected --out FILE, actual --out -)");
        }
        Manifest before = Manifest.read(repeat);
        done(CsvExport.again(before, table(location == null ? before.table() : location).snapshot(before.version()), Path.of(out), progress()));
        return 0;
    }

    private static Table table(String location) {
        return Lake.at(location).table("");
    }

    private CsvFormat format() {
        char inNumbers = decimal == null ? '.' : decimal;
        char between = delimiter != null ? delimiter : inNumbers == ',' ? ';' : ',';
        return CsvFormat.STANDARD.signs(between, inNumbers).times(zone, times).bom(bom).gzip(gzip).defused(defused);
    }

    private static CsvExport.Progress silent() {
        return (rows, total) -> { };
    }

    private CsvExport.Progress progress() {
        return terminal.interactive() ? this::show : silent();
    }

    private void show(long rows, long total) {
        terminal.err().print("\r" + rows + " rows" + (total > 0 ? " of " + total + " (" + rows * PERCENT / total + " %)" : ""));
        terminal.err().flush();
    }

    private void done(CsvExport.Written written) {
        if (terminal.interactive()) {
            terminal.err().println("\r" + written.rows() + " rows written to " + out + " ".repeat(20));
        }
    }

    /** One sign, or the name of a tab. */
    static final class Sign implements ITypeConverter<Character> {
        @Override
        public Character convert(String text) {
            String sign = text.equals("tab") || text.equals("\\t") ? "\t" : text;
            if (sign.length() != 1) {
                throw new TypeConversionException("'" + text + "' is not one sign (expected , ; | . or tab)");
            }
            return sign.charAt(0);
        }
    }

    /** A time zone. */
    static final class Zone implements ITypeConverter<ZoneId> {
        @Override
        public ZoneId convert(String text) {
            try {
                ZoneId zone = ZoneId.of(text);
                return zone.normalized().equals(ZoneOffset.UTC) ? ZoneOffset.UTC : zone;
            } catch (DateTimeException e) {
                throw new TypeConversionException("'" + text + "' is no time zone (expected UTC, Europe/Berlin or +01:00)");
            }
        }
    }

    /** How times are written. */
    static final class Style implements ITypeConverter<CsvFormat.TimeStyle> {
        @Override
        public CsvFormat.TimeStyle convert(String text) {
            return switch (text) {
                case "iso" -> CsvFormat.TimeStyle.ISO;
                case "plain" -> CsvFormat.TimeStyle.PLAIN;
                default -> throw new TypeConversionException("'" + text + "' is no way to write times (expected iso or plain)");
            };
        }
    }
}
