package dev.tidemark.lake.cli;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

@Command(name = "schema", description = "Shows the columns of a table.")
final class SchemaCommand extends TableCommand {

    @ArgGroup
    private PointInTime when;

    SchemaCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Snapshot snapshot = PointInTime.of(table(), when);
        TextTable text = new TextTable("COLUMN", "TYPE", "NULLABLE", "PARTITION");
        for (Schema.Field field : snapshot.schema().fields()) {
            boolean partition = snapshot.partitionColumns().stream().anyMatch(field.name()::equalsIgnoreCase);
            text.row(field.name(), field.type(), field.nullable() ? "yes" : "no", partition ? "yes" : "");
        }
        text.print(terminal.out());
        return 0;
    }
}
