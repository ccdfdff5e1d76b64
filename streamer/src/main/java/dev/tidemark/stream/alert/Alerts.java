package dev.tidemark.stream.alert;

import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.decode.Shape;
import dev.tidemark.stream.state.StatePart;
import dev.tidemark.stream.state.StateReader;
import dev.tidemark.stream.state.StateWriter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The rules at work: readings in the order of their batches in, changes of alerts out. The same batches in the same order give the same rows. What of a device's
 * measure is older than what was judged already is not judged any more: a late reading neither raises nor clears. Times are microseconds since
 * 1970-01-01T00:00Z. Pure, not thread-safe.
 */
public final class Alerts implements StatePart {

    /** The time when nothing was heard yet. */
    public static final long NEVER = Long.MIN_VALUE;

    private static final String STATUS = "status";

    /** An alert that is not cleared: its first row and its last one. */
    public record Open(AlertRow first, AlertRow last) {
    }

    final Rules rules;
    final Watches watches;
    final Map<String, WatchedDevice> devices = new HashMap<>();
    final SchemaWatch schema;
    private final Rule.MissingData missing;
    private final Rule.Status status;
    private final Rule.SchemaDrift drift;
    private final SchemaWatch.Alarm alarm = new DriftAlarm();
    private Consumer<AlertRow> rows = row -> { };
    private boolean silently;
    private long arrival = NEVER;
    private long highest = NEVER;
    /** Before this no device is missed. */
    private long nothingDue = Long.MAX_VALUE;

    public Alerts(Rules rules, Limits limits) {
        this.rules = rules;
        this.watches = new Watches(rules, limits);
        this.missing = rules.only(Rule.MissingData.class);
        this.status = rules.only(Rule.Status.class);
        this.drift = rules.only(Rule.SchemaDrift.class);
        this.schema = drift == null ? null : new SchemaWatch(drift);
    }

    /** Where changes go. None are told while state is rebuilt from readings that were judged before. */
    public void tell(Consumer<AlertRow> newRows) {
        silently = newRows == null;
        rows = silently ? row -> { } : newRows;
    }

    /**
     * The columns that {@code silver/readings} has now beside the fixed ones. Readings with new ones must come after.
     *
     * @param kinds what the columns hold
     */
    public void columns(List<String> names, List<Shape.Kind> kinds) {
        if (schema != null) {
            schema.columns(names, kinds);
        }
    }

    /** So many columns, from the first, are no news. */
    public void known(int columns) {
        if (schema != null) {
            schema.known(columns);
        }
    }

    /** How many columns are no news: what {@link #known(int)} wants to hear after a restart. */
    public int known() {
        return schema == null ? 0 : schema.known();
    }

    /** A batch begins that arrived then. */
    public void begin(long ingestedAt) {
        arrival = ingestedAt;
        watches.refresh();
        if (schema != null) {
            schema.begin();
        }
    }

    /** An accepted reading of the batch. */
    public void add(Reading reading) {
        WatchedDevice device = devices.get(reading.deviceId());
        boolean isKnown = device != null;
        if (!isKnown) {
            device = watch(reading.deviceId());
            devices.put(device.id, device);
        }
        if (schema != null) {
            schema.check(reading, isKnown, arrival, alarm);
        }
        long time = reading.eventTime();
        boolean isNewest = time >= device.last;
        if (time > device.last) {
            hear(device, reading, time);
        }
        WatchedDevice.Mapping mapping = device.mapping(reading.shape(), watches);
        double[] numbers = reading.numbers();
        int[] leaves = reading.shape().measureLeaf();
        for (int i = 0; i < leaves.length; i++) {
            double value = numbers[leaves[i]];
            int number = mapping.track()[i];
            if (value == value && time >= device.lows.last(number)) {
                device.lows.heard(number, time);
                for (Watch watch : mapping.watches()[i]) {
                    double excess = watch.excess(value, time, device, number);
                    if (excess > 0 || device.latches > 0) {
                        step(device, device.tracks.get(number), watch, excess, value, reading, i);
                    }
                }
            }
        }
        if (status != null && isNewest && reading.status() != null) {
            status(device, reading);
        }
    }

    WatchedDevice watch(String device) {
        return new WatchedDevice(device, missing != null && missing.device().matches(device));
    }

