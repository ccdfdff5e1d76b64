package dev.tidemark.lake.bench;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a long log costs: opening it, stepping through its versions, and finding out which can be read; {@link TailBench} follows it. Argument: the number of
 * versions (10,000). Run with {@code mvn -q -pl lakereader -am test-compile exec:java -Dexec.classpathScope=test
 * -Dexec.mainClass=dev.tidemark.lake.bench.LogBench}.
 */
public final class LogBench {

    private static final String SCHEMA = "{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[{\\\"name\\\":\\\"id\\\",\\\"type\\\":\\\"long\\\","
            + "\\\"nullable\\\":true,\\\"metadata\\\":{}}]}";

    private LogBench() {
    }

    /** Prints milliseconds. */
    public static void main(String[] arguments) throws Exception {
        int versions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        Path folder = Files.createTempDirectory("log-bench");
        try {
            CommitLog log = CommitLog.of(Place.local(folder));
            log.publish(0, List.of("{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}", "{\"metaData\":{\"id\":\"t\",\"format\":"
                    + "{\"provider\":\"parquet\",\"options\":{}},\"schemaString\":\"" + SCHEMA + "\",\"partitionColumns\":[],\"configuration\":{}}}"), false);
            time("publish, each of " + versions, versions, () -> publish(log, 1, versions));
            Table table = Lake.at(folder.toString()).table("");
            time("open " + versions + " versions", 1, table::snapshot);
            time("step back, each of 500", 500, () -> steps(table, versions - 1, versions - 501));
            time("step forward again, each of 500", 500, () -> steps(table, versions - 500, versions));
            time("history of " + versions + " versions", 1, table::history);
            time("readable versions of " + versions, 1, () -> table.travel().readable());
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void publish(CommitLog log, long from, long to) {
        try {
            for (long version = from; version <= to; version++) {
                log.publish(version, List.of("{\"add\":{\"path\":\"f" + version + "\",\"partitionValues\":{},\"size\":10,\"modificationTime\":" + version
                        + ",\"dataChange\":true,\"stats\":\"{\\\"numRecords\\\":10,\\\"minValues\\\":{\\\"id\\\":1},\\\"maxValues\\\":{\\\"id\\\":9}}\"}}"), false);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void steps(Table table, long from, long to) {
        for (long version = from; version != to; version += Long.signum(to - from)) {
            table.snapshot(version);
        }
    }

    private static void time(String what, int times, Runnable work) {
        long start = System.nanoTime();
        work.run();
        System.out.printf("%-40s %9.3f ms%n", what, (System.nanoTime() - start) / 1e6 / times);
    }
}
