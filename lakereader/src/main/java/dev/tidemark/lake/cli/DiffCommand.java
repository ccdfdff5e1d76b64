package dev.tidemark.lake.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.diff.Diff;
import dev.tidemark.lake.diff.RowChange;
import dev.tidemark.lake.scan.TimeText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;

@Command(name = "diff", description = "Shows which rows of a table came (+), went (-) or changed (~) between two versions.",
        footer = {"", "Rows are told apart by a key: --key, or that of the tables a streamer writes. Without one they are compared whole.",
            "Files that both versions have are not read; files that hold the same rows in another arrangement give no difference."})
final class DiffCommand extends TableCommand {

    @Parameters(index = "1", paramLabel = "BEFORE", description = "The older version: its number, or a time.")
    private String before;

    @Parameters(index = "2", arity = "0..1", paramLabel = "AFTER", description = "The newer one. Default: the newest.")
    private String after;

    @Option(names = "--key", split = ",", paramLabel = "NAME", description = "The columns that tell rows apart.")
    private List<String> key;

    @Option(names = "--where", paramLabel = "CONDITION", description = "Only rows that satisfy this, as for export; what a version does not have is null there.")
    private String where;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(names = "--summary", description = "Only how many.")
    private boolean summary;

    @Spec
    private CommandSpec spec;

    DiffCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Table table = table();
        Snapshot older = snapshot(table, before);
        Snapshot newer = after == null ? table.snapshot() : snapshot(table, after);
        Diff diff = Diff.between(older, newer);
        Diff some = where == null ? diff : diff.where(where, ZoneOffset.UTC);
        Diff chosen = key == null ? some : some.key(key);
        Lines lines = new Lines(chosen, newer.schema(), older.schema());
        Diff.Summary found;
        try (StopSignal stop = StopSignal.watch()) {
            found = chosen.run(change -> {
                if (!summary) {
                    terminal.out().println(json ? lines.json(change) : lines.text(change));
                    if (terminal.abandoned()) {
                        throw new CancellationException("Nobody reads on");
                    }
                }
            }, (rows, total) -> { });
        }
        if (summary && json) {
            terminal.out().println(Values.json(out -> {
                out.writeNumberField("before", older.version());
                out.writeNumberField("after", newer.version());
                out.writeNumberField("added", found.added());
                out.writeNumberField("removed", found.removed());
                out.writeNumberField("changed", found.changed());
                out.writeNumberField("filesRead", found.read());
                out.writeNumberField("filesShared", found.shared());
            }));
        } else if (summary || terminal.interactive()) {
            (summary ? terminal.out() : terminal.err()).println("version " + older.version() + " to " + newer.version() + ": " + found.added() + " added, "
                    + found.removed() + " removed, " + found.changed() + " changed (" + found.read() + " files read, " + found.shared() + " in both)");
        }
        return 0;
    }

    private Snapshot snapshot(Table table, String point) {
        if (point.matches("\\d{1,18}")) {
            return table.snapshot(Long.parseLong(point));
        }
        try {
            return table.snapshot(TimeText.instant(point, ZoneOffset.UTC));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "'" + point + "' is no version (expected a number or a time, as 12 or '2024-11-12 10:30:00')", e);
        }
    }

    /** Changes as lines. */
    private record Lines(List<Schema.Field> columns, int keys) {

        private Lines(Diff diff, Schema newer, Schema older) {
            this(diff.columns().stream().map(name -> newer.field(name).or(() -> older.field(name)).orElseThrow()).toList(), diff.key().size());
        }

        private String text(RowChange change) {
            StringBuilder line = new StringBuilder(switch (change.kind()) {
                case ADDED -> "+";
                case REMOVED -> "-";
                case CHANGED -> "~";
            });
            List<Object> row = change.after() == null ? change.before() : change.after();
            int shown = change.kind() == RowChange.Kind.CHANGED ? keys : columns.size();
            for (int i = 0; i < shown; i++) {
                line.append(i == 0 ? " " : ", ").append(columns.get(i).name()).append('=').append(Values.text(row.get(i), columns.get(i).type()));
            }
            String separator = ": ";
            for (int i : change.cells()) {
                line.append(separator).append(columns.get(i).name()).append(' ').append(Values.text(change.before().get(i), columns.get(i).type())).append(" -> ")
                        .append(Values.text(change.after().get(i), columns.get(i).type()));
                separator = ", ";
            }
            return line.toString().replaceAll("\\p{Cntrl}", " ");
        }

        private String json(RowChange change) {
            return Values.json(out -> {
                out.writeStringField("kind", change.kind().name().toLowerCase(Locale.ROOT));
                if (change.kind() != RowChange.Kind.CHANGED) {
                    row(out, "row", change.after() == null ? change.before() : change.after(), columns.size());
                    return;
                }
                row(out, "key", change.after(), keys);
                out.writeObjectFieldStart("cells");
                for (int i : change.cells()) {
                    out.writeObjectFieldStart(columns.get(i).name());
                    Values.field(out, "before", change.before().get(i), columns.get(i).type());
                    Values.field(out, "after", change.after().get(i), columns.get(i).type());
                    out.writeEndObject();
                }
                out.writeEndObject();
            });
        }

        private void row(JsonGenerator out, String name, List<Object> row, int width) throws IOException {
            out.writeObjectFieldStart(name);
            for (int i = 0; i < width; i++) {
                Values.field(out, columns.get(i).name(), row.get(i), columns.get(i).type());
            }
            out.writeEndObject();
        }
    }
}
