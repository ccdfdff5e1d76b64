package dev.tidemark.lake.bench;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.Tail;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.LogListing;
import dev.tidemark.lake.log.Place;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.standalone.DeltaLog;
import org.apache.hadoop.conf.Configuration;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a warm program waits for: a long log, a new commit, the last hour of a large table. Milliseconds of wall clock, and of CPU of the thread that does it. */
final class OpenFigures {

    private static final List<String> COLUMNS = List.of("window_start", "device_id", "measure", "count", "avg");
    private static final LocalDate DAY = LocalDate.of(2026, 1, 1);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private OpenFigures() {
    }

    private interface Timed {
        long run() throws Exception;
    }

    private static void line(String what, int times, Timed work) throws Exception {
        double[] wall = new double[times];
        double[] cpu = new double[times];
        long answer = 0;
        for (int i = 0; i < times; i++) {
            long before = THREADS.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            answer = work.run();
            wall[i] = (System.nanoTime() - start) / 1e6;
            cpu[i] = (THREADS.getCurrentThreadCpuTime() - before) / 1e6;
        }
        print(what + " (" + answer + ")", wall, cpu);
    }

    /** The first half is warming up. */
    private static void print(String what, double[] wall, double[] cpu) {
        double[] warm = sorted(wall);
        double[] warmCpu = sorted(cpu);
        System.out.printf("%-58s p50 %8.2f ms   p99 %8.2f ms   least %8.2f ms   CPU p50 %8.2f ms   p99 %8.2f ms%n", what, warm[warm.length / 2], warm[warm.length * 99 / 100], warm[0],
                warmCpu[warmCpu.length / 2], warmCpu[warmCpu.length * 99 / 100]);
    }

    private static double[] sorted(double[] all) {
        double[] warm = Arrays.copyOfRange(all, all.length / 2, all.length);
        Arrays.sort(warm);
        return warm;
    }

    /** Ten thousand versions that left a thousand files: each tenth commit merges the files of those before it. */
    static void open(Path folder) throws Exception {
        int versions = 10_000;
        Path log = Files.createDirectories(folder.resolve(CommitLog.FOLDER));
        List<String> head = new ArrayList<>(GoldTable.head());
        head.add(0, "{\"commitInfo\":{\"timestamp\":1767225600000,\"operation\":\"WRITE\"}}");
        Files.write(log.resolve(LogListing.commitName(0)), head);
        for (int version = 1; version < versions; version++) {
            List<String> lines = new ArrayList<>(List.of("{\"commitInfo\":{\"timestamp\":" + (1767225600000L + version) + ",\"operation\":\"WRITE\"}}"));
            if (version % 10 == 0) {
                for (int old = version - 9; old < version; old++) {
                    lines.add("{\"remove\":{\"path\":\"f" + old + ".parquet\",\"deletionTimestamp\":1,\"dataChange\":false}}");
                }
            }
            lines.add(GoldTable.add("f" + version + ".parquet", DAY, 10_000, 500, version * 60_000_000L, version * 60_000_000L));
            Files.write(log.resolve(LogListing.commitName(version)), lines);
            if (version == versions - 100) {
                GoldTable.checkpoint(folder);
            }
        }
        String path = folder.toString();
        System.out.printf("%nopening a table of %,d versions (a checkpoint 100 before the last); in brackets its files%n", versions);
        line("lakereader", 120, () -> Lake.at(path).table("").snapshot().files().size());
        line("Delta Kernel, snapshot and files", 40, () -> {
            Engine engine = DefaultEngine.create(new Configuration());
            long files = 0;
            try (CloseableIterator<FilteredColumnarBatch> batches = io.delta.kernel.Table.forPath(engine, path).getLatestSnapshot(engine).getScanBuilder().build().getScanFiles(engine)) {
                while (batches.hasNext()) {
                    try (var rows = batches.next().getRows()) {
                        while (rows.hasNext()) {
                            rows.next();
                            files++;
                        }
                    }
                }
            }
            return files;
        });
        line("delta-standalone, snapshot and files", 40, () -> DeltaLog.forTable(new Configuration(), path).snapshot().getAllFiles().size());
        GoldTable.delete(folder);
    }

