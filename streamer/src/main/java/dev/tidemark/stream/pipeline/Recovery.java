package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.source.Message;
import dev.tidemark.stream.source.SourcePartition;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.window.WindowSpec;
import dev.tidemark.stream.window.Watermarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings a streamer to where {@code bronze/events} ends. Every batch has its own {@code ingested_at}, and each table tells the last one that it holds; so what
 * a table lacks is replayed from the one before it, batch by batch in the old order, each judged by the watermark that it was judged by then:
 * <ol>
 * <li>What a state file does not know, but {@code gold/windows} holds, from {@code silver/readings}. Without a state that fits: the windows that are open
 * at {@code gold/windows}' watermark, and the readings by which duplicates are known; with sessions everything, because a session can be of any length
 * and depends on the watermarks that there were.
 * <li>What {@code gold/windows} lacks, from {@code silver/readings}.
 * <li>What {@code silver/readings} lacks, from {@code bronze/events}, through the decoder.
 * </ol>
 *
 * <p>A partition that is finished leaves the watermark after its last batch. It may have ended a little later; but while it
 * holds the watermark it is the one that is asked next, so no other batch came in between.
 */
final class Recovery {

    private static final String FROM_SILVER = "move silver/readings and gold/windows away: they are made again from bronze/events";
    private static final String FROM_BRONZE = "begin with an empty lake";

    private final Settings settings;
    private final StreamTables tables;
    private final Aggregation aggregation;
    private final Alerting alerting;
    private final Refinery refinery;
    private final Figures figures;
    private final Runnable betweenBatches;
    /** Last batch that {@code gold/windows} holds, and where its watermark stands. */
    private final long inWindows;
    private final long watermark;

    private final Set<String> finished = new HashSet<>();
    /** Position id → {@code ingested_at} of its last batch that is replayed. */
    private final Map<String, Long> lastBatch = new HashMap<>();
    private final Map<String, Map<String, String>> positionIds = new HashMap<>();
    private final Set<String> coming = new HashSet<>();
    /** Batch → the watermark that it was judged by, where that matters. */
    private Map<Long, Long> judged = Map.of();
    private boolean reached;

    /** @param betweenBatches is run after every batch: it may commit */
    Recovery(Settings settings, StreamTables tables, Aggregation aggregation, Alerting alerting, Refinery refinery, Figures figures, Runnable betweenBatches) {
        this.settings = settings;
        this.tables = tables;
        this.aggregation = aggregation;
        this.alerting = alerting;
        this.refinery = refinery;
        this.figures = figures;
        this.betweenBatches = betweenBatches;
        this.inWindows = tables.windows().through();
        this.watermark = tables.windows().table().transactions().getOrDefault(TransactionIds.WATERMARK, Watermarks.NONE);
    }

    /**
     * Recovers.
     *
     * @param listed     position ids of the partitions that the sources list now
     * @param remembered last batch that a state file knew; {@link Long#MIN_VALUE} without one
     */
    void run(Set<String> listed, long remembered) {
        long inSilver = tables.silver().through();
        Snapshot silver = snapshot(tables.silver());
        boolean sessions = settings.windows().stream().anyMatch(window -> window.kind() == WindowSpec.Kind.SESSION);
        boolean restores = remembered == Long.MIN_VALUE && inWindows != Long.MIN_VALUE && !sessions;
        long from = restores ? inWindows : remembered;
        Scan silverTail = after(silver, from);
        Scan bronzeTail = after(snapshot(tables.bronze()), inSilver);
        judged = JudgedBy.after(CommitLog.of(Place.of(tables.lake().root()).resolve(tables.bronze().path())), tables.bronze().table().version(), from);
        Map<String, Long> positions = TransactionIds.positions(tables.bronze().table().transactions());
        positions.forEach((position, number) -> (number == SourcePartition.END ? finished : coming).add(position));
        reading(FROM_SILVER, () -> findLastBatches(silverTail));
        reading(FROM_BRONZE, () -> findLastBatches(bronzeTail));
        reading(FROM_SILVER, () -> {
            if (restores) {
                aggregation.reach(watermark);
                restore(silver);
            }
            expect(listed);
            if (restores) {
                reachWindows();
            }
            replaySilver(silverTail, silver);
            reachWindows();
        });
        reading(FROM_BRONZE, () -> replayBronze(bronzeTail));
        tables.align();
        aggregation.watermarks().retain(listed::contains);
    }

