package dev.tidemark.lake.cli;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Table;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** A command about one table. */
abstract class TableCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TABLE", description = "The table's folder or URL.")
    private String location;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    final Terminal terminal;

    TableCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    final Table table() {
        return Lake.at(location).table("");
    }
}