    /** From the moment a commit of 500 rows is there until a follower has its five columns decoded. */
    static void tail(Path folder) throws Exception {
        int commits = 600;
        CommitLog log = CommitLog.of(Place.local(folder));
        log.publish(0, GoldTable.head(), false);
        Table table = Lake.at(folder.toString()).table("");
        Snapshot base = table.snapshot();
        long[] published = new long[commits + 1];
        double[] delays = new double[commits];
        double[] cpu = new double[commits];
        long[] rows = new long[1];
        CountDownLatch all = new CountDownLatch(commits);
        ColumnCache cache = new ColumnCache(16 << 20);
        try (Tail tail = table.follow(0, new Tail.Listener() {
            private long before;

            @Override
            public void committed(Commit commit) {
                Batch batch = Scan.of(base).cache(cache).files(commit.added()).columns(COLUMNS).readAll();
                rows[0] += batch.rows();
                long now = THREADS.getCurrentThreadCpuTime();
                cpu[(int) commit.version() - 1] = (now - before) / 1e6;
                before = now;
                delays[(int) commit.version() - 1] = (System.nanoTime() - published[(int) commit.version()]) / 1e6;
                all.countDown();
            }

            @Override
            public void fellBehind(long resumeAt) {
                throw new IllegalStateException("fell behind");
            }

            @Override
            public void failed(LakeException problem) {
                throw problem;
            }

            @Override
            public void recovered() {
            }
        })) {
            for (int version = 1; version <= commits; version++) {
                Path file = folder.resolve("f" + version + ".parquet");
                GoldTable.write(file, version * 60_000_000L, 1, version);
                List<String> add = List.of(GoldTable.add(file.getFileName().toString(), DAY, Files.size(file), 500, version * 60_000_000L, version * 60_000_000L));
                published[version] = System.nanoTime();
                log.publish(version, add, false);
                TimeUnit.MILLISECONDS.sleep(20);
            }
            all.await();
        }
        System.out.printf("%na commit of 500 rows until a follower has five columns of it decoded, publishing included (in brackets rows; CPU is the follower's, idling included)%n");
        print("tail and scan (" + rows[0] + ")", delays, cpu);
        GoldTable.delete(folder);
    }

    /** The last hour of a hundred million rows, nothing of it in the cache. */
    static void hour(Path folder) throws Exception {
        int days = 139;
        GoldTable table = new GoldTable(folder);
        Path older = table.day(0);
        for (int day = 1; day < days - 1; day++) {
            table.link(day, older);
        }
        Path last = table.day(days - 1);
        table.commit();
        long end = GoldTable.start(days);
        Instant from = Instant.EPOCH.plus(end, ChronoUnit.MICROS).minus(1, ChronoUnit.HOURS);
        Snapshot snapshot = Lake.at(folder.toString()).table("").snapshot();
        System.out.printf("%nthe last hour of %,d rows in %d files, five columns, nothing cached (in brackets rows)%n", snapshot.rows(), days);
        line("scan", 60, () -> hour(snapshot, from));
        line("the table opened, then scanned", 60, () -> hour(Lake.at(folder.toString()).table("").snapshot(), from));
        Optional<Connection> duck = Peers.duck(1);
        if (duck.isPresent()) {
            String files = "read_parquet('" + folder + "/*/*.parquet', hive_partitioning=false)";
            String where = " WHERE window_start >= make_timestamptz(" + (end - 3_600_000_000L) + ")";
            line("DuckDB, the last file alone, aggregate", 30, () -> duck(duck.get(), Peers.parquet(List.of(last)), where));
            line("DuckDB, all files by their footers, aggregate", 4, () -> duck(duck.get(), files, where));
        }
        table.delete();
    }

    private static long duck(Connection duck, String from, String where) throws Exception {
        Peers.one(duck, "SELECT count(*), max(window_start), count(device_id), count(measure), sum(count), sum(avg) FROM " + from + where);
        return 0;
    }

    private static long hour(Snapshot snapshot, Instant from) throws IOException {
        return Scan.of(snapshot).cache(new ColumnCache(0)).columns(COLUMNS).where(Condition.between("window_start", from, null)).readAll().rows();
    }
}
