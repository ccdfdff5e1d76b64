package dev.tidemark.stream.alert;

import dev.tidemark.stream.state.BrokenState;
import dev.tidemark.stream.state.StateReader;
import dev.tidemark.stream.state.StateWriter;

import java.util.List;

/** What the rules remember, as bytes. Latches of rules that are gone are read over. */
final class Memory {

    private static final int LOWEST = 1;
    private static final int SCORE = 2;

    private final Alerts alerts;

    Memory(Alerts alerts) {
        this.alerts = alerts;
    }

    void write(StateWriter out) {
        List<Rule> rules = alerts.rules.all();
        out.number(rules.size());
        for (Rule rule : rules) {
            out.text(rule.name());
            out.text(rule.kind().name());
        }
        out.number(alerts.devices.size());
        for (WatchedDevice device : alerts.devices.values()) {
            write(device, out);
        }
        out.bool(alerts.schema != null);
        if (alerts.schema != null) {
            alerts.schema.write(out);
        }
    }

    private static void write(WatchedDevice device, StateWriter out) {
        out.text(device.id);
        out.text(device.location);
        out.number(device.last);
        out.number(device.pause);
        latch(device.silence, out);
        latch(device.status, out);
        out.number(device.tracks.size());
        for (int measure = 0; measure < device.tracks.size(); measure++) {
            Track track = device.tracks.get(measure);
            out.text(track.measure);
            out.number(device.lows.last(measure));
            out.number(track.latches.length);
            for (int i = 0; i < track.latches.length; i++) {
                out.number(track.slots[i]);
                track.latches[i].write(out);
            }
            out.number((device.lows.isEmpty(measure) ? 0 : LOWEST) | (track.score == null ? 0 : SCORE));
            if (!device.lows.isEmpty(measure)) {
                device.lows.write(measure, out);
            }
            if (track.score != null) {
                track.score.write(out);
            }
        }
    }

    private static void latch(Latch latch, StateWriter out) {
        out.bool(latch != null);
        if (latch != null) {
            latch.write(out);
        }
    }

    void read(StateReader in) {
        int[] numbers = new int[in.count(8)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(in.text(), in.text());
        }
        for (int left = in.number(); left > 0; left--) {
            WatchedDevice device = device(in, numbers);
            alerts.devices.put(device.id, device);
        }
        if (in.bool()) {
            SchemaWatch schema = alerts.schema == null ? new SchemaWatch(new Rule.SchemaDrift("gone", Severity.LOW, 1)) : alerts.schema;
            schema.read(in);
        }
    }

    private int number(String name, String kind) {
        List<Rule> rules = alerts.rules.all();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).name().equals(name) && rules.get(i).kind().name().equals(kind)) {
                return i;
            }
        }
        return -1;
    }

    private WatchedDevice device(StateReader in, int[] numbers) {
        WatchedDevice device = alerts.watch(in.text());
        device.location = in.text();
        device.last = in.longNumber();
        device.pause = in.longNumber();
        Latch silence = in.bool() ? Latch.read(in) : null;
        device.silence = device.missed ? silence : null;
        Latch status = in.bool() ? Latch.read(in) : null;
        device.status = alerts.rules.only(Rule.Status.class) == null ? null : status;
        for (int left = in.number(); left > 0; left--) {
            track(device, device.number(in.text()), in, numbers);
        }
        return device;
    }

    private void track(WatchedDevice device, int measure, StateReader in, int[] numbers) {
        Track track = device.tracks.get(measure);
        device.lows.heard(measure, in.longNumber());
        for (int left = in.number(); left > 0; left--) {
            int slot = in.number();
            Latch latch = Latch.read(in);
            if (slot < 0 || slot / 2 >= numbers.length) {
                throw new BrokenState("no rule (actual " + slot + ")");
            }
            if (numbers[slot / 2] >= 0) {
                device.put(track, 2 * numbers[slot / 2] + slot % 2, latch);
            }
        }
        int has = in.number();
        if ((has & LOWEST) != 0) {
            device.lows.read(measure, in);
        }
        if ((has & SCORE) != 0) {
            AnomalyScore score = AnomalyScore.read(in);
            if (alerts.watches.mayScore()) {
                alerts.watches.scored();
                track.score = score;
            }
        }
    }
}
