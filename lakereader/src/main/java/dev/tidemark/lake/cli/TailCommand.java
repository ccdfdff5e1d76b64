package dev.tidemark.lake.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidemark.lake.Commit;
import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Effect;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.Tail;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

@Command(name = "tail", description = "Follows a table: a line for each commit, as soon as it is there. Ends on Ctrl-C.")
final class TailCommand extends TableCommand {

    @Option(names = "--from-version", paramLabel = "N", description = "Begin with this version. Default: the next that comes.")
    private Long from;

    @Option(names = {"-n", "--count"}, paramLabel = "N", description = "End after so many commits.")
    private long count = Long.MAX_VALUE;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    TailCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Table table = table();
        long latest = table.latestVersion();
        if (from != null && (from < 0 || from > latest + 1)) {
            throw new LakeException(Reason.VERSION_GONE, "Cannot follow " + table.location() + " from version " + from
                    + ": there is none yet (expected 0 to " + (latest + 1) + ", actual " + from + ")");
        }
        if (count <= 0) {
            return 0;
        }
        Lines lines = new Lines(table);
        try (Tail tail = table.follow(from == null ? latest : from - 1, lines)) {
            lines.ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (lines.failure instanceof Error error) {
            throw error;
        }
        if (lines.failure != null) {
            throw lines.failure instanceof RuntimeException own ? own : new IllegalStateException(lines.failure);
        }
        return 0;
    }

    /** Prints what a tail hears, on the tail's thread. */
    private final class Lines implements Tail.Listener {
        private final Table table;
        private final CountDownLatch ended = new CountDownLatch(1);
        private long left = count;
        private volatile Throwable failure;

        private Lines(Table table) {
            this.table = table;
        }

        @Override
        public void committed(Commit commit) {
            if (left == 0) {
                return;
            }
            Effect effect = effect(commit);
            print(json ? json(effect) : text(effect));
            if (--left == 0) {
                ended.countDown();
            }
        }

        private Effect effect(Commit commit) {
            try {
                return table.travel().effect(commit.version());
            } catch (LakeException gone) {
                // The version before cannot be rebuilt, or is of a protocol not known: how many rows went is not known, either.
                return Effect.of(commit);
            }
        }

        private void print(String line) {
            terminal.out().println(line);
            if (terminal.flush().isPresent()) {
                left = 0;
                ended.countDown();
            }
        }

        @Override
        public void fellBehind(long lastHeard, Snapshot state) {
            gap(lastHeard, state.version());
        }

        @Override
        public void fellBehind(long resumeAt) {
            gap(-1, resumeAt);
        }

        private void gap(long lastHeard, long resumeAt) {
            if (json) {
                print(Values.json(out -> {
                    out.writeObjectFieldStart("gap");
                    Values.count(out, "lastHeard", lastHeard);
                    out.writeNumberField("resumedAt", resumeAt);
                    out.writeEndObject();
                }));
            } else {
                terminal.err().println("tidemark-lake: the commits up to version " + resumeAt + " are there no more; going on after it");
            }
        }

        @Override
        public void failed(LakeException problem) {
            terminal.err().println("tidemark-lake: " + problem.getMessage());
        }

        @Override
        public void recovered() {
            terminal.err().println("tidemark-lake: " + table.location() + " can be read again");
        }

        @Override
        public void ended(Throwable cause) {
            failure = cause;
            ended.countDown();
        }
    }

    private static String text(Effect effect) {
        Commit commit = effect.commit();
        StringBuilder line = new StringBuilder().append(commit.version()).append("  ").append(commit.committedAt()).append("  ").append(commit.operation()).append(": ");
        int start = line.length();
        boolean both = !effect.rewritten().isEmpty() && !commit.removed().isEmpty();
        if (!effect.appended().isEmpty()) {
            line.append('+').append(rows(effect.appended()));
        } else if (both) {
            line.append(effect.isWhole() ? rows(effect.removed()) : commit.removed().size() + " files")
                    .append(commit.dataChange() ? " became " : " rewritten as ").append(rows(effect.rewritten()));
        } else if (!effect.rewritten().isEmpty()) {
            line.append(rows(effect.rewritten())).append(" in another arrangement");
        } else if (!commit.removed().isEmpty()) {
            line.append('-').append(effect.isWhole() ? rows(effect.removed()) : commit.removed().size() + " files");
        }
        if (commit.metadataChange()) {
            line.append(line.length() == start ? "" : ", ").append("new schema or properties");
        }
        return (line.length() == start ? line.append("no rows") : line).toString().replaceAll("\\p{Cntrl}", " ");
    }

    private static String rows(List<DataFile> files) {
        long rows = Effect.rows(files);
        return (rows < 0 ? "?" : rows) + (rows == 1 ? " row in " : " rows in ") + files.size() + (files.size() == 1 ? " file" : " files");
    }

    private static String json(Effect effect) {
        Commit commit = effect.commit();
        return Values.json(out -> {
            out.writeNumberField("version", commit.version());
            out.writeStringField("timestamp", commit.committedAt().toString());
            out.writeStringField("operation", commit.operation());
            out.writeStringField("kind", commit.kind().name().toLowerCase(Locale.ROOT));
            files(out, "appended", effect.appended());
            files(out, "rewritten", effect.rewritten());
            out.writeObjectFieldStart("removed");
            out.writeNumberField("files", commit.removed().size());
            Values.count(out, "rows", effect.isWhole() ? Effect.rows(effect.removed()) : -1);
            Values.count(out, "bytes", effect.isWhole() ? Effect.bytes(effect.removed()) : -1);
            out.writeEndObject();
            if (effect.growth().isPresent()) {
                out.writeNumberField("growth", effect.growth().getAsLong());
            } else {
                out.writeNullField("growth");
            }
            out.writeBooleanField("dataChange", commit.dataChange());
            out.writeStringField("engine", commit.engine());
            out.writeStringField("userMetadata", commit.userMetadata());
            Values.texts(out, "metrics", commit.metrics());
        });
    }

    private static void files(JsonGenerator out, String name, List<DataFile> files) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeNumberField("files", files.size());
        Values.count(out, "rows", Effect.rows(files));
        out.writeNumberField("bytes", Effect.bytes(files));
        out.writeEndObject();
    }
}
