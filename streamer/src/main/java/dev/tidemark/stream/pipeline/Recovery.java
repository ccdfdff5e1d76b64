package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;
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
 * Brings a streamer to where {@code bronze/events} ends, from the tables alone. Every batch has its own {@code ingested_at}, and each table tells the
 * last one that it holds; so what a table lacks is replayed from the one before it, batch by batch in the old order, each judged by the
 * watermark that it was judged by then:
 * <ol>
 * <li>The windows that are open at {@code gold/windows}' watermark, and the readings by which duplicates are known, from {@code silver/readings}.
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
    private final Refinery refinery;
    private final Figures figures;
    private final Runnable betweenBatches;

    private final Set<String> finished = new HashSet<>();
    /** Position id → {@code ingested_at} of its last batch that is replayed. */
    private final Map<String, Long> lastBatch = new HashMap<>();
    private final Map<String, Map<String, String>> positionIds = new HashMap<>();

    /** @param betweenBatches is run after every batch: it may commit */
    Recovery(Settings settings, StreamTables tables, Aggregation aggregation, Refinery refinery, Figures figures, Runnable betweenBatches) {
        this.settings = settings;
        this.tables = tables;
        this.aggregation = aggregation;
        this.refinery = refinery;
        this.figures = figures;
        this.betweenBatches = betweenBatches;
    }

    /** @param listed position ids of the partitions that the sources list now */
    void run(Set<String> listed) {
        long inWindows = tables.windows().through();
        long inSilver = tables.silver().through();
        Snapshot silver = snapshot(tables.silver());
        Scan silverTail = after(silver, inWindows);
        Scan bronzeTail = after(snapshot(tables.bronze()), inSilver);
        Map<String, Long> positions = TransactionIds.positions(tables.bronze().table().transactions());
        positions.forEach((position, number) -> {
            if (number == SourcePartition.END) {
                finished.add(position);
            }
        });
        reading(FROM_SILVER, () -> findLastBatches(silverTail));
        reading(FROM_BRONZE, () -> findLastBatches(bronzeTail));
        reading(FROM_SILVER, () -> {
            if (inWindows != Long.MIN_VALUE) {
                restore(silver, inWindows);
            }
            expect(listed);
            replaySilver(silverTail, silver);
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
    private void restore(Snapshot silver, long through) {
        SilverReader reader = new SilverReader(silver.schema(), refinery.references());
        Scan scan = Scan.of(silver).cache(new ColumnCache(0)).columns(reader.columns())
                .where(new Condition.Range("ingested_at", null, through + 1));
        if (aggregation.watermark() != Watermarks.NONE) {
            long longest = settings.windows().stream().mapToLong(WindowSpec::length).max().orElse(0);
            long from = aggregation.watermark() - Math.max(longest, settings.duplicateHorizon().micros());
            scan = scan.where(new Condition.Range("date", LakeTables.day(from), null)).where(new Condition.Range("event_time", from, null));
        }
        InOrder.read(scan, (batch, row) -> {
            Reading reading = reader.reading(batch, row);
            aggregation.isDuplicate(reading);
            aggregation.add(reading);
        });
    }

    /** The partitions' watermarks as they were then; of the others it is known that they were there. */
    private void expect(Set<String> listed) {
        Watermarks watermarks = aggregation.watermarks();
        Set<String> coming = new HashSet<>(listed);
        coming.addAll(lastBatch.keySet());
        coming.forEach(watermarks::expect);
        TransactionIds.watermarks(tables.windows().table().transactions()).forEach((position, eventTime) -> {
            if (coming.contains(position)) {
                watermarks.observe(position, eventTime);
            } else {
                watermarks.recall(eventTime);
            }
        });
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
                replay.position = position(batch.strings("source").get(row), batch.strings("partition").get(row));
                replay.ingestedAt = ingestedAt;
                replay.highest = Watermarks.NONE;
            }
            Reading reading = reader.reading(batch, row);
            aggregation.isDuplicate(reading);
            aggregation.add(reading);
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

    private void afterBatch(String position, long ingestedAt) {
        if (finished.contains(position) && lastBatch.get(position) == ingestedAt) {
            aggregation.watermarks().finish(position);
        }
        // Idle partitions hold the watermark here: their idle time is not known, and waiting can only be too careful.
        aggregation.advance(0);
        betweenBatches.run();
    }
}
