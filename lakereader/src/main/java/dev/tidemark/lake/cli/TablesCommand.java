package dev.tidemark.lake.cli;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;

@Command(name = "tables", description = "Lists the tables of a lake.")
final class TablesCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ROOT", description = "The lake's folder or URL.")
    private String root;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Terminal terminal;

    TablesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Lake lake = Lake.at(root);
        List<String> paths = lake.tables();
        if (paths.isEmpty()) {
            terminal.err().println("tidemark-lake: " + lake.root() + " holds no tables");
            return 0;
        }
        TextTable text = new TextTable("TABLE", ">VERSION", ">ROWS", ">FILES", ">BYTES", "COMMITTED");
        for (String path : paths) {
            String name = path.isEmpty() ? "." : path;
            try {
                Snapshot now = lake.table(path).snapshot();
                text.row(name, now.version(), now.rows() < 0 ? "?" : now.rows(), now.files().size(), now.bytes(),
                        now.committedAt().truncatedTo(ChronoUnit.SECONDS));
            } catch (LakeException e) {
                text.row(name, "-", "-", "-", "-", e.reason().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
                terminal.err().println("tidemark-lake: " + e.getMessage());
            }
        }
        text.print(terminal.out());
        return 0;
    }
}
