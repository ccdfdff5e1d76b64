package dev.tidemark.lake.cli;

import dev.tidemark.lake.export.CsvExport;
import dev.tidemark.lake.scan.Scan;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

@Command(name = "export", description = "Writes the rows of a table as CSV (RFC 4180, UTF-8, header, times in UTC).")
final class ExportCommand extends TableCommand {

    private static final int PERCENT = 100;

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "FILE", description = "Where to; - for standard output.")
    private String out;

    @ArgGroup
    private PointInTime when;

    @Option(names = "--columns", split = ",", paramLabel = "NAME", description = "Only these columns, in this order.")
    private List<String> columns = List.of();

    @Option(names = "--sort", split = ",", paramLabel = "NAME", description = "Sort by these columns, ascending, empty values first.")
    private List<String> sort = List.of();

    @Spec
    private CommandSpec spec;

    ExportCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        if (out.isBlank()) {
            throw new ParameterException(spec.commandLine(), "Option '--out' names no file");
        }
        Scan all = Scan.of(PointInTime.of(table(), when));
        Scan scan = columns.isEmpty() ? all : all.columns(columns);
        CsvExport.Progress progress = terminal.interactive() && !out.equals("-") ? this::show : (rows, total) -> { };
        CountDownLatch ended = new CountDownLatch(1);
        Thread stop = stopOnInterrupt(Thread.currentThread(), ended);
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            if (out.equals("-")) {
                CsvExport.write(scan, sort, terminal.results(), progress);
            } else {
                long rows = CsvExport.write(scan, sort, Path.of(out), progress);
                if (terminal.interactive()) {
                    terminal.err().println("\r" + rows + " rows written to " + out + " ".repeat(20));
                }
            }
            return 0;
        } finally {
            ended.countDown();
            forget(stop);
        }
    }

    /** On Ctrl-C the export is interrupted and given time to take its unfinished file away. */
    private static Thread stopOnInterrupt(Thread export, CountDownLatch ended) {
        return new Thread(() -> {
            export.interrupt();
            try {
                // Not for the thread itself: that goes on to end the process, which has to wait for this hook.
                ended.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "stop");
    }

    private static void forget(Thread stop) {
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException e) {
            // The process is ending already, because of this very hook.
            Thread.currentThread().interrupt();
        }
    }

    private void show(long rows, long total) {
        terminal.err().print("\r" + rows + " rows" + (total > 0 ? " of " + total + " (" + rows * PERCENT / total + " %)" : ""));
        terminal.err().flush();
    }
}
