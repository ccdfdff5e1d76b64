package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.Type.Primitive;
import dev.tidemark.stream.alert.AlertRow;
import dev.tidemark.stream.alert.AlertState;
import dev.tidemark.stream.alert.Alerts;
import dev.tidemark.stream.alert.Rule;
import dev.tidemark.stream.alert.Rules;
import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.decode.Shape;
import dev.tidemark.stream.window.Watermarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The rules between the readings and {@code gold/alerts}. Batches that the table holds already are judged again in silence, which brings the rules to where they
 * were; before the first that it lacks, its open alerts are read, because the readings do not tell all: a silence is noticed by the clock.
 */
final class Alerting {

    /** A source is live if its newest event had come this long ago at most: only then silence can be told by the clock. */
    private static final long LIVE = 5 * 60_000_000L;

    private final StreamTables tables;
    private final Output output;
    private final Figures figures;
    private final ReferenceLimits limits;
    private final Alerts alerts;
    /** Of the watermark, behind the newest event. */
    private final long delay;
    private final LongSupplier watermark;
    private final Set<String> rules;
    private Schema columns;
    private long judged = Long.MIN_VALUE;
    private boolean isSettled;

    Alerting(StreamTables tables, Aggregation aggregation, Rules rules, ReferenceLimits limits, long delay, Figures figures) {
        this.tables = tables;
        this.output = tables.alerts();
        this.figures = figures;
        this.limits = limits;
        this.delay = delay;
        this.watermark = aggregation::watermark;
        this.alerts = aggregation.alerts();
        this.rules = rules.all().stream().map(Rule::name).collect(Collectors.toSet());
        alerts.tell(null);
        Long known = output.table().transactions().get(TransactionIds.COLUMNS);
        learnColumns();
        if (known != null) {
            alerts.known(known.intValue());
        } else if (output.through() == Long.MIN_VALUE && tables.windows().through() != Long.MIN_VALUE) {
            // A lake from before there were alerts, or their table was taken away: they begin now.
            alerts.known(columns.fields().size());
            output.begin(tables.windows().through());
        }
    }

    private void learnColumns() {
        Schema schema = tables.silver().schema();
        if (columns != null && columns.fields().size() == schema.fields().size() - SilverColumns.FIXED) {
            return;
        }
        columns = new Schema(schema.fields().subList(SilverColumns.FIXED, schema.fields().size()));
        List<Shape.Kind> kinds = new ArrayList<>();
        columns.fields().forEach(field -> kinds.add(kind(field.type())));
        alerts.columns(columns.names(), kinds);
    }

    private static Shape.Kind kind(Type type) {
        return type == Primitive.DOUBLE ? Shape.Kind.NUMBER : type == Primitive.BOOLEAN ? Shape.Kind.FLAG : Shape.Kind.TEXT;
    }

    /** A batch begins. The tables have its columns already. */
    void begin(long ingestedAt) {
        judged = ingestedAt;
        boolean isNew = output.lacks(ingestedAt);
        if (isNew) {
            settle(() -> ingestedAt);
        }
        alerts.tell(isNew ? this::write : null);
        learnColumns();
        limits.begin(ingestedAt);
        alerts.begin(ingestedAt);
    }

    /** An accepted reading of the batch that has begun. */
    void add(Reading reading) {
        alerts.add(reading);
    }

    /** A reading of a batch that the table holds for sure. */
    void recall(Reading reading, long ingestedAt) {
        if (ingestedAt != judged) {
            begin(ingestedAt);
        }
        alerts.add(reading);
    }

    /** The batch has ended, and the watermark has come as far as it allows. */
    void end() {
        alerts.end(reached(watermark.getAsLong()));
    }

    /**
     * The rules are where the table is; from here on changes are told.
     *
     * @param moment a time of arrival for what is cleared because its rule is gone; asked for only then
     */
    void settle(LongSupplier moment) {
        if (isSettled) {
            return;
        }
        isSettled = true;
        List<Alerts.Open> open = output.table().version() < 0 ? List.of() : OpenAlerts.read(tables.lake().table(output.path()).snapshot(output.table().version()));
        long now = open.stream().allMatch(alert -> rules.contains(alert.last().rule())) ? Watermarks.NONE : moment.getAsLong();
        alerts.tell(this::write);
        alerts.settle(open, reached(watermark.getAsLong()), now);
        if (now != Watermarks.NONE) {
            output.move(TransactionIds.ALERTED, now);
        }
    }

    /** What of a watermark is the devices' doing. The end of input moves it beyond all events; nobody is missed for that. */
    long reached() {
        return reached(watermark.getAsLong());
    }

    private long reached(long watermark) {
        return alerts.highest() == Alerts.NEVER ? Watermarks.NONE : Math.min(watermark, alerts.highest() - delay);
    }

    /** Whether {@link #silence} until this event time would find something. */
    boolean isSilent(long time) {
        return alerts.isSilent(time);
    }

    /** The watermark has come here without a batch, or the clock stands in for it. */
    void silence(long time, long now) {
        int before = output.rows().size();
        alerts.silence(time, now);
        if (output.rows().size() > before) {
            output.move(TransactionIds.ALERTED, now);
        }
    }

    /**
     * The event time that it is now if events had gone on to come as they did until now. A replay of what happened long ago has no such time: its events end
     * where they end.
     *
     * @param now       by the clock
     * @param lastBatch when the newest batch came by the clock
     * @return {@link Watermarks#NONE} if it cannot be told
     */
    long liveTime(long now, long lastBatch) {
        long highest = alerts.highest();
        if (highest == Alerts.NEVER || lastBatch == Long.MIN_VALUE || lastBatch - highest > LIVE) {
            return Watermarks.NONE;
        }
        return highest + (now - lastBatch) - delay;
    }

    /** What a commit of the table must say beside its rows. */
    void beforeCommit() {
        output.move(TransactionIds.COLUMNS, alerts.known());
    }

    private void write(AlertRow row) {
        AlertRows.write(output.rows(), row);
        if (row.state() == AlertState.RAISED) {
            figures.alert(row.kind().toString(), row.severity().toString());
        }
    }
}
