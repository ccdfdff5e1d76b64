package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.Tail;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Scan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Follows a table from its first version on and reads every file when it comes, as a streaming reader does. Notes whatever no reader should meet. Thread-safe. */
public final class TableFollower implements Tail.Listener, AutoCloseable {

    private final Table table;
    private final Tail tail;
    private final Map<String, List<String>> rows = new HashMap<>();
    private final List<String> mistakes = new ArrayList<>();
    private int rewrites;
    private long version = -1;

    public TableFollower(Table table) {
        this.table = table;
        this.tail = table.follow(-1, this);
    }

    @Override
    public synchronized void committed(Commit commit) {
        if (commit.version() != version + 1) {
            mistakes.add("version " + commit.version() + " after " + version);
        }
        version = commit.version();
        List<String> came = new ArrayList<>();
        try {
            Snapshot snapshot = commit.added().isEmpty() ? null : table.snapshot(version);
            for (DataFile file : commit.added()) {
                List<String> read = rows(snapshot, file);
                came.addAll(read);
                if (rows.put(file.location(), read) != null) {
                    mistakes.add(file.location() + " came twice");
                }
            }
        } catch (LakeException e) {
            mistakes.add("version " + version + ": " + e.getMessage());
        }
        List<String> went = new ArrayList<>();
        for (String file : commit.removed()) {
            List<String> gone = rows.remove(file);
            if (gone == null) {
                mistakes.add(file + " went and was not there");
            } else {
                went.addAll(gone);
            }
        }
        if (commit.kind() == Commit.Kind.REWRITE) {
            rewrites++;
            if (!sorted(came).equals(sorted(went))) {
                mistakes.add("version " + version + " says that no row changes, and " + went.size() + " rows became " + came.size() + " others");
            }
        }
        notifyAll();
    }

    /** The rows of a file, without columns that have no value: one that comes later changes no row. */
    private static List<String> rows(Snapshot snapshot, DataFile file) {
        List<String> rows = new ArrayList<>();
        Scan.of(snapshot).cache(new ColumnCache(0)).files(List.of(file)).read(batch -> {
            for (int row = 0; row < batch.rows(); row++) {
                rows.add(row(batch, row));
            }
        });
        return rows;
    }

    private static String row(Batch batch, int row) {
        Map<String, Object> values = new TreeMap<>();
        for (int column = 0; column < batch.names().size(); column++) {
            Object value = batch.columns().get(column).value(row);
            if (value != null) {
                values.put(batch.names().get(column), value instanceof Map<?, ?> map ? new TreeMap<>(map) : value);
            }
        }
        return values.toString();
    }

    private static List<String> sorted(Collection<String> rows) {
        List<String> sorted = new ArrayList<>(rows);
        Collections.sort(sorted);
        return sorted;
    }

    @Override
    public synchronized void fellBehind(long resumeAt) {
        mistakes.add("fell behind");
    }

    @Override
    public synchronized void failed(LakeException problem) {
        // Until its first version the table is not there.
        if (version >= 0) {
            mistakes.add(problem.getMessage());
        }
    }

    @Override
    public void recovered() {
        // told before that it failed
    }

    /** Waits until it has heard of the newest version, which is given. */
    public synchronized Snapshot await() throws InterruptedException {
        Snapshot newest = table.snapshot();
        while (version < newest.version()) {
            wait();
        }
        return newest;
    }

    /** Waits likewise, and tells what was wrong: nothing if all it saw came to the rows that the table has. */
    public synchronized List<String> mistakes() throws InterruptedException {
        Snapshot newest = await();
        List<String> expected = new ArrayList<>();
        newest.files().forEach(file -> expected.addAll(rows(newest, file)));
        List<String> all = new ArrayList<>(mistakes);
        List<String> held = new ArrayList<>();
        rows.values().forEach(held::addAll);
        if (!sorted(held).equals(sorted(expected))) {
            all.add("holds " + held.size() + " rows, and the table has " + expected.size() + ", or others");
        }
        return all;
    }

    /** How many commits it has heard of that changed no row. */
    public synchronized int rewrites() {
        return rewrites;
    }

    @Override
    public void close() {
        tail.close();
    }
}
