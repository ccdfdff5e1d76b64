package dev.tidemark.lake.cli;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.TimeTravel;
import dev.tidemark.lake.Versions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

@Command(name = "history", description = "Tells how a table came to what it holds, oldest commit first.")
final class HistoryCommand extends TableCommand {

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(names = "--sizes", description = "Also how large the table was then, and whether that version can still be read: its log and all its files are there.")
    private boolean sizes;

    HistoryCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Table table = table();
        List<Commit> commits = table.history();
        Map<Long, TimeTravel.Size> known = new HashMap<>();
        Versions readable = sizes ? table.travel().readable() : null;
        if (sizes) {
            table.travel().sizes(commits.get(commits.size() - 1).version()).forEach(size -> known.put(size.version(), size));
        }
        if (json) {
            commits.forEach(commit -> terminal.out().println(json(commit, known.get(commit.version()), readable)));
            return 0;
        }
        List<String> heading = new ArrayList<>(List.of(">VERSION", "COMMITTED", "OPERATION", "KIND", ">ROWS ADDED", ">FILES ADDED", ">REMOVED", "ENGINE"));
        if (sizes) {
            heading.addAll(List.of(">FILES", ">BYTES", ">ROWS", "READABLE"));
        }
        TextTable text = new TextTable(heading.toArray(String[]::new));
        for (Commit commit : commits) {
            List<Object> cells = new ArrayList<>(Arrays.asList(commit.version(), commit.committedAt(), commit.operation(), kind(commit),
                    commit.rowsAdded() < 0 ? "?" : commit.rowsAdded(), commit.added().size(), commit.removed().size(), commit.engine()));
            if (sizes) {
                TimeTravel.Size size = known.get(commit.version());
                cells.addAll(size == null ? List.of("?", "?", "?") : List.of(size.files(), size.bytes(), size.rows() < 0 ? "?" : size.rows()));
                cells.add(readable.contains(commit.version()) ? "yes" : "no");
            }
            text.row(cells.toArray());
        }
        text.print(terminal.out());
        return 0;
    }

    private static String kind(Commit commit) {
        return commit.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String json(Commit commit, TimeTravel.Size size, Versions readable) {
        return Values.json(out -> {
            out.writeNumberField("version", commit.version());
            out.writeStringField("timestamp", DateTimeFormatter.ISO_INSTANT.format(commit.committedAt()));
            out.writeStringField("operation", commit.operation());
            out.writeStringField("kind", kind(commit));
            Values.texts(out, "parameters", commit.parameters());
            Values.texts(out, "metrics", commit.metrics());
            out.writeStringField("engine", commit.engine());
            out.writeStringField("userMetadata", commit.userMetadata());
            out.writeBooleanField("dataChange", commit.dataChange());
            out.writeNumberField("filesAdded", commit.added().size());
            out.writeNumberField("filesRemoved", commit.removed().size());
            Values.count(out, "rowsAdded", commit.rowsAdded());
            if (readable != null) {
                Values.count(out, "files", size == null ? -1 : size.files());
                Values.count(out, "bytes", size == null ? -1 : size.bytes());
                Values.count(out, "rows", size == null ? -1 : size.rows());
                out.writeBooleanField("readable", readable.contains(commit.version()));
            }
            out.writeObjectFieldStart("transactions");
            for (Map.Entry<String, Long> transaction : commit.transactions().entrySet()) {
                out.writeNumberField(transaction.getKey(), transaction.getValue());
            }
            out.writeEndObject();
        });
    }
}
