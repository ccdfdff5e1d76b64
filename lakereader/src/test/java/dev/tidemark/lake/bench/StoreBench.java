package dev.tidemark.lake.bench;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.Tail;
import dev.tidemark.lake.azure.AzureAccess;
import dev.tidemark.lake.azure.Certificates;
import dev.tidemark.lake.azure.DfsGate;
import dev.tidemark.lake.azure.DfsServer;
import dev.tidemark.lake.azure.DfsServer.Answered;
import dev.tidemark.lake.azure.StoreCache;
import dev.tidemark.lake.azure.StoredTable;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.HadoopSettings;
import dev.tidemark.lake.log.LinkLogStore;
import dev.tidemark.lake.log.Place;
import dev.tidemark.lake.scan.Batches;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import io.delta.standalone.DeltaLog;
import io.delta.standalone.internal.DeltaLogImpl;
import org.apache.hadoop.conf.Configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * What a table in a storage account costs: requests and bytes of opening it (1,000 commits, a checkpoint ten before the newest), of its last hour out of a day file
 * of 720,000 rows and out of sixty files of a minute, and of a tail's look; and how long that takes when each request takes 0 and 20 ms.
 * <pre>
 * java -cp "lakereader/target/test-classes:lakereader/target/tidemark-lake/lib/*" dev.tidemark.lake.bench.StoreBench
 * </pre>
 */
public final class StoreBench {

    private static final String KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static final String ROOT = "abfss://lake@bench.dfs.core.windows.net";
    private static final int COMMITS = 1_000;
    private static final int THREADS = 8;
    private static final long MINUTE = 60_000_000L;
    private static final List<String> COLUMNS = List.of("window_start", "device_id", "measure", "avg", "max");

    private final DfsServer server;
    private final Path folder;
    private final CommitLog local;

    private StoreBench(Path folder) throws Exception {
        this.folder = folder;
        this.local = CommitLog.of(Place.local(folder.resolve("gold")));
        this.server = new DfsServer("bench", DfsGate.key("bench", KEY));
    }

    /** Prints a table. */
    public static void main(String[] arguments) throws Exception {
        Certificates.trust();
        Path folder = Files.createTempDirectory("store-bench");
        try {
            new StoreBench(folder).run();
        } finally {
            GoldTable.delete(folder);
        }
        System.exit(0);
    }

    private void run() throws Exception {
        grow();
        StoredTable.copy(folder.resolve("gold"), server.container("lake"), "gold");
        System.out.printf("%-46s %9s %10s %7s %8s   %s%n", "", "requests", "KB", "0 ms", "20 ms", "of them");
        measure();
        List<Result> at0 = measure();
        server.latency(Duration.ofMillis(20));
        List<Result> at20 = measure();
        for (int i = 0; i < at0.size(); i++) {
            Result result = at0.get(i);
            System.out.printf("%-46s %9d %10.1f %7.0f %8.0f   %s%n", result.what, result.answered.size(), result.answered.stream().mapToLong(Answered::bytes).sum() / 1e3,
                    result.millis, at20.get(i).millis, result.kinds());
        }
        System.out.println("Time in ms, warm JVM, client and server on the same cores.");
    }

    private void grow() throws Exception {
        Files.createDirectories(folder.resolve("gold"));
        LocalDate date = LocalDate.of(2026, 1, 1);
        local.publish(0, GoldTable.head(), false);
        for (int version = 1; version <= COMMITS; version++) {
            boolean day = version == 900;
            boolean minute = version > COMMITS - 60;
            Path file = folder.resolve("gold").resolve("part-" + version + ".parquet");
            long start = day ? GoldTable.start(0) : minute ? GoldTable.start(1) + (version - COMMITS + 60) * MINUTE : GoldTable.start(0) - version * 10 * MINUTE;
            if (day || minute) {
                GoldTable.write(file, start, day ? 1440 : 1, version);
            }
            long size = day || minute ? Files.size(file) : 10_000;
            local.publish(version, List.of(GoldTable.add("part-" + version + ".parquet", date, size, day ? 720_000 : 500, start, start + (day ? 1439 : 0) * MINUTE)), false);
            if (version == COMMITS - 10) {
                Configuration settings = HadoopSettings.of(Place.local(folder.resolve("gold")));
                settings.set("delta.logStore.class", LinkLogStore.class.getName());
                ((DeltaLogImpl) DeltaLog.forTable(settings, folder.resolve("gold").toString())).checkpoint();
            }
        }
    }

