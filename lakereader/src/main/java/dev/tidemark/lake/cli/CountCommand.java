package dev.tidemark.lake.cli;

import dev.tidemark.lake.scan.Scan;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

@Command(name = "count", description = "Counts the rows of a table.")
final class CountCommand extends TableCommand {

    @ArgGroup
    private PointInTime when;

    CountCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        terminal.out().println(Scan.of(PointInTime.of(table(), when)).count());
        return 0;
    }
}
