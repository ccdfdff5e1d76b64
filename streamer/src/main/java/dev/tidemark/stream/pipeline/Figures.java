package dev.tidemark.stream.pipeline;

import dev.tidemark.stream.decode.Decoded;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the pipeline counts, as Micrometer meters. {@code tidemark.events} + {@code tidemark.recovered} = {@code tidemark.accepted} +
 * {@code tidemark.rejected} + {@code tidemark.duplicates}, but for a batch that is under way. Thread-safe.
 */
public final class Figures {

    private final MeterRegistry registry;
    private final Counter events;
    private final Counter recovered;
    private final Counter accepted;
    private final Counter duplicates;
    private final Counter late;
    private final Counter failures;
    private final Map<Decoded.Reason, Counter> rejected = new EnumMap<>(Decoded.Reason.class);
    private final Timer commits;
    private final AtomicLong watermark = new AtomicLong(Long.MIN_VALUE);

    public Figures(MeterRegistry registry) {
        this.registry = registry;
        this.events = registry.counter("tidemark.events");
        this.recovered = registry.counter("tidemark.recovered");
        this.accepted = registry.counter("tidemark.accepted");
        this.duplicates = registry.counter("tidemark.duplicates");
        this.late = registry.counter("tidemark.late");
        this.failures = registry.counter("tidemark.commit.failures");
        this.commits = registry.timer("tidemark.commits");
        for (Decoded.Reason reason : Decoded.Reason.values()) {
            rejected.put(reason, registry.counter("tidemark.rejected", "reason", reason.name().toLowerCase(Locale.ROOT)));
        }
        registry.gauge("tidemark.watermark", watermark, AtomicLong::get);
    }

    void polled(int messages) {
        events.increment(messages);
    }

    void recovered(int messages) {
        recovered.increment(messages);
    }

    void accepted(int readings, int lateOnes) {
        accepted.increment(readings);
        late.increment(lateOnes);
    }

    void duplicates(int readings) {
        duplicates.increment(readings);
    }

    void reject(Decoded.Reason reason) {
        rejected.get(reason).increment();
    }

    void committed(long nanos) {
        commits.record(nanos, TimeUnit.NANOSECONDS);
    }

    void commitFailed() {
        failures.increment();
    }

    void stage(String stage, long nanos) {
        registry.timer("tidemark.stage", "stage", stage).record(Duration.ofNanos(nanos));
    }

    /** Time that each stage of the pipeline has taken so far: polling, decoding, rows, windows, and the commits of each table. */
    public Map<String, Duration> stages() {
        Map<String, Duration> stages = new TreeMap<>();
        registry.find("tidemark.stage").timers().forEach(timer -> stages.put(timer.getId().getTag("stage"),
                Duration.ofNanos((long) timer.totalTime(TimeUnit.NANOSECONDS))));
        return stages;
    }

    void watermark(long micros) {
        watermark.set(micros);
    }

    /** Messages taken from the sources. */
    public long events() {
        return (long) events.count();
    }

    /** Messages that {@code bronze/events} held already and that were refined after a restart. */
    public long recovered() {
        return (long) recovered.count();
    }

    /** Messages that became readings. */
    public long accepted() {
        return (long) accepted.count();
    }

    /** Readings that were there already. */
    public long duplicates() {
        return (long) duplicates.count();
    }

    /** Readings that came too late for at least one of their windows. */
    public long late() {
        return (long) late.count();
    }

    /** Messages that were not accepted. */
    public long rejected() {
        return (long) rejected.values().stream().mapToDouble(Counter::count).sum();
    }

    /** Messages that were not accepted for this reason. */
    public long rejected(Decoded.Reason reason) {
        return (long) rejected.get(reason).count();
    }

    /** Commits to all tables. */
    public long commits() {
        return commits.count();
    }

    /** Pipeline watermark in microseconds since 1970-01-01T00:00Z; {@link Long#MIN_VALUE} if there is none yet. */
    public long watermark() {
        return watermark.get();
    }
}
