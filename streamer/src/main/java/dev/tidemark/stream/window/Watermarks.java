package dev.tidemark.stream.window;

import dev.tidemark.stream.state.StatePart;
import dev.tidemark.stream.state.StateReader;
import dev.tidemark.stream.state.StateWriter;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How far event time has come. A partition's own watermark is its highest event time less the delay; the pipeline's is the lowest over
 * the partitions that hold it. One that has not delivered yet holds it back; one that is idle or finished does not hold it. With none
 * left to hold it, it follows the highest event time of all. It never goes back. All times are microseconds. Pure, not thread-safe.
 */
public final class Watermarks implements StatePart {

    /** Before all time: nothing is known yet. */
    public static final long NONE = Long.MIN_VALUE;

    private static final long NOT_QUIET = Long.MAX_VALUE;

    private final long delay;
    private final long idleTimeout;
    private final Map<String, Partition> partitions = new HashMap<>();
    private long highest = NONE;
    private long watermark;

    /**
     * @param delay       how much later than a newer event an event may come and still be in time
     * @param idleTimeout how long a partition may bring nothing before it no longer holds the watermark
     * @param watermark   where to begin, {@link #NONE} if there was nothing before
     */
    public Watermarks(long delay, long idleTimeout, long watermark) {
        this.delay = delay;
        this.idleTimeout = idleTimeout;
        this.watermark = watermark;
    }

    private static final class Partition {
        private long highest = NONE;
        private long quietSince = NOT_QUIET;
    }

    /** There is a partition: until it delivers or has been idle, it holds the watermark. Nothing happens if it is known. */
    public void expect(String partition) {
        partitions.computeIfAbsent(partition, p -> new Partition());
    }

    /** A partition delivered readings, the newest of this event time. */
    public void observe(String partition, long eventTime) {
        Partition known = partitions.computeIfAbsent(partition, p -> new Partition());
        known.highest = Math.max(known.highest, eventTime);
        known.quietSince = NOT_QUIET;
        highest = Math.max(highest, eventTime);
    }

    /** A partition was asked and brought no reading: its idle time begins, unless it runs already. */
    public void quiet(String partition, long now) {
        Partition known = partitions.get(partition);
        if (known != null && known.quietSince == NOT_QUIET) {
            known.quietSince = now;
        }
    }

    /** Nothing will ever come from a partition again. */
    public void finish(String partition) {
        partitions.remove(partition);
    }

    /** A partition that is gone brought this event time once: what {@link #finish} leaves behind. */
    public void recall(long eventTime) {
        highest = Math.max(highest, eventTime);
    }

    /** Drops the partitions that do not satisfy this, as if they were finished. */
    public void retain(Predicate<String> listed) {
        partitions.keySet().removeIf(listed.negate());
    }

    /** Highest event time of a partition, {@link #NONE} if it has not delivered; what decides which one to ask first. */
    public long highest(String partition) {
        Partition known = partitions.get(partition);
        return known == null ? NONE : known.highest;
    }

    /** Moves the watermark on as far as the partitions allow, and returns it. */
    public long advance(long now) {
        long lowest = Long.MAX_VALUE;
        for (Partition partition : partitions.values()) {
            if (!idle(partition, now)) {
                lowest = Math.min(lowest, partition.highest);
            }
        }
        long reached = lowest == Long.MAX_VALUE ? highest : lowest;
        if (reached != NONE && reached - delay > watermark) {
            watermark = reached - delay;
        }
        return watermark;
    }

    private boolean idle(Partition partition, long now) {
        return partition.quietSince != NOT_QUIET && now - partition.quietSince >= idleTimeout;
    }

    /** Sets the watermark by decree (the end of input); it still never goes back. */
    public void raise(long least) {
        watermark = Math.max(watermark, least);
    }

    /** The watermark as {@link #advance} left it. */
    public long watermark() {
        return watermark;
    }

    @Override
    public String section() {
        return "watermarks";
    }

    @Override
    public int form() {
        return 1;
    }

    /** None: another delay or idle time begins where the watermark stands. */
    @Override
    public String settings() {
        return "";
    }

    @Override
    public void write(StateWriter out) {
        out.number(watermark);
        out.number(highest);
        out.number(partitions.size());
        partitions.forEach((name, partition) -> {
            out.text(name);
            out.number(partition.highest);
        });
    }

    /** {@inheritDoc} For how long a partition had been quiet is not remembered: that was measured by another clock. */
    @Override
    public void read(StateReader in) {
        watermark = in.longNumber();
        highest = in.longNumber();
        for (int i = in.count(12); i > 0; i--) {
            Partition partition = new Partition();
            String name = in.text();
            partition.highest = in.longNumber();
            partitions.put(name, partition);
        }
    }
}
