package dev.tidemark.lake.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.Tail;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.LogListing;
import dev.tidemark.lake.log.Place;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * From a commit that is published to the listener that has heard of it, and what a tail costs while nothing comes, at several lengths of the log
 * (1 and 100,000 unless told otherwise). Run with {@code java -cp "lakereader/target/test-classes:lakereader/target/tidemark-lake/lib/*"
 * dev.tidemark.lake.bench.TailBench}.
 */
public final class TailBench {

    private static final int COMMITS = 600;
    private static final int WARM_UP = 100;
    private static final int IDLE_SECONDS = 30;
    private static final String SCHEMA = "{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[{\\\"name\\\":\\\"id\\\",\\\"type\\\":\\\"long\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}}]}";

    private TailBench() {
    }

    /** Prints a line for each length. */
    public static void main(String[] arguments) throws Exception {
        long[] lengths = arguments.length > 0 ? Arrays.stream(arguments).mapToLong(Long::parseLong).toArray() : new long[] {1, 100_000};
        for (long length : lengths) {
            Path folder = Files.createTempDirectory("tail-bench");
            try {
                measure(folder, length);
            } finally {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    /** A commit as those of {@code gold/live}: one file in place of another. */
    private static String replace(long version) {
        return "{\"remove\":{\"path\":\"f" + (version - 1) + "\",\"deletionTimestamp\":1,\"dataChange\":true}}\n" + add(version);
    }

    private static String add(long version) {
        return "{\"add\":{\"path\":\"f" + version + "\",\"partitionValues\":{},\"size\":10,\"modificationTime\":" + version
                + ",\"dataChange\":true,\"stats\":\"{\\\"numRecords\\\":10,\\\"minValues\\\":{\\\"id\\\":1},\\\"maxValues\\\":{\\\"id\\\":9}}\"}}";
    }

    private static void measure(Path folder, long length) throws IOException, InterruptedException {
        CommitLog log = CommitLog.of(Place.local(folder));
        log.publish(0, List.of("{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}", "{\"metaData\":{\"id\":\"t\",\"format\":"
                + "{\"provider\":\"parquet\",\"options\":{}},\"schemaString\":\"" + SCHEMA + "\",\"partitionColumns\":[],\"configuration\":{}}}"), false);
        for (long version = 1; version < length; version++) {
            Files.writeString(folder.resolve(CommitLog.FOLDER).resolve(LogListing.commitName(version)), replace(version));
            if (version % 49_900 == 0) {
                GoldTable.checkpoint(folder);
            }
        }
        long[] delays = new long[COMMITS];
        long[] published = new long[COMMITS];
        CountDownLatch all = new CountDownLatch(COMMITS);
        Table table = Lake.at(folder.toString()).table("");
        long start = System.nanoTime();
        table.snapshot();
        double opened = (System.nanoTime() - start) / 1e6;
        try (Tail tail = table.follow(length - 1, new Tail.Listener() {
            @Override
            public void committed(Commit commit) {
                int i = (int) (commit.version() - length);
                delays[i] = System.nanoTime() - published[i];
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
                throw new IllegalStateException("nothing to recover from");
            }
        })) {
            long begun = cpu();
            for (int i = 0; i < COMMITS; i++) {
                TimeUnit.MILLISECONDS.sleep(25);
                published[i] = System.nanoTime();
                log.publish(length + i, List.of(add(length + i)), false);
            }
            all.await();
            double busy = (cpu() - begun) / 1e6 / COMMITS;
            TimeUnit.SECONDS.sleep(2);
            long rested = cpu();
            TimeUnit.SECONDS.sleep(IDLE_SECONDS);
            double idle = (cpu() - rested) / 1e6 * 60 / IDLE_SECONDS;
            long first = delays[0];
            Arrays.sort(delays, WARM_UP, COMMITS);
            System.out.printf("%,7d versions: opened in %.0f ms; publish to heard p50 %.2f ms, p99 %.2f ms, the first %.1f ms; CPU %.2f ms a commit (publishing included), %.0f ms a minute idle (tail at %d)%n",
                    length, opened, delays[WARM_UP + (COMMITS - WARM_UP) / 2] / 1e6, delays[WARM_UP + (COMMITS - WARM_UP) * 99 / 100] / 1e6, first / 1e6, busy, idle, tail.version());
        }
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