    private record Result(String what, double millis, List<Answered> answered) {
        String kinds() {
            Map<String, Long> kinds = answered.stream().collect(Collectors.groupingBy(Answered::operation, TreeMap::new, Collectors.counting()));
            return kinds.entrySet().stream().map(kind -> kind.getValue() + " " + kind.getKey()).collect(Collectors.joining(", "));
        }
    }

    private interface Step {
        Object run() throws Exception;
    }

    private Result timed(String what, Step step) throws Exception {
        server.taken();
        long start = System.nanoTime();
        step.run();
        return new Result(what, (System.nanoTime() - start) / 1e6, server.taken());
    }

    private Table table() {
        return Lake.at(ROOT, AzureAccess.key(KEY).endpoint(server.endpoint())).table("gold");
    }

    private static Object rows(Snapshot snapshot, Instant from, Instant to) {
        Scan scan = Scan.of(snapshot).columns(COLUMNS).where(Condition.between("window_start", from, to)).cache(new ColumnCache(0));
        long rows = 0;
        try (Batches batches = scan.batches(THREADS)) {
            while (batches.hasNext()) {
                rows += batches.next().rows();
            }
        }
        if (rows != 30_000) {
            throw new IllegalStateException(rows + " rows");
        }
        return rows;
    }

    private List<Result> measure() throws Exception {
        Path cache = Files.createTempDirectory(folder, "cache");
        StoreCache.use(cache, 512 << 20);
        List<Result> results = new ArrayList<>();
        Table[] table = new Table[1];
        results.add(timed("open, nothing in the cache", () -> {
            table[0] = table();
            return table[0].snapshot();
        }));
        Snapshot now = table[0].snapshot();
        Instant day = Instant.EPOCH.plus(GoldTable.start(0), ChronoUnit.MICROS);
        Instant last = Instant.EPOCH.plus(GoldTable.start(1) + MINUTE, ChronoUnit.MICROS);
        results.add(timed("an hour out of a day file", () -> rows(now, day.plus(Duration.ofHours(23)), day.plus(Duration.ofHours(24)))));
        results.add(timed("an hour out of 60 files of a minute", () -> rows(now, last, last.plus(Duration.ofHours(1)))));
        results.add(timed("open again, as a new process", () -> {
            table[0] = table();
            return table[0].snapshot();
        }));
        results.add(timed("the hour out of the day file again", () -> rows(now, day.plus(Duration.ofHours(23)), day.plus(Duration.ofHours(24)))));
        results.add(timed("the hour out of 60 files again", () -> rows(now, last, last.plus(Duration.ofHours(1)))));
        results.add(timed("ask for what is new, nothing is", () -> table[0].latestVersion()));
        results.add(timed("a tail's look, and one commit found", () -> found(table[0])));
        results.add(timed("history of 1,000 commits", () -> table[0].history()));
        return results;
    }

    private static Object found(Table table) throws InterruptedException {
        CountDownLatch heard = new CountDownLatch(1);
        try (Tail tail = table.follow(COMMITS - 1, new Tail.Listener() {
            @Override public void committed(Commit commit) { heard.countDown(); }
            @Override public void fellBehind(long resumeAt) { }
            @Override public void failed(LakeException problem) { throw problem; }
            @Override public void recovered() { }
        })) {
            heard.await();
            return tail;
        }
    }
}
