package dev.tidemark.stream.pipeline;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How far one partition of a source has come. Written by the pipeline's thread, read by any. */
public final class PartitionFigures {

    private final String source;
    private final String partition;
    private final List<Meter> meters = new ArrayList<>();
    private final MeterRegistry registry;
    private volatile long polled;
    private volatile long held;
    private long handedOver;
    private volatile long enqueued = Long.MIN_VALUE;
    private volatile long behind = -1;

    /** @param metered whether to have meters: a folder of files has a partition a file */
    PartitionFigures(MeterRegistry registry, String source, String partition, long number, boolean metered) {
        this.registry = registry;
        this.source = source;
        this.partition = partition;
        this.polled = number;
        this.held = number;
        this.handedOver = number;
        if (metered) {
            meters.add(Gauge.builder("tidemark.source.position", this, PartitionFigures::held).tag("source", source).tag("partition", partition)
                    .description("Number of the last message in bronze/events").register(registry));
            meters.add(Gauge.builder("tidemark.source.lag.messages", this, p -> p.lag() < 0 ? Double.NaN : p.lag()).tag("source", source)
                    .tag("partition", partition).description("Messages of the source that were not taken yet").register(registry));
            meters.add(TimeGauge.builder("tidemark.source.lag", this, TimeUnit.MILLISECONDS, p -> p.lagMillis() < 0 ? Double.NaN : p.lagMillis())
                    .tag("source", source).tag("partition", partition).description("How old the message taken last is, if others wait").register(registry));
        }
    }

    void forget(MeterRegistry registry) {
        meters.forEach(registry::remove);
    }

    void polled(long number, long enqueuedAt) {
        polled = number;
        enqueued = enqueuedAt;
    }

    /** @param messages -1 if unknown */
    void behind(long messages) {
        behind = messages;
    }

    void handOver() {
        handedOver = polled;
    }

    void settle() {
        held = handedOver;
    }

    /** The source's name. */
    public String source() {
        return source;
    }

    /** The partition's name in the source. */
    public String partition() {
        return partition;
    }

    /** Number of the last message taken from the source; -1 before the first. */
    public long polled() {
        return polled;
    }

    /** Number of the last message that {@code bronze/events} holds; -1 before the first. */
    public long held() {
        return held;
    }

    /** When the transport took the message polled last, microseconds since 1970-01-01T00:00Z; {@link Long#MIN_VALUE} before the first of this run. */
    public long enqueued() {
        return enqueued;
    }

    /** Messages that the source has and the pipeline has not taken, as the source knew it a moment ago; -1 if unknown. */
    public long lag() {
        return behind;
    }

    /** How old the message polled last is while others wait, in milliseconds; 0 if none waits, -1 if unknown. */
    public long lagMillis() {
        return behind == 0 ? 0 : behind < 0 || enqueued == Long.MIN_VALUE ? -1 : Math.max(0, registry.config().clock().wallTime() - enqueued / 1_000);
    }
}
