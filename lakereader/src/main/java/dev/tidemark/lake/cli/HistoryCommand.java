package dev.tidemark.lake.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidemark.lake.Commit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

@Command(name = "history", description = "Tells how a table came to what it holds, oldest commit first.")
final class HistoryCommand extends TableCommand {

    private static final JsonFactory JSON = new JsonFactory();

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    HistoryCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        List<Commit> commits = table().history();
        if (json) {
            commits.forEach(commit -> terminal.out().println(json(commit)));
            return 0;
        }
        TextTable text = new TextTable(">VERSION", "COMMITTED", "OPERATION", "KIND", ">ROWS ADDED", ">FILES ADDED", ">REMOVED", "ENGINE");
        for (Commit commit : commits) {
            text.row(commit.version(), commit.committedAt(), commit.operation(), kind(commit),
                    commit.rowsAdded() < 0 ? "?" : commit.rowsAdded(), commit.added().size(), commit.removed().size(), commit.engine());
        }
        text.print(terminal.out());
        return 0;
    }

    private static String kind(Commit commit) {
        return commit.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String json(Commit commit) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeNumberField("version", commit.version());
            out.writeStringField("timestamp", DateTimeFormatter.ISO_INSTANT.format(commit.committedAt()));
            out.writeStringField("operation", commit.operation());
            out.writeStringField("kind", kind(commit));
            texts(out, "parameters", commit.parameters());
            texts(out, "metrics", commit.metrics());
            out.writeStringField("engine", commit.engine());
            out.writeStringField("userMetadata", commit.userMetadata());
            out.writeBooleanField("dataChange", commit.dataChange());
            out.writeNumberField("filesAdded", commit.added().size());
            out.writeNumberField("filesRemoved", commit.removed().size());
            if (commit.rowsAdded() < 0) {
                out.writeNullField("rowsAdded");
            } else {
                out.writeNumberField("rowsAdded", commit.rowsAdded());
            }
            out.writeObjectFieldStart("transactions");
            for (Map.Entry<String, Long> transaction : commit.transactions().entrySet()) {
                out.writeNumberField(transaction.getKey(), transaction.getValue());
            }
            out.writeEndObject();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void texts(JsonGenerator out, String name, Map<String, String> texts) throws IOException {
        out.writeObjectFieldStart(name);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            out.writeStringField(text.getKey(), text.getValue());
        }
        out.writeEndObject();
    }
}