    private void step(WatchedDevice device, Track track, Watch watch, double excess, double value, Reading reading, int measure) {
        Latch latch = excess > 0 ? device.latch(track, watch.slot) : track.latch(watch.slot);
        if (latch == null) {
            return;
        }
        Rule rule = watch.rule;
        long time = reading.eventTime();
        Latch.Step step = latch.step(excess, watch.band, time, rule.delay(), rule.clearDelay(), Latch.BETWEEN_CHANGES);
        if (step != Latch.Step.NONE) {
            if (step == Latch.Step.RAISED) {
                latch.name(Wording.id(rule.name(), device.id, device.location, track.measure, latch.since()), device.location, rule.severity());
            }
            if (!silently) {
                AlertState state = state(step);
                String unit = reading.shape().units().get(measure);
                String message = step == Latch.Step.CLEARED ? Wording.back(watch, device.id, track.measure, unit, value, time - latch.raised())
                        : Wording.beyond(watch, device.id, track.measure, unit, value, state);
                tell(rule, latch, state, device.id, track.measure, watch.shown(value), watch.limit, message, time);
            }
        }
        if (latch.isQuiet()) {
            device.release(track, latch);
        }
    }

    private static AlertState state(Latch.Step step) {
        return switch (step) {
            case RAISED -> AlertState.RAISED;
            case CHANGED -> AlertState.CHANGED;
            default -> AlertState.CLEARED;
        };
    }

    private void tell(Rule rule, Latch latch, AlertState state, String device, String measure, double value, double limit, String message, long time) {
        if (!silently) {
            rows.accept(new AlertRow(latch.id(), rule.name(), rule.kind(), latch.severity(), state, device, latch.location(), measure, value, limit, message,
                    time, arrival, latch.sequence()));
        }
    }

    private void status(WatchedDevice device, Reading reading) {
        String word = reading.status().strip();
        Severity severity = status.words().get(word.toLowerCase(Locale.ROOT));
        if (severity == null && device.status == null) {
            return;
        }
        device.status = device.status == null ? new Latch() : device.status;
        Latch latch = device.status;
        // Twice as far for each severity: a worse word is a change.
        double excess = severity == null ? Double.NEGATIVE_INFINITY : 1 << severity.ordinal();
        Latch.Step step = latch.step(excess, 0, reading.eventTime(), status.delay(), status.clearDelay(), 0);
        if (step == Latch.Step.RAISED) {
            latch.name(Wording.id(status.name(), device.id, device.location, STATUS, latch.since()), device.location, severity);
        } else if (step == Latch.Step.CHANGED) {
            latch.worsen(severity);
        }
        if (step != Latch.Step.NONE && !silently) {
            String message = step == Latch.Step.CLEARED ? device.id + " reports status " + word + " again; it lasted " + Wording.span(reading.eventTime() - latch.raised())
                    : device.id + " reports status " + word;
            tell(status, latch, state(step), device.id, STATUS, Double.NaN, Double.NaN, message, reading.eventTime());
        }
        device.status = latch.isQuiet() ? null : latch;
    }

    private void hear(WatchedDevice device, Reading reading, long time) {
        if (reading.location() != null) {
            device.location = reading.location();
        }
        highest = Math.max(highest, time);
        if (!device.missed) {
            device.last = time;
            return;
        }
        if (device.last != NEVER) {
            if (device.silence == null && time > device.deadline(missing)) {
                miss(device);
            }
            if (device.silence != null) {
                Latch latch = device.silence;
                if (latch.step(Double.NEGATIVE_INFINITY, 0, time, missing.delay(), missing.clearDelay(), 0) == Latch.Step.CLEARED) {
                    tell(missing, latch, AlertState.CLEARED, device.id, null, Double.NaN, Double.NaN,
                            device.id + " is heard again; it was silent for " + Wording.span(time - device.last), time);
                    device.silence = null;
                }
            }
        }
        device.heard(time, missing);
        nothingDue = Math.min(nothingDue, device.deadline(missing));
    }

    private void miss(WatchedDevice device) {
        Latch latch = new Latch();
        long deadline = device.deadline(missing);
        latch.step(1, 0, deadline, missing.delay(), missing.clearDelay(), 0);
        latch.name(Wording.id(missing.name(), device.id, device.location, null, deadline), device.location, missing.severity());
        device.silence = latch;
        tell(missing, latch, AlertState.RAISED, device.id, null, Double.NaN, Double.NaN,
                "Nothing from " + device.id + " for " + Wording.span(deadline - device.last), deadline);
    }

    /**
     * The batch has ended.
     *
     * @param time event time that all devices have had the chance to reach (the watermark): who has not been heard for too long by then is missed
     */
    public void end(long time) {
        if (schema != null) {
            schema.end(arrival, alarm);
        }
        judgeSilence(time);
    }

