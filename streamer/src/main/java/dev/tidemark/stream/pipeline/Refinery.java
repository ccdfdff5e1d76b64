package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Schema;
import dev.tidemark.stream.decode.Decoded;
import dev.tidemark.stream.decode.Decoder;
import dev.tidemark.stream.decode.Enrichment;
import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.reference.ReferenceHistory;
import dev.tidemark.stream.source.Message;
import dev.tidemark.stream.window.Watermarks;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Makes of the messages of a batch what each table gets of them. */
final class Refinery {

    /** Makes the tables ready for readings with new leaves: commits what is on its way, then adds the columns. */
    interface Growth {
        void grow(Schema missing);
    }

    private final StreamTables tables;
    private final Aggregation aggregation;
    private final Alerting alerting;
    private final Figures figures;
    private final LongSupplier nanos;
    private final ReferenceHistory references;
    private final Growth growth;
    private final SilverColumns columns;
    private final Decoder decoder;
    private final List<Reading> accepted = new ArrayList<>();
    private final List<Message> origins = new ArrayList<>();
    private final List<Message> refused = new ArrayList<>();
    private final List<Decoded.Rejected> reasons = new ArrayList<>();
    private Instant batchTime = Instant.EPOCH;

    Refinery(StreamTables tables, Aggregation aggregation, Alerting alerting, Figures figures, LongSupplier nanos, ReferenceHistory references,
             Growth growth) {
        this.tables = tables;
        this.aggregation = aggregation;
        this.alerting = alerting;
        this.figures = figures;
        this.nanos = nanos;
        this.references = references;
        this.growth = growth;
        this.columns = new SilverColumns(tables.silver().schema());
        // The time of the batch, not of now: decoded again from bronze/events a message becomes the same.
        this.decoder = new Decoder(() -> batchTime, leaves(tables.silver().schema()));
    }

    /** What is added to readings, and was added to those before. */
    ReferenceHistory references() {
        return references;
    }

    private static List<String> leaves(Schema schema) {
        return schema.names().subList(SilverColumns.FIXED, schema.names().size());
    }

    /** One batch: messages of one partition that are judged together. */
    record Batch(String source, String partition, String position, List<Message> messages, long number, long ingestedAt) {
    }

    /**
     * Refines a batch into each table that lacks it, and moves on the partition's event time, but not the watermark.
     *
     * @return how many readings were accepted
     */
    int refine(Batch batch) {
        long began = nanos.getAsLong();
        decode(batch);
        long decoded = nanos.getAsLong();
        Schema missing = columns.missing(accepted);
        if (!missing.fields().isEmpty()) {
            growth.grow(missing);
            columns.grown(tables.silver().schema());
        }
        long grown = nanos.getAsLong();
        keep(batch);
        long written = nanos.getAsLong();
        boolean[] late = aggregate(batch);
        long aggregated = nanos.getAsLong();
        alerting.begin(batch.ingestedAt);
        for (Reading reading : accepted) {
            alerting.add(reading);
        }
        long judged = nanos.getAsLong();
        write(batch, late);
        tables.hold(batch.position, batch.number, batch.ingestedAt);
        figures.duplicates(batch.messages.size() - accepted.size() - refused.size());
        figures.stage("decode", decoded - began);
        figures.stage("rows", written - grown + nanos.getAsLong() - judged);
        figures.stage("windows", aggregated - written);
        figures.stage("alerts", judged - aggregated);
        return accepted.size();
    }

    // The loops over a batch stand in methods of their own: the compiler takes them one by one, and in a fraction of the time.

    /** The messages themselves. */
    private void keep(Batch batch) {
        if (tables.bronze().lacks(batch.ingestedAt)) {
            Events.write(tables.bronze().rows(), batch.source, batch.partition, batch.messages, batch.ingestedAt);
        }
        if (tables.rejects().lacks(batch.ingestedAt)) {
            for (int i = 0; i < refused.size(); i++) {
                Events.reject(tables.rejects().rows(), batch.source, batch.partition, refused.get(i), batch.ingestedAt, reason(reasons.get(i)));
            }
        }
    }

    /** Adds the readings to their windows; returns which are late. */
    private boolean[] aggregate(Batch batch) {
        boolean[] late = new boolean[accepted.size()];
        int lateOnes = 0;
        long highest = Watermarks.NONE;
        long lowest = Long.MAX_VALUE;
        for (int i = 0; i < late.length; i++) {
            Reading reading = accepted.get(i);
            late[i] = aggregation.add(reading);
            lateOnes += late[i] ? 1 : 0;
            highest = Math.max(highest, reading.eventTime());
            lowest = Math.min(lowest, reading.eventTime());
        }
        if (lowest <= aggregation.watermark() && tables.bronze().lacks(batch.ingestedAt)) {
            tables.bronze().judged(batch.ingestedAt, aggregation.watermark());
        }
        if (late.length > 0) {
            aggregation.watermarks().observe(batch.position, highest);
            tables.windows().move(TransactionIds.watermark(batch.position), aggregation.watermarks().highest(batch.position));
        }
        figures.accepted(late.length, lateOnes);
        return late;
    }

    private void write(Batch batch, boolean[] late) {
        long[] offsets = new long[late.length];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = origins.get(i).number();
        }
        columns.write(tables.silver().rows(), accepted, late, batch.source, batch.partition, offsets, batch.ingestedAt);
    }

    private void decode(Batch batch) {
        accepted.clear();
        origins.clear();
        refused.clear();
        reasons.clear();
        batchTime = Instant.EPOCH.plus(batch.ingestedAt, ChronoUnit.MICROS);
        Enrichment enrichment = references.at(batch.ingestedAt);
        boolean enriches = enrichment.reference().size() > 0;
        for (Message message : batch.messages) {
            Decoded decoded = decoder.decode(message);
            if (decoded instanceof Decoded.Rejected rejected) {
                refused.add(message);
                reasons.add(rejected);
                figures.reject(rejected.reason());
            } else if (decoded instanceof Decoded.Accepted accept && !isDuplicate(accept)) {
                accepted.add(enriches ? enrichment.apply(accept.reading()) : accept.reading());
                origins.add(message);
            }
        }
    }

    /**
     * A reading whose time is only that of its transport is never a duplicate, because that time says nothing of it. It is remembered all the same: in a replay from
     * {@code silver/readings}, which does not tell the two apart, the same are known as now.
     */
    private boolean isDuplicate(Decoded.Accepted accepted) {
        return aggregation.isDuplicate(accepted.reading()) && accepted.timed();
    }

    private static String reason(Decoded.Rejected rejected) {
        String word = rejected.reason().name().toLowerCase(Locale.ROOT);
        return rejected.detail().startsWith(word) ? rejected.detail() : word + ": " + rejected.detail();
    }
}
