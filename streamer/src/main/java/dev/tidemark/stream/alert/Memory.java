package dev.tidemark.stream.alert;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the rules remember, as bytes. Rules and measures are named once; latches of rules that are gone are read over. */
final class Memory {

    private static final int FORM = 1;
    private static final int LOWEST = 1;
    private static final int SCORE = 2;

    private final Alerts alerts;

    Memory(Alerts alerts) {
        this.alerts = alerts;
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(FORM);
        List<Rule> rules = alerts.rules.all();
        out.writeInt(rules.size());
        for (Rule rule : rules) {
            out.writeUTF(rule.name());
            out.writeUTF(rule.kind().name());
        }
        Map<String, Integer> measures = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (WatchedDevice device : alerts.devices.values()) {
            for (Track track : device.tracks) {
                if (measures.putIfAbsent(track.measure, names.size()) == null) {
                    names.add(track.measure);
                }
            }
        }
        out.writeInt(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
        out.writeInt(alerts.devices.size());
        for (WatchedDevice device : alerts.devices.values()) {
            write(device, measures, out);
        }
        out.writeBoolean(alerts.schema != null);
        if (alerts.schema != null) {
            alerts.schema.write(out);
        }
    }

    private static void write(WatchedDevice device, Map<String, Integer> measures, DataOutput out) throws IOException {
        out.writeUTF(device.id);
        out.writeBoolean(device.location != null);
        if (device.location != null) {
            out.writeUTF(device.location);
        }
        out.writeLong(device.last);
        out.writeLong(device.pause);
        latch(device.silence, out);
        latch(device.status, out);
        out.writeInt(device.tracks.size());
        for (Track track : device.tracks) {
            out.writeInt(measures.get(track.measure));
            out.writeLong(track.last);
            out.writeInt(track.latches.length);
            for (int i = 0; i < track.latches.length; i++) {
                out.writeInt(track.slots[i]);
                track.latches[i].write(out);
            }
            out.writeByte((track.lowest == null ? 0 : LOWEST) | (track.score == null ? 0 : SCORE));
            if (track.lowest != null) {
                track.lowest.write(out);
            }
            if (track.score != null) {
                track.score.write(out);
            }
        }
    }

    private static void latch(Latch latch, DataOutput out) throws IOException {
        out.writeBoolean(latch != null);
        if (latch != null) {
            latch.write(out);
        }
    }

    void read(DataInput in) throws IOException {
        if (in.readByte() != FORM) {
            throw new IOException("alerts are kept in another form (expected " + FORM + ")");
        }
        int[] numbers = new int[in.readInt()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(in.readUTF(), in.readUTF());
        }
        String[] measures = new String[in.readInt()];
        for (int i = 0; i < measures.length; i++) {
            measures[i] = in.readUTF();
        }
        for (int left = in.readInt(); left > 0; left--) {
            WatchedDevice device = device(in, measures, numbers);
            alerts.devices.put(device.id, device);
        }
        if (in.readBoolean()) {
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

    private WatchedDevice device(DataInput in, String[] measures, int[] numbers) throws IOException {
        WatchedDevice device = alerts.watch(in.readUTF());
        device.location = in.readBoolean() ? in.readUTF() : null;
        device.last = in.readLong();
        device.pause = in.readLong();
        Latch silence = in.readBoolean() ? Latch.read(in) : null;
        device.silence = device.missed ? silence : null;
        Latch status = in.readBoolean() ? Latch.read(in) : null;
        device.status = alerts.rules.only(Rule.Status.class) == null ? null : status;
        for (int left = in.readInt(); left > 0; left--) {
            track(device.track(measures[in.readInt()]), in, numbers);
        }
        return device;
    }

    private void track(Track track, DataInput in, int[] numbers) throws IOException {
        track.last = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            int slot = in.readInt();
            Latch latch = Latch.read(in);
            if (numbers[slot / 2] >= 0) {
                track.put(2 * numbers[slot / 2] + slot % 2, latch);
            }
        }
        int has = in.readByte();
        track.lowest = (has & LOWEST) == 0 ? null : Lowest.read(in);
        if ((has & SCORE) != 0) {
            AnomalyScore score = AnomalyScore.read(in);
            if (alerts.watches.mayScore()) {
                alerts.watches.scored();
                track.score = score;
            }
        }
    }
}