    /**
     * Nothing came any more, and by the clock it is this event time now.
     *
     * @param now becomes {@link AlertRow#raisedAt}
     */
    public void silence(long time, long now) {
        arrival = now;
        judgeSilence(time);
    }

    /** Whether {@link #silence} of this event time would find anything. Cheap. */
    public boolean isSilent(long time) {
        return missing != null && time > nothingDue;
    }

    private void judgeSilence(long time) {
        if (silently || !isSilent(time)) {
            return;
        }
        List<WatchedDevice> missed = new ArrayList<>();
        long next = Long.MAX_VALUE;
        for (WatchedDevice device : devices.values()) {
            if (!device.missed || device.last == NEVER) {
                continue;
            }
            long due = device.silence == null ? device.deadline(missing) : device.last + missing.forget();
            if (time > due) {
                missed.add(device);
                due = device.last + missing.forget();
            }
            next = Math.min(next, due);
        }
        nothingDue = next;
        missed.sort(Comparator.<WatchedDevice>comparingLong(device -> device.last).thenComparing(device -> device.id));
        for (WatchedDevice device : missed) {
            if (device.silence == null) {
                miss(device);
            } else {
                forget(device);
            }
        }
    }

    /** It was taken away: nothing of it stays open. */
    private void forget(WatchedDevice device) {
        long time = device.last + missing.forget();
        String why = device.id + " has been silent for " + Wording.span(missing.forget()) + " and is not watched any more";
        close(missing, device.silence, device, null, why, time);
        if (device.status != null) {
            close(status, device.status, device, STATUS, why, time);
        }
        for (Track track : device.tracks) {
            for (int i = 0; i < track.latches.length; i++) {
                close(rules.all().get(track.slots[i] / 2), track.latches[i], device, track.measure, why, time);
            }
        }
        devices.remove(device.id);
    }

    private void close(Rule rule, Latch latch, WatchedDevice device, String measure, String why, long time) {
        if (latch.isOpen()) {
            latch.close();
            latch.next();
            tell(rule, latch, AlertState.CLEARED, device.id, measure, Double.NaN, Double.NaN, why, time);
        }
    }

    /** Newest event time of all readings; {@link #NEVER} if there was none. */
    public long highest() {
        return highest;
    }

    @Override
    public String section() {
        return "alerts";
    }

    @Override
    public int form() {
        return 1;
    }

    /** None: what belongs to rules that are gone is read over, and new rules begin with what comes. */
    @Override
    public String settings() {
        return "";
    }

    @Override
    public void write(StateWriter out) {
        out.number(highest);
        new Memory(this).write(out);
    }

    @Override
    public void read(StateReader in) {
        highest = in.longNumber();
        new Memory(this).read(in);
        lookAgain();
    }

    /** State has changed by other means than readings: who is missed is looked up anew. */
    void lookAgain() {
        nothingDue = Long.MIN_VALUE;
    }

    /**
     * What {@code gold/alerts} holds is what was told: its open alerts, and no others, are open now. Those of rules that are gone are cleared.
     *
     * @param open the alerts that are open as of the last batch that the table holds
     * @param until event time until which silence was judged by then: who was not missed although it seems so must have pauses that are forgotten
     * @param now   becomes {@link AlertRow#raisedAt} of what is cleared
     */
    public void settle(List<Open> open, long until, long now) {
        new Settlement(this).settle(open, now, rows);
        if (missing != null && missing.pauses() > 0) {
            for (WatchedDevice device : devices.values()) {
                if (device.silence == null && device.last != NEVER && until > device.deadline(missing)) {
                    device.pause = 2 * (until - device.last) / missing.pauses();
                }
            }
        }
        lookAgain();
    }

    private final class DriftAlarm implements SchemaWatch.Alarm {

        @Override
        public void raise(Latch latch, String column, String message, Reading first) {
            latch.step(1, 0, first.eventTime(), drift.delay(), drift.clearDelay(), 0);
            String kind = message.startsWith(SchemaWatch.NEW) ? "+" + column : column;
            latch.name(Wording.id(drift.name(), first.deviceId(), first.location(), kind, first.eventTime()), first.location(), drift.severity());
            tell(drift, latch, AlertState.RAISED, first.deviceId(), column, Double.NaN, Double.NaN, message, first.eventTime());
        }

        @Override
        public void clear(Latch latch, String column, String device) {
            latch.close();
            latch.next();
            tell(drift, latch, AlertState.CLEARED, device, column, Double.NaN, Double.NaN,
                    "Column " + column + ": nothing new for " + Wording.span(drift.clearAfter()), latch.raised());
        }
    }
}
