package dev.tidemark.stream.alert;

import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.decode.Shape;
import dev.tidemark.stream.state.StateReader;
import dev.tidemark.stream.state.StateWriter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sees new columns, and fields that do not fit theirs: an alert for each column and kind, not for each row. Columns are only ever added at the
 * end, so how many were known tells which. What comes in the very first batch is no news, unless a device adds it to what it sent before.
 */
final class SchemaWatch {

    /** How the message of an alert about a new column begins: by this it is told from the other kind. */
    static final String NEW = "New column ";

    private static final int MOST_SHAPES = 10_000;
    private static final String[] FITS = {};

    /** Raises and clears. */
    interface Alarm {
        void raise(Latch latch, String column, String message, Reading first);

        void clear(Latch latch, String column, String device);
    }

    /** What is known of one column that has drifted. */
    private static final class Drift {
        private final String device;
        private final Latch latch;
        /** Arrival of the last reading that was not as before. */
        private long last;

        Drift(String device, Latch latch, long last) {
            this.device = device;
            this.latch = latch;
            this.last = last;
        }
    }

    private final long clearAfter;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Drift> drifts = new TreeMap<>();
    private final IdentityHashMap<Shape, String[]> seen = new IdentityHashMap<>();
    private List<Shape.Kind> kinds = List.of();
    private List<String> names = List.of();
    private boolean[] known = {};
    private int count;
    private boolean isFirst;
    private Shape newest;
    private String[] misfits = FITS;

    SchemaWatch(Rule.SchemaDrift rule) {
        this.clearAfter = rule.clearAfter();
    }

    /** The columns that the table has now beside the fixed ones. */
    void columns(List<String> newNames, List<Shape.Kind> newKinds) {
        names = List.copyOf(newNames);
        kinds = List.copyOf(newKinds);
        numbers.clear();
        for (int i = 0; i < names.size(); i++) {
            numbers.put(names.get(i).toLowerCase(Locale.ROOT), i);
        }
        boolean[] before = known;
        known = new boolean[names.size()];
        for (int i = 0; i < known.length; i++) {
            known[i] = i < count || i < before.length && before[i];
        }
        seen.clear();
        newest = null;
    }

    /** So many columns are no news. */
    void known(int columns) {
        count = columns;
        columns(names, kinds);
    }

    /** How many columns are no news. */
    int known() {
        return count;
    }

    void begin() {
        isFirst = count == 0;
    }

    void check(Reading reading, boolean isKnownDevice, long arrival, Alarm alarm) {
        Shape shape = reading.shape();
        if (shape != newest) {
            newest = shape;
            misfits = seen.get(shape);
            if (misfits == null) {
                misfits = learn(reading, isKnownDevice, arrival, alarm);
            }
        }
        for (String column : misfits) {
            Drift drift = drifts.get(column);
            if (drift == null) {
                Latch latch = new Latch();
                drifts.put(column, new Drift(reading.deviceId(), latch, arrival));
                alarm.raise(latch, column, "Field " + column + " does not fit its column: device " + reading.deviceId() + " sends another type than before ("
                        + word(kinds.get(number(column))) + "); its values are kept in _rescued_data", reading);
            } else {
                drift.last = arrival;
            }
        }
    }

    private int number(String column) {
        return numbers.getOrDefault(column.toLowerCase(Locale.ROOT), -1);
    }

    private static String word(Shape.Kind kind) {
        return switch (kind) {
            case NUMBER -> "a number";
            case FLAG -> "true or false";
            case TEXT -> "text";
        };
    }

    private String[] learn(Reading reading, boolean isKnownDevice, long arrival, Alarm alarm) {
        Shape shape = reading.shape();
        List<String> wrong = new ArrayList<>(0);
        for (int i = 0; i < shape.leaves().size(); i++) {
            int number = number(shape.leaves().get(i));
            if (number < 0) {
                continue;
            }
            String column = names.get(number);
            if (!known[number]) {
                known[number] = true;
                if (!isFirst || isKnownDevice) {
                    Latch latch = new Latch();
                    drifts.put(NEW + column, new Drift(reading.deviceId(), latch, arrival));
                    alarm.raise(latch, column, NEW + column + ": device " + reading.deviceId() + " sends a field that was not there before ("
                            + word(kinds.get(number)) + ")", reading);
                }
            }
            if (kinds.get(number) != shape.kinds().get(i)) {
                wrong.add(column);
            }
        }
        if (seen.size() >= MOST_SHAPES) {
            seen.clear();
        }
        String[] found = wrong.isEmpty() ? FITS : wrong.toArray(String[]::new);
        seen.put(shape, found);
        return found;
    }

    /** The batch that arrived then has ended: what has not been seen for long enough is cleared. */
    void end(long arrival, Alarm alarm) {
        while (count < known.length && known[count]) {
            count++;
        }
        if (!drifts.isEmpty()) {
            drifts.entrySet().removeIf(entry -> {
                Drift drift = entry.getValue();
                if (arrival - drift.last <= clearAfter) {
                    return false;
                }
                alarm.clear(drift.latch, column(entry.getKey()), drift.device);
                return true;
            });
        }
    }

    private static String column(String key) {
        return key.startsWith(NEW) ? key.substring(NEW.length()) : key;
    }

    private static String key(AlertRow row) {
        return row.message().startsWith(NEW) ? NEW + row.measure() : row.measure();
    }

    /** The drifts that the table has open, in place of those known. */
    void settle(List<Alerts.Open> open) {
        Map<String, Drift> before = new HashMap<>(drifts);
        drifts.clear();
        for (Alerts.Open alert : open) {
            AlertRow first = alert.first();
            Drift known = before.get(key(first));
            Latch latch = known == null ? new Latch() : known.latch;
            latch.resume(first, alert.last(), 1);
            drifts.put(key(first), new Drift(first.deviceId(), latch, known == null ? first.raisedAt() : known.last));
        }
    }

    void write(StateWriter out) {
        out.number(count);
        out.number(drifts.size());
        for (Map.Entry<String, Drift> entry : drifts.entrySet()) {
            out.text(entry.getKey());
            out.text(entry.getValue().device);
            entry.getValue().latch.write(out);
            out.number(entry.getValue().last);
        }
    }

    void read(StateReader in) {
        known(in.number());
        for (int left = in.number(); left > 0; left--) {
            drifts.put(in.text(), new Drift(in.text(), Latch.read(in), in.longNumber()));
        }
    }
}
