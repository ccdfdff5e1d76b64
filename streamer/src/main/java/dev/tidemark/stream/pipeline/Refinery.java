package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Schema;
import dev.tidemark.stream.decode.Decoded;
import dev.tidemark.stream.decode.Decoder;
import dev.tidemark.stream.decode.Enrichment;
import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.reference.ReferenceHistory;
import dev.tidemark.stream.source.Message;
import dev.tidemark.stream.table.Rows;
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
        long ingestedAt = batch.ingestedAt;
        if (tables.bronze().lacks(ingestedAt)) {
            Rows bronze = tables.bronze().rows();
            for (Message message : batch.messages) {
                Events.write(bronze, batch.source, batch.partition, message, ingestedAt);
            }
        }
        if (tables.rejects().lacks(ingestedAt)) {
            for (int i = 0; i < refused.size(); i++) {
                Events.reject(tables.rejects().rows(), batch.source, batch.partition, refused.get(i), ingestedAt, reason(reasons.get(i)));
            }
        }
        long written = nanos.getAsLong();
        boolean[] late = new boolean[accepted.size()];
        int lateOnes = 0;
        long highest = Watermarks.NONE;
        long lowest = Long.MAX_VALUE;
        for (int i = 0; i < late.length; i++) {
            late[i] = aggregation.add(accepted.get(i));
            lateOnes += late[i] ? 1 : 0;
            highest = Math.max(highest, accepted.get(i).eventTime());
            lowest = Math.min(lowest, accepted.get(i).eventTime());
        }
        if (lowest <= aggregation.watermark() && tables.bronze().lacks(ingestedAt)) {
            tables.bronze().judged(ingestedAt, aggregation.watermark());
        }
        long aggregated = nanos.getAsLong();
        alerting.begin(ingestedAt);
        for (Reading reading : accepted) {
            alerting.add(reading);
        }
        long judged = nanos.getAsLong();
        Rows silver = tables.silver().rows();
        for (int i = 0; i < late.length; i++) {
            columns.write(silver, accepted.get(i), late[i], batch.source, batch.partition, origins.get(i).number(), ingestedAt);
        }
        if (!accepted.isEmpty()) {
            aggregation.watermarks().observe(batch.position, highest);
            tables.windows().move(TransactionIds.watermark(batch.position), aggregation.watermarks().highest(batch.position));
        }
        tables.hold(batch.position, batch.number, ingestedAt);
        figures.accepted(late.length, lateOnes);
        figures.duplicates(batch.messages.size() - late.length - refused.size());
        figures.stage("decode", decoded - began);
        figures.stage("rows", written - grown + nanos.getAsLong() - judged);
        figures.stage("windows", aggregated - written);
        figures.stage("alerts", judged - aggregated);
        return late.length;
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
            } else if (decoded instanceof Decoded.Accepted accept && !aggregation.isDuplicate(accept.reading())) {
                accepted.add(enriches ? enrichment.apply(accept.reading()) : accept.reading());
                origins.add(message);
            }
        }
    }

    private static String reason(Decoded.Rejected rejected) {
        String word = rejected.reason().name().toLowerCase(Locale.ROOT);
        return rejected.detail().startsWith(word) ? rejected.detail() : word + ": " + rejected.detail();
    }
}
