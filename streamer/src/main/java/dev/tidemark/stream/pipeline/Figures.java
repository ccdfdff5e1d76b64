package dev.tidemark.stream.pipeline;

import dev.tidemark.stream.decode.Decoded;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the pipeline counts, as Micrometer meters, and how far it has come. {@code tidemark.events} + {@code tidemark.recovered} = {@code tidemark.accepted} +
 * {@code tidemark.rejected} + {@code tidemark.duplicates}, but for a batch that is under way. Counted a batch at a time: a meter costs nothing for each
 * message. Wall clock times are the registry's clock. Thread-safe.
 */
public final class Figures {

    private static final int MOST_METERED = 256;

    private final MeterRegistry registry;
    private final Counter events;
    private final Counter recovered;
    private final Counter accepted;
    private final Counter duplicates;
    private final Counter late;
    private final Map<Decoded.Reason, Counter> rejected = new EnumMap<>(Decoded.Reason.class);
    private final Map<String, Timer> stages = new ConcurrentHashMap<>();
    private final Map<String, TableFigures> tables = new ConcurrentSkipListMap<>();
    private final Map<String, PartitionFigures> partitions = new ConcurrentHashMap<>();
    private final Map<String, String> outages = new ConcurrentSkipListMap<>();
    private final AtomicLong watermark = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong bufferedRows = new AtomicLong();
    private final AtomicLong bufferedBytes = new AtomicLong();
    private volatile double bufferFill;
    private volatile long moved;

    public Figures(MeterRegistry registry) {
        this.registry = registry;
        this.events = registry.counter("tidemark.events");
        this.recovered = registry.counter("tidemark.recovered");
        this.accepted = registry.counter("tidemark.accepted");
        this.duplicates = registry.counter("tidemark.duplicates");
        this.late = registry.counter("tidemark.late");
        for (Decoded.Reason reason : Decoded.Reason.values()) {
            rejected.put(reason, registry.counter("tidemark.rejected", "reason", reason.name().toLowerCase(Locale.ROOT)));
        }
        TimeGauge.builder("tidemark.watermark", this, TimeUnit.MICROSECONDS, f -> f.watermark() == Long.MIN_VALUE ? Double.NaN : f.watermark())
                .description("Event time up to which windows are closed, since 1970-01-01T00:00Z").register(registry);
        TimeGauge.builder("tidemark.watermark.age", this, TimeUnit.MILLISECONDS,
                        f -> f.watermark() == Long.MIN_VALUE ? Double.NaN : f.now() - f.watermark() / 1_000.0)
                .description("How far the watermark is behind the clock").register(registry);
        Gauge.builder("tidemark.buffer.rows", bufferedRows, AtomicLong::get).description("Messages on their way into the tables").register(registry);
        Gauge.builder("tidemark.buffer.size", bufferedBytes, AtomicLong::get).baseUnit("bytes").description("Memory of rows on their way into the tables")
                .register(registry);
        Gauge.builder("tidemark.buffer.fill", this, f -> f.bufferFill).baseUnit("ratio")
                .description("Rows or bytes on their way, of those after which a commit is due").register(registry);
        moved = now();
    }

    private long now() {
        return registry.config().clock().wallTime();
    }

    void polled(PartitionFigures from, int messages, long number, long enqueued) {
        events.increment(messages);
        from.polled(number, enqueued);
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

    void alert(String kind, String severity) {
        registry.counter("tidemark.alerts", "kind", kind, "severity", severity).increment();
    }

    /** Alerts raised. */
    public long alerts() {
        return (long) registry.find("tidemark.alerts").counters().stream().mapToDouble(Counter::count).sum();
    }

    void committed(String table, long version, long nanos) {
        table(table).committed(version, nanos, now());
    }

    void commitFailed(String table, String why) {
        table(table).failed(why);
    }

    void stage(String stage, long nanos) {
        stages.computeIfAbsent(stage, name -> registry.timer("tidemark.stage", "stage", name)).record(nanos, TimeUnit.NANOSECONDS);
    }

    void watermark(long micros) {
        watermark.set(micros);
    }

    /** What waits for the next commit. */
    void buffered(long rows, long bytes, double fill) {
        bufferedRows.set(rows);
        bufferedBytes.set(bytes);
        bufferFill = fill;
    }

    /** The pipeline is alive. */
    void moved() {
        moved = now();
    }

    /** The figures of a partition, from now on or from before. */
    PartitionFigures partition(String source, String partition, String position, long number) {
        return partitions.computeIfAbsent(position, p -> new PartitionFigures(registry, source, partition, number, partitions.size() < MOST_METERED));
    }

    /** A partition has ended: it has no figures any more. */
    void ended(String position) {
        PartitionFigures gone = partitions.remove(position);
        if (gone != null) {
            gone.forget(registry);
        }
    }

    /** All that was polled is being committed. */
    void handedOver() {
        partitions.values().forEach(PartitionFigures::handOver);
    }

    /** All that was handed over is in {@code bronze/events}. */
    void held() {
        partitions.values().forEach(PartitionFigures::settle);
    }

    /** @param why null if the source can be read */
    void outage(String source, String why) {
        if (why == null) {
            outages.remove(source);
        } else {
            outages.put(source, why);
        }
    }

    private TableFigures table(String path) {
        return tables.computeIfAbsent(path, p -> new TableFigures(registry, p));
    }

    /** Time that each stage of the pipeline has taken so far: polling, decoding, rows, windows, and the commits of each table. */
    public Map<String, Duration> stages() {
        Map<String, Duration> times = new TreeMap<>();
        stages.forEach((stage, timer) -> times.put(stage, Duration.ofNanos((long) timer.totalTime(TimeUnit.NANOSECONDS))));
        return times;
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
        return tables.values().stream().mapToLong(TableFigures::commits).sum();
    }

    /** Pipeline watermark in microseconds since 1970-01-01T00:00Z; {@link Long#MIN_VALUE} if there is none yet. */
    public long watermark() {
        return watermark.get();
    }

    /** Messages on their way into the tables. */
    public long bufferedRows() {
        return bufferedRows.get();
    }

    /** Tables that were written or could not be, by path. */
    public Collection<TableFigures> tables() {
        return tables.values();
    }

    /** Partitions that have not ended, by source and partition. */
    public List<PartitionFigures> partitions() {
        return partitions.values().stream().sorted(Comparator.comparing(PartitionFigures::source).thenComparing(PartitionFigures::partition)).toList();
    }

    /** Source → why it cannot be read just now. */
    public Map<String, String> outages() {
        return Map.copyOf(outages);
    }

    /** How long the pipeline has shown no sign of life. It shows one every second or so, unless a commit or a poll takes longer. */
    public Duration stillFor() {
        return Duration.ofMillis(Math.max(0, now() - moved));
    }
}
