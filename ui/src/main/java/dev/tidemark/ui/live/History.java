package dev.tidemark.ui.live;

import dev.tidemark.lake.Table;
import dev.tidemark.ui.task.Slot;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.travel.Mark;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The commits of a table, and which of their versions can be read: what the log holds, and after it whatever comes, without a hole between the two. Belongs to the
 * thread that owns the screen.
 */
final class History {

    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    private final Table table;
    private final Feed.Listener listener;
    private final Consumer<Throwable> failed;
    private final Slot commits;
    private final Slot readable;
    /** What came while the log was being read: it may be missing in what was read. */
    private final List<Mark> meanwhile = new ArrayList<>();

    /** @param failed hears why the log cannot be read */
    History(Table table, Tasks tasks, Feed.Listener listener, Consumer<Throwable> failed) {
        this.table = table;
        this.listener = listener;
        this.failed = failed;
        this.commits = new Slot(tasks);
        this.readable = new Slot(tasks);
    }

    /** Reads the log, for the first time or because it was cut. */
    void read() {
        meanwhile.clear();
        commits.ask(progress -> table.history().stream().map(Mark::of).toList(), marks -> {
            listener.history(marks);
            meanwhile.forEach(listener::committed);
            lookForFiles();
        }, problem -> {
            failed.accept(problem);
            meanwhile.forEach(listener::committed);
        });
    }

    /** A commit came. It is told after those that were there before it. */
    void came(Mark mark) {
        if (commits.busyProperty().get()) {
            meanwhile.add(mark);
        } else {
            listener.committed(mark);
        }
        if (mark.operation().startsWith("VACUUM")) {
            lookForFiles();
        }
    }

    /** Knowing of no file that is gone is no reason to tell the operator: then a version tells so itself when it is read. */
    private void lookForFiles() {
        readable.ask(progress -> table.travel().readable(), listener::readable, told -> LOG.info("Cannot tell which versions can be read: {}", told.getMessage()));
    }

    /** Ends what is being read. */
    void close() {
        commits.cancel();
        readable.cancel();
    }
}
