package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Bounds;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.scan.Scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Reads rows of {@code bronze/events} or {@code silver/readings} in the order in which they were processed: by {@code ingested_at}, which
 * every polled batch has its own of, then {@code offset}. A file is opened, and a row group read, when its first row may be the next one; so no more is in
 * memory than the row groups whose times overlap there, whether a file holds a second or, compacted, a day.
 */
final class InOrder {

    /** Takes rows. */
    interface Consumer {
        /** Row {@code row} of a batch. Rows of one batch object can be told apart by identity. */
        void accept(Batch batch, int row);
    }

    private final Scan scan;
    private final Consumer consumer;
    /** What is not read yet, by the earliest time that it may hold. */
    private final PriorityQueue<Unread> unread = new PriorityQueue<>(Comparator.comparingLong(Unread::from));
    private final PriorityQueue<Run> runs = new PriorityQueue<>(Run::compare);
    private final List<Opened> opened = new ArrayList<>();

    private InOrder(Scan scan, Consumer consumer) {
        this.scan = scan;
        this.consumer = consumer;
    }

    /** @param scan with the columns {@code ingested_at} and {@code offset} among others */
    static void read(Scan scan, Consumer consumer) {
        InOrder reading = new InOrder(scan, consumer);
        try {
            reading.read();
        } finally {
            reading.opened.forEach(file -> file.groups.close());
        }
    }

    /** A file, or one of its row groups, that is not read yet. */
    private record Unread(long from, Runnable read) {
    }

    /** A file of which row groups are not read yet. */
    private static final class Opened {
        private final Scan.RowGroups groups;
        private int left;

        Opened(Scan.RowGroups groups) {
            this.groups = groups;
            this.left = groups.size();
        }
    }

    private void read() {
        scan.filesToRead().forEach(file -> unread.add(new Unread(from(file), () -> open(file))));
        while (!unread.isEmpty() || !runs.isEmpty()) {
            while (!unread.isEmpty() && (runs.isEmpty() || unread.peek().from <= runs.peek().time())) {
                unread.poll().read.run();
            }
            if (!runs.isEmpty()) {
                emit(runs.poll());
            }
        }
    }

    private static long from(DataFile file) {
        return file.statistics().map(statistics -> statistics.min().get("ingested_at")).filter(Long.class::isInstance).map(Long.class::cast).orElse(Long.MIN_VALUE);
    }

    private void open(DataFile file) {
        Opened it = new Opened(scan.groups(file));
        opened.add(it);
        for (int group = 0; group < it.groups.size(); group++) {
            int number = group;
            Optional<Bounds> bounds = it.groups.bounds(group, "ingested_at");
            long from = bounds.map(Bounds::min).filter(Long.class::isInstance).map(Long.class::cast).orElse(from(file));
            unread.add(new Unread(from, () -> read(it, number)));
        }
        closeIfDone(it);
    }

    private void read(Opened file, int group) {
        file.groups.read(group).ifPresent(batch -> runs.add(new Run(batch)));
        file.left--;
        closeIfDone(file);
    }

    private void closeIfDone(Opened file) {
        if (file.left == 0) {
            file.groups.close();
            opened.remove(file);
        }
    }

    private void emit(Run run) {
        long limit = unread.isEmpty() ? Long.MAX_VALUE : unread.peek().from;
        do {
            consumer.accept(run.batch, run.row());
            run.next++;
        } while (run.next < run.batch.rows() && run.time() < limit && (runs.isEmpty() || Run.compare(run, runs.peek()) <= 0));
        if (run.next < run.batch.rows()) {
            runs.add(run);
        }
    }

    /** The rows of one batch, each in its turn. */
    private static final class Run {

        private final Batch batch;
        private final long[] ingested;
        private final long[] offsets;
        private final Integer[] order;
        private int next;

        Run(Batch batch) {
            this.batch = batch;
            this.ingested = ((Column.Longs) batch.column("ingested_at")).values();
            this.offsets = ((Column.Longs) batch.column("offset")).values();
            this.order = sorted() ? null : order();
        }

        private boolean sorted() {
            for (int i = 1; i < batch.rows(); i++) {
                if (ingested[i] < ingested[i - 1] || ingested[i] == ingested[i - 1] && offsets[i] < offsets[i - 1]) {
                    return false;
                }
            }
            return true;
        }

        private Integer[] order() {
            Integer[] rows = new Integer[batch.rows()];
            Arrays.setAll(rows, i -> i);
            Arrays.sort(rows, Comparator.<Integer>comparingLong(i -> ingested[i]).thenComparingLong(i -> offsets[i]));
            return rows;
        }

        int row() {
            return order == null ? next : order[next];
        }

        /** When the next row came. */
        long time() {
            return ingested[row()];
        }

        static int compare(Run a, Run b) {
            int byTime = Long.compare(a.time(), b.time());
            return byTime != 0 ? byTime : Long.compare(a.offsets[a.row()], b.offsets[b.row()]);
        }
    }
}
