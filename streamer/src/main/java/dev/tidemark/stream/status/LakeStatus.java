package dev.tidemark.stream.status;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.log.Place;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.stream.log.DiskUse;
import dev.tidemark.stream.log.Retention;
import dev.tidemark.stream.pipeline.Position;
import dev.tidemark.stream.source.SourcePartition;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How a lake and its streamer are: what the streamer left beside the tables, and what the tables tell. Immutable. Times are ISO-8601 in UTC; what is not
 * known is null.
 *
 * @param lake                the lake's root
 * @param checkedAt           when this was found out
 * @param running             whether a streamer runs: its last sign of life is at most ten seconds old, or three where its process should be found on this machine
 *                            and is not
 * @param streamer            what it said last; null if none ever left a word
 * @param heartbeatAgeSeconds how long ago that was
 * @param watermark           of the running streamer, else of {@code gold/windows}
 * @param partitions          of the running streamer, else the positions of {@code bronze/events}; those that have not ended
 * @param partitionsEnded     how many have ended
 * @param rejects             rows of {@code silver/rejects} by reason
 * @param tables              each table of the lake
 */
public record LakeStatus(String lake, String checkedAt, boolean running, Status streamer, Double heartbeatAgeSeconds, String watermark,
                         Double watermarkAgeSeconds, List<Status.Partition> partitions, long partitionsEnded, Map<String, Long> rejects, List<TableStatus> tables) {

    private static final Duration ALIVE = Duration.ofSeconds(10);
    /** Not at once: in another container of the same name the process is not to be seen although it runs, and goes on giving signs. */
    private static final Duration ALIVE_UNSEEN = Duration.ofSeconds(3);
    private static final String BRONZE = "bronze/events";
    private static final String REJECTS = "silver/rejects";
    private static final String WINDOWS = "gold/windows";

    /**
     * A table.
     *
     * @param rows       by the statistics of its files; null if one has none
     * @param timeTravel what older versions cost; null where the folder cannot be looked at
     * @param problem    why nothing else is known; null if all is well
     */
    public record TableStatus(String table, Long version, String committedAt, Double ageSeconds, Long files, Long bytes, Long rows, TimeTravelCost timeTravel, String problem) {

        static TableStatus broken(String table, String problem) {
            return new TableStatus(table, null, null, null, null, null, null, null, problem);
        }

        TableStatus but(String trouble) {
            return new TableStatus(table, version, committedAt, ageSeconds, files, bytes, rows, timeTravel, trouble);
        }
    }

    /**
     * What it costs to be able to read a table as it was.
     *
     * @param span     how far back that goes, in words
     * @param files    data files that the newest version does not hold; those that a killed writer left are among them
     * @param bytes    of these
     * @param logFiles of the log, which the newest version needs as well
     * @param logBytes of these
     */
    public record TimeTravelCost(String span, long files, long bytes, long logFiles, long logBytes) {

        private static TimeTravelCost of(Place place, Snapshot snapshot) {
            try {
                DiskUse use = DiskUse.of(place);
                Retention retention = Retention.of(snapshot.properties());
                // A table may be committed while its folder is looked at.
                return new TimeTravelCost(Retention.words(retention.log().compareTo(retention.files()) < 0 ? retention.log() : retention.files()),
                        Math.max(0, use.files() - snapshot.files().size()), Math.max(0, use.bytes() - snapshot.bytes()), use.logFiles(), use.logBytes());
            } catch (IOException e) {
                return null;
            }
        }
    }

    /**
     * Looks at a lake. A table that cannot be read is told of with its problem.
     *
     * @throws LakeException if the lake itself cannot be read, or there is no table in it
     */
    public static LakeStatus of(Lake lake, InstantSource clock) {
        List<String> paths = lake.tables();
        if (paths.isEmpty()) {
            throw new LakeException(LakeException.Reason.NOT_FOUND, "Cannot tell the status of " + lake.root() + ": there is no table in it yet"
                    + " (expected " + BRONZE + " and others). Start a streamer with --lake " + lake.root() + ", or check the path");
        }
        Place place = Place.of(lake.root());
        Instant now = clock.instant();
        Map<String, Snapshot> snapshots = new HashMap<>();
        List<TableStatus> tables = new ArrayList<>();
        for (String path : paths) {
            tables.add(table(lake.table(path), place.resolve(path), now, snapshots));
        }
        Optional<Status> streamer = place.isLocal() ? new StatusFile(place.path()).read() : Optional.empty();
        Double heartbeat = streamer.map(status -> seconds(Instant.parse(status.process().heartbeat()), now)).orElse(null);
        boolean running = heartbeat != null && heartbeat <= patience(streamer.get().process()).toSeconds() && streamer.get().process().state().equals("running");
        List<Position> positions = snapshots.containsKey(BRONZE) ? Position.of(snapshots.get(BRONZE).transactions()) : List.of();
        List<Status.Partition> partitions = running ? streamer.get().partitions()
                : positions.stream().filter(p -> p.number() != SourcePartition.END)
                .map(p -> new Status.Partition(p.source(), p.partition(), p.number(), null, null)).toList();
        OptionalLong inTable = snapshots.containsKey(WINDOWS) ? Position.watermark(snapshots.get(WINDOWS).transactions()) : OptionalLong.empty();
        String watermark = running && streamer.get().watermark() != null ? streamer.get().watermark()
                : inTable.isPresent() ? Status.time(inTable.getAsLong()) : null;
        return new LakeStatus(lake.root(), now.toString(), running, streamer.orElse(null), heartbeat, watermark,
                watermark == null ? null : seconds(Instant.parse(watermark), now), partitions,
                positions.stream().filter(p -> p.number() == SourcePartition.END).count(), rejects(snapshots.get(REJECTS), tables), List.copyOf(tables));
    }

    private static Duration patience(Status.Process process) {
        boolean unseen = process.host().equals(StatusWriter.host()) && ProcessHandle.of(process.pid()).filter(ProcessHandle::isAlive).isEmpty();
        return unseen ? ALIVE_UNSEEN : ALIVE;
    }

    private static double seconds(Instant from, Instant to) {
        return ChronoUnit.MILLIS.between(from, to) / 1_000.0;
    }

    private static TableStatus table(Table table, Place place, Instant now, Map<String, Snapshot> snapshots) {
        try {
            Snapshot snapshot = table.snapshot();
            snapshots.put(table.path(), snapshot);
            // A table may be committed while others are looked at.
            return new TableStatus(table.path(), snapshot.version(), snapshot.committedAt().toString(), Math.max(0, seconds(snapshot.committedAt(), now)),
                    (long) snapshot.files().size(), snapshot.bytes(), snapshot.rows() < 0 ? null : snapshot.rows(),
                    place.isLocal() ? TimeTravelCost.of(place, snapshot) : null, null);
        } catch (LakeException e) {
            return TableStatus.broken(table.path(), e.getMessage());
        }
    }

    private static Map<String, Long> rejects(Snapshot snapshot, List<TableStatus> tables) {
        Map<String, Long> counts = new TreeMap<>();
        if (snapshot == null || snapshot.rows() == 0) {
            return counts;
        }
        try {
            Scan.of(snapshot).cache(new ColumnCache(0)).columns(List.of("reason")).read(batch -> {
                Column.Strings reasons = batch.strings("reason");
                for (int row = 0; row < batch.rows(); row++) {
                    String reason = reasons.get(row);
                    int colon = reason == null ? -1 : reason.indexOf(':');
                    counts.merge(colon < 0 ? "other" : reason.substring(0, colon), 1L, Long::sum);
                }
            });
        } catch (LakeException e) {
            tables.replaceAll(t -> t.table().equals(REJECTS) ? t.but(e.getMessage()) : t);
        }
        return counts;
    }

    /** Whether every table could be read. */
    public boolean isWhole() {
        return tables.stream().allMatch(table -> table.problem() == null);
    }

    /** As JSON, on one line. */
    public String json() {
        return StatusFile.JSON.valueToTree(this).toString();
    }
}
