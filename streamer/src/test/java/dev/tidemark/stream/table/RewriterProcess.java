package dev.tidemark.stream.table;

import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Rewrites all files of the example table as one, in a process of its own that ends as if killed where it is told to; with 0 if it comes through. */
final class RewriterProcess {

    static final int KILLED = 77;

    /** Where it ends. */
    enum Step { FILE_BEGUN, FILE_WRITTEN, FILE_FORCED, PUBLISHED, NEVER }

    private RewriterProcess() {
    }

    /** Runs it and gives its exit code. */
    static int run(Path lake, Step step, String... options) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RewriterProcess.class.getName(), lake.toString(), step.name()));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    public static void main(String[] args) {
        Step last = Step.valueOf(args[1]);
        CommitLog log = CommitLog.of(Place.local(Path.of(args[0])).resolve(Example.PATH));
        TableFolder folder = new ForwardingFolder(new LocalFolder(log)) {

            private void at(Step step) {
                if (step == last) {
                    Runtime.getRuntime().halt(KILLED);
                }
            }

            @Override
            public void sync(Collection<String> names) throws IOException {
                at(Step.FILE_WRITTEN);
                super.sync(names);
            }

            @Override
            public boolean publish(long version, List<String> lines, boolean sync) throws IOException {
                at(Step.FILE_FORCED);
                boolean published = super.publish(version, lines, sync);
                at(Step.PUBLISHED);
                return published;
            }
        };
        // Asked after each row group: the first time the file is begun and not whole.
        try (FileRewriter rewriter = new FileRewriter(log, folder, true, Example.CLOCK, () -> {
            if (last == Step.FILE_BEGUN) {
                Runtime.getRuntime().halt(KILLED);
            }
            return false;
        })) {
            rewriter.rewrite(rewriter.files().stream().sorted(Comparator.comparingLong(LiveFile::rows)).toList(), Map.of()).orElseThrow();
        }
    }
}
