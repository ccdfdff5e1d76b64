package dev.tidemark.stream.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Commits to one table. Written by the pipeline's thread, read by any. */
public final class TableFigures {

    private final String path;
    private final Timer commits;
    private final Counter failures;
    private volatile long version = -1;
    private volatile long committedAt = Long.MIN_VALUE;
    private volatile String failing;

    TableFigures(MeterRegistry registry, String path) {
        this.path = path;
        this.commits = Timer.builder("tidemark.commit").tag("table", path).description("From the first attempt to commit until it is done")
                .serviceLevelObjectives(Duration.ofMillis(1), Duration.ofMillis(3), Duration.ofMillis(10), Duration.ofMillis(30), Duration.ofMillis(100),
                        Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(10)).register(registry);
        this.failures = Counter.builder("tidemark.commit.failures").tag("table", path).description("Attempts to commit that failed").register(registry);
        Gauge.builder("tidemark.table.version", this, TableFigures::version).tag("table", path).description("Version of the last commit").register(registry);
    }

    void committed(long newVersion, long nanos, long wallMillis) {
        commits.record(nanos, TimeUnit.NANOSECONDS);
        version = newVersion;
        committedAt = wallMillis;
        failing = null;
    }

    void failed(String why) {
        failures.increment();
        failing = why;
    }

    /** Path below the lake's root. */
    public String path() {
        return path;
    }

    /** Commits of this run. */
    public long commits() {
        return commits.count();
    }

    /** Attempts of this run that failed. */
    public long failures() {
        return (long) failures.count();
    }

    /** Version of the last commit of this run; -1 if there was none. */
    public long version() {
        return version;
    }

    /** When that was, UTC; null if there was none. */
    public Instant committedAt() {
        return committedAt == Long.MIN_VALUE ? null : Instant.ofEpochMilli(committedAt);
    }

    /** Why the last attempt failed; null if it did not. */
    public String failing() {
        return failing;
    }
}