    /** The reader does not know what the user can do about a broken file here. */
    private static void reading(String wayOut, Runnable step) {
        try {
            step.run();
        } catch (LakeException e) {
            if (e.reason() != LakeException.Reason.BROKEN_DATA && e.reason() != LakeException.Reason.VERSION_GONE) {
                throw e;
            }
            throw new StreamException("Cannot go on where the tables are: " + e.getMessage() + ". Put the file back from a copy, or " + wayOut, e);
        }
    }

    private Snapshot snapshot(Output output) {
        return tables.lake().table(output.path()).snapshot(output.table().version());
    }

    private static Scan after(Snapshot snapshot, long ingestedAt) {
        Scan scan = Scan.of(snapshot).cache(new ColumnCache(0));
        return ingestedAt == Long.MIN_VALUE ? scan : scan.where(new Condition.Range("ingested_at", ingestedAt + 1, null));
    }

    private void findLastBatches(Scan tail) {
        tail.columns(List.of("source", "partition", "ingested_at")).read(batch -> {
            Column.Strings sources = batch.strings("source");
            Column.Strings partitions = batch.strings("partition");
            long[] ingested = batch.longs("ingested_at").values();
            for (int row = 0; row < batch.rows(); row++) {
                lastBatch.merge(position(sources.get(row), partitions.get(row)), ingested[row], Math::max);
            }
        });
    }

    private String position(String source, String partition) {
        return positionIds.computeIfAbsent(source, s -> new HashMap<>()).computeIfAbsent(partition, p -> TransactionIds.position(source, p));
    }

    /** Open windows and known readings as they were when {@code gold/windows} was committed last. */
    private void restore(Snapshot silver) {
        SilverReader reader = new SilverReader(silver.schema(), refinery.references());
        Scan scan = Scan.of(silver).cache(new ColumnCache(0)).columns(reader.columns())
                .where(new Condition.Range("ingested_at", null, inWindows + 1));
        if (watermark != Watermarks.NONE) {
            long longest = settings.windows().stream().mapToLong(WindowSpec::length).max().orElse(0);
            long from = watermark - Math.max(longest, settings.duplicateHorizon().micros());
            scan = scan.where(new Condition.Range("date", LakeTables.day(from), null)).where(new Condition.Range("event_time", from, null));
        }
        InOrder.read(scan, (batch, row) -> {
            Reading reading = reader.reading(batch, row);
            aggregation.isDuplicate(reading);
            aggregation.add(reading);
            alerting.recall(reading, batch.longs("ingested_at").values()[row]);
        });
    }

    /** Partitions that will deliver, or did, whether a source lists them still: until then they hold the watermark. */
    private void expect(Set<String> listed) {
        Watermarks watermarks = aggregation.watermarks();
        // One that a state knows, and that ended without another batch, did so before any other was asked.
        finished.stream().filter(position -> !lastBatch.containsKey(position)).forEach(watermarks::finish);
        coming.addAll(listed);
        coming.addAll(lastBatch.keySet());
        coming.forEach(watermarks::expect);
    }

    /** A batch begins: it is judged as it was then. Until now the watermark has come as far as it had then, or less. */
    private void judge(long ingestedAt) {
        Long then = judged.get(ingestedAt);
        if (then == null) {
            return;
        }
        aggregation.raise(then);
        if (!reached) {
            aggregation.closed().clear();
        }
    }

