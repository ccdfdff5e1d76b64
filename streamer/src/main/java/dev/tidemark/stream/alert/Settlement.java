package dev.tidemark.stream.alert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Makes what is open in memory what is open in the table: readings alone do not tell which silence was noticed, nor what began long ago. */
final class Settlement {

    private final Alerts alerts;
    private final Map<String, Integer> rules = new HashMap<>();
    private final Set<Latch> told = new HashSet<>();

    Settlement(Alerts alerts) {
        this.alerts = alerts;
        for (int i = 0; i < alerts.rules.all().size(); i++) {
            rules.put(alerts.rules.all().get(i).name(), i);
        }
    }

    void settle(List<Alerts.Open> open, long now, Consumer<AlertRow> rows) {
        List<Alerts.Open> drifts = new ArrayList<>();
        for (Alerts.Open alert : open) {
            AlertRow last = alert.last();
            Integer number = rules.get(last.rule());
            Rule rule = number == null ? null : alerts.rules.all().get(number);
            if (rule == null || rule.kind() != last.kind()) {
                rows.accept(new AlertRow(last.alertId(), last.rule(), last.kind(), last.severity(), AlertState.CLEARED, last.deviceId(), last.location(), last.measure(),
                        Double.NaN, Double.NaN, "Rule " + last.rule() + " is not configured any more", last.eventTime(), now, last.sequence() + 1));
            } else if (rule.kind() == AlertKind.SCHEMA_DRIFT) {
                drifts.add(alert);
            } else {
                resume(alert, rule, number);
            }
        }
        if (alerts.schema != null) {
            alerts.schema.settle(drifts);
        }
        alerts.devices.values().forEach(this::closeOthers);
    }

    private void resume(Alerts.Open alert, Rule rule, int number) {
        AlertRow first = alert.first();
        AlertRow last = alert.last();
        WatchedDevice device = alerts.devices.computeIfAbsent(first.deviceId(), alerts::watch);
        device.location = device.location == null ? first.location() : device.location;
        Latch latch;
        double excess = Math.abs(last.value() - last.limit());
        if (rule instanceof Rule.MissingData missing) {
            latch = device.silence == null ? new Latch() : device.silence;
            device.silence = latch;
            if (device.last == Alerts.NEVER) {
                device.last = first.eventTime() - missing.after();
            }
        } else if (rule instanceof Rule.Status) {
            latch = device.status == null ? new Latch() : device.status;
            device.status = latch;
            excess = 1 << last.severity().ordinal();
        } else {
            boolean below = rule.kind() == AlertKind.THRESHOLD && first.value() < first.limit();
            latch = device.latch(device.tracks.get(device.number(first.measure())), 2 * number + (below ? 1 : 0));
        }
        latch.resume(first, last, excess == excess ? excess : 1);
        told.add(latch);
    }

    private void closeOthers(WatchedDevice device) {
        if (device.silence != null && isNotTold(device.silence)) {
            device.silence = null;
        }
        if (device.status != null && isNotTold(device.status)) {
            device.status = null;
        }
        for (Track track : device.tracks) {
            for (Latch latch : track.latches.clone()) {
                if (isNotTold(latch)) {
                    device.release(track, latch);
                }
            }
        }
    }

    private boolean isNotTold(Latch latch) {
        return latch.isOpen() && !told.contains(latch);
    }
}
