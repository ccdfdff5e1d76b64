package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.scan.Scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Reads rows of {@code bronze/events} or {@code silver/readings} in the order in which they were processed: by {@code ingested_at}, which
 * every polled batch has its own of, then {@code offset}. Files whose times do not overlap are read one after
 * the other, so that no more than one commit is in memory at a time.
 */
final class InOrder {

    /** Takes rows. */
    interface Consumer {
        /** Row {@code row} of a batch. Rows of one batch object can be told apart by identity. */
        void accept(Batch batch, int row);
    }

    private InOrder() {
    }

    /** @param scan with the columns {@code ingested_at} and {@code offset} among others */
    static void read(Scan scan, Consumer consumer) {
        for (List<DataFile> group : groups(scan.filesToRead())) {
            List<Batch> batches = new ArrayList<>();
            scan.files(group).read(batches::add);
            merge(batches, consumer);
        }
    }

    private record Timed(DataFile file, long from, long to) {
        static Timed of(DataFile file) {
            return file.statistics().filter(s -> s.min().get("ingested_at") instanceof Long && s.max().get("ingested_at") instanceof Long)
                    .map(s -> new Timed(file, (Long) s.min().get("ingested_at"), (Long) s.max().get("ingested_at")))
                    .orElse(new Timed(file, Long.MIN_VALUE, Long.MAX_VALUE));
        }
    }

    private static List<List<DataFile>> groups(List<DataFile> files) {
        List<Timed> sorted = files.stream().map(Timed::of).sorted(Comparator.comparingLong(Timed::from)).toList();
        List<List<DataFile>> groups = new ArrayList<>();
        long end = Long.MIN_VALUE;
        for (Timed timed : sorted) {
            if (groups.isEmpty() || timed.from > end) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(timed.file);
            end = Math.max(end, timed.to);
        }
        return groups;
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

        static int compare(Run a, Run b) {
            int byTime = Long.compare(a.ingested[a.row()], b.ingested[b.row()]);
            return byTime != 0 ? byTime : Long.compare(a.offsets[a.row()], b.offsets[b.row()]);
        }
    }

    private static void merge(List<Batch> batches, Consumer consumer) {
        PriorityQueue<Run> runs = new PriorityQueue<>(Run::compare);
        batches.stream().filter(batch -> batch.rows() > 0).map(Run::new).forEach(runs::add);
        while (!runs.isEmpty()) {
            Run run = runs.poll();
            do {
                consumer.accept(run.batch, run.row());
                run.next++;
            } while (run.next < run.batch.rows() && (runs.isEmpty() || Run.compare(run, runs.peek()) <= 0));
            if (run.next < run.batch.rows()) {
                runs.add(run);
            }
        }
    }
}