    /** Stands where {@code gold/windows} stands: with its watermark, and the partitions' as they were then. */
    private void reachWindows() {
        if (reached) {
            return;
        }
        reached = true;
        Watermarks watermarks = aggregation.watermarks();
        TransactionIds.watermarks(tables.windows().table().transactions()).forEach((position, eventTime) -> {
            if (coming.contains(position)) {
                watermarks.observe(position, eventTime);
            } else {
                watermarks.recall(eventTime);
            }
        });
        aggregation.reach(watermark);
    }

    private void replaySilver(Scan tail, Snapshot silver) {
        SilverReader reader = new SilverReader(silver.schema(), refinery.references());
        var replay = new Object() {
            String position;
            long ingestedAt = Long.MIN_VALUE;
            long offset;
            long highest;

            void end() {
                if (position != null) {
                    aggregation.watermarks().observe(position, highest);
                    if (!reached) {
                        finishAfter(position, ingestedAt);
                        aggregation.advanceWithin(watermark);
                        return;
                    }
                    tables.windows().move(TransactionIds.watermark(position), aggregation.watermarks().highest(position));
                    tables.hold(position, offset, ingestedAt);
                    afterBatch(position, ingestedAt);
                }
            }
        };
        InOrder.read(tail.columns(reader.columns()), (batch, row) -> {
            long ingestedAt = batch.longs("ingested_at").values()[row];
            if (ingestedAt != replay.ingestedAt) {
                replay.end();
                if (ingestedAt > inWindows) {
                    reachWindows();
                }
                replay.position = position(batch.strings("source").get(row), batch.strings("partition").get(row));
                replay.ingestedAt = ingestedAt;
                replay.highest = Watermarks.NONE;
                judge(ingestedAt);
                alerting.begin(ingestedAt);
            }
            Reading reading = reader.reading(batch, row);
            aggregation.isDuplicate(reading);
            aggregation.add(reading);
            alerting.add(reading);
            replay.offset = batch.longs("offset").values()[row];
            replay.highest = Math.max(replay.highest, reading.eventTime());
        });
        replay.end();
    }

    private void replayBronze(Scan tail) {
        var replay = new Object() {
            Batch from;
            Events.Reader reader;
            String source;
            String partition;
            long ingestedAt = Long.MIN_VALUE;
            List<Message> messages = new ArrayList<>();

            void end() {
                if (!messages.isEmpty()) {
                    String position = position(source, partition);
                    figures.recovered(messages.size());
                    judge(ingestedAt);
                    refinery.refine(new Refinery.Batch(source, partition, position, messages, messages.get(messages.size() - 1).number(), ingestedAt));
                    afterBatch(position, ingestedAt);
                    messages = new ArrayList<>();
                }
            }
        };
        InOrder.read(tail.columns(Events.COLUMNS), (batch, row) -> {
            long ingestedAt = batch.longs("ingested_at").values()[row];
            if (ingestedAt != replay.ingestedAt) {
                replay.end();
                replay.source = batch.strings("source").get(row);
                replay.partition = batch.strings("partition").get(row);
                replay.ingestedAt = ingestedAt;
            }
            if (batch != replay.from) {
                replay.from = batch;
                replay.reader = new Events.Reader(batch);
            }
            replay.messages.add(replay.reader.message(row));
        });
        replay.end();
    }

    private void finishAfter(String position, long ingestedAt) {
        if (finished.contains(position) && lastBatch.get(position) == ingestedAt) {
            aggregation.watermarks().finish(position);
            coming.remove(position);
        }
    }

    private void afterBatch(String position, long ingestedAt) {
        finishAfter(position, ingestedAt);
        // Partitions that were idle then, or not there yet, hold the watermark here; where that is too careful to judge the next batch by, it is known.
        aggregation.advance(0);
        alerting.end();
        betweenBatches.run();
    }
}
