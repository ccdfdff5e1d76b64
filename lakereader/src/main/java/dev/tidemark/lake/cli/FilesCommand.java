package dev.tidemark.lake.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.DeletionVector;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Type;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

@Command(name = "files", description = "Lists the data files of a table: sizes, rows, partitions; as JSON with their statistics.")
final class FilesCommand extends TableCommand {

    @ArgGroup
    private PointInTime when;

    @Option(names = "--json", description = "One JSON object a line, with the smallest and largest value of each column and its nulls.")
    private boolean json;

    FilesCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Snapshot snapshot = PointInTime.of(table(), when);
        if (json) {
            snapshot.files().forEach(file -> terminal.out().println(json(snapshot, file)));
            return 0;
        }
        TextTable text = new TextTable("FILE", ">BYTES", ">ROWS", ">DELETED", "WRITTEN", "PARTITION");
        for (DataFile file : snapshot.files()) {
            text.row(name(snapshot, file), file.size(), file.statistics().map(noted -> String.valueOf(noted.rows())).orElse("?"), deleted(file) == 0 ? "" : deleted(file),
                    file.modified().truncatedTo(ChronoUnit.SECONDS), file.partition().entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(", ")));
        }
        text.print(terminal.out());
        return 0;
    }

    private static long deleted(DataFile file) {
        return file.deletions().map(DeletionVector::rows).orElse(0L);
    }

    /** Relative to the table where it lies in it. */
    private static String name(Snapshot snapshot, DataFile file) {
        int at = file.location().indexOf(snapshot.table() + "/");
        return at < 0 ? file.location() : file.location().substring(at + snapshot.table().length() + 1);
    }

    private static String json(Snapshot snapshot, DataFile file) {
        Map<String, Type> types = new TreeMap<>();
        snapshot.schema().fields().forEach(field -> collect("", field, types));
        return Values.json(out -> {
            out.writeStringField("file", name(snapshot, file));
            out.writeNumberField("bytes", file.size());
            Values.count(out, "rows", file.statistics().map(DataFile.Statistics::rows).orElse(-1L));
            out.writeNumberField("deletedRows", deleted(file));
            out.writeStringField("written", file.modified().toString());
            Values.texts(out, "partition", file.partition());
            if (file.statistics().isPresent()) {
                values(out, "min", file.statistics().get().min(), types);
                values(out, "max", file.statistics().get().max(), types);
                out.writeObjectFieldStart("nulls");
                for (Map.Entry<String, Long> nulls : new TreeMap<>(file.statistics().get().nullCount()).entrySet()) {
                    out.writeNumberField(nulls.getKey(), nulls.getValue());
                }
                out.writeEndObject();
            }
        });
    }

    /** By the names that the files and their statistics use. */
    private static void collect(String prefix, Schema.Field field, Map<String, Type> types) {
        String name = prefix + field.stored().name();
        types.put(name, field.type());
        if (field.type() instanceof Type.Struct struct) {
            struct.fields().forEach(inner -> collect(name + ".", inner, types));
        }
    }

    private static void values(JsonGenerator out, String name, Map<String, Object> values, Map<String, Type> types) throws IOException {
        out.writeObjectFieldStart(name);
        for (Map.Entry<String, Object> value : new TreeMap<>(values).entrySet()) {
            Values.field(out, value.getKey(), value.getValue(), types.get(value.getKey()));
        }
        out.writeEndObject();
    }
}
