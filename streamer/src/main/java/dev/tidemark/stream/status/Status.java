package dev.tidemark.stream.status;

import dev.tidemark.stream.decode.Decoded;
import dev.tidemark.stream.pipeline.Figures;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a streamer says of itself, at one moment. Immutable. Times are ISO-8601 in UTC; what is not known is null.
 *
 * @param process    who says it
 * @param health     whether it does its work
 * @param watermark  event time up to which windows are closed
 * @param counts     messages of this run
 * @param partitions those that have not ended; at most a thousand
 * @param commits    of this run, by table
 */
public record Status(Process process, Health health, String watermark, Counts counts, List<Partition> partitions, List<Commits> commits) {

    private static final int MOST_PARTITIONS = 1_000;

    /**
     * A process.
     *
     * @param heartbeat when this was said
     * @param state     {@code running}, or {@code ended} with the last words of a run
     */
    public record Process(long pid, String host, String started, String heartbeat, String state) {
    }

    /**
     * Messages of this run: events + recovered = accepted + rejected + duplicates.
     *
     * @param perSecond events, over the last ten seconds
     * @param rejected  by reason
     */
    public record Counts(long events, long recovered, long accepted, long late, long duplicates, Map<String, Long> rejected, long waiting, double perSecond) {
    }

    /**
     * A partition of a source.
     *
     * @param position    number of the last message in {@code bronze/events}
     * @param lagMessages messages that wait in the source
     * @param lagSeconds  how old the message taken last is while others wait
     */
    public record Partition(String source, String partition, long position, Long lagMessages, Double lagSeconds) {
    }

    /** Commits of this run to a table. */
    public record Commits(String table, long commits, long failures, String failing) {
    }

    static Status of(Process process, Figures figures, double perSecond) {
        Map<String, Long> rejected = new TreeMap<>();
        for (Decoded.Reason reason : Decoded.Reason.values()) {
            if (figures.rejected(reason) > 0) {
                rejected.put(reason.name().toLowerCase(Locale.ROOT), figures.rejected(reason));
            }
        }
        Counts counts = new Counts(figures.events(), figures.recovered(), figures.accepted(), figures.late(), figures.duplicates(), rejected,
                figures.bufferedRows(), Math.round(perSecond * 10) / 10.0);
        List<Partition> partitions = figures.partitions().stream().limit(MOST_PARTITIONS).map(p -> new Partition(p.source(), p.partition(), p.held(),
                p.lag() < 0 ? null : p.lag(), p.lagMillis() < 0 ? null : p.lagMillis() / 1_000.0)).toList();
        List<Commits> commits = figures.tables().stream().map(t -> new Commits(t.path(), t.commits(), t.failures(), t.failing())).toList();
        return new Status(process, Health.of(figures), figures.watermark() == Long.MIN_VALUE ? null : time(figures.watermark()), counts, partitions, commits);
    }

    /** A time in microseconds as text. */
    static String time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
}
