package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Severity;
import dev.tidemark.ui.text.Micros;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Changes of alerts and acts of operators for tests. Times are minutes after ten o'clock. */
final class Told {

    static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private Told() {
    }

    static long at(double minutes) {
        return Micros.of(TEN) + Math.round(minutes * 60_000_000);
    }

    static AlarmKey alarm(String device) {
        return new AlarmKey("too-hot", device, "temperature");
    }

    static AlertChange raised(String id, String device, Severity severity, double minute) {
        return change(id, 0, device, severity, AlertChange.Step.RAISED, 104, minute);
    }

    static AlertChange changed(String id, String device, Severity severity, double minute) {
        return change(id, 1, device, severity, AlertChange.Step.CHANGED, 118, minute);
    }

    static AlertChange cleared(String id, String device, Severity severity, double minute) {
        return change(id, 2, device, severity, AlertChange.Step.CLEARED, 97, minute);
    }

    /** What happened earlier, but is told only now. */
    static AlertChange late(AlertChange change, double minute) {
        return new AlertChange(change.alertId(), change.sequence(), change.alarm(), change.kind(), change.severity(), change.step(), change.location(), change.value(),
                change.limit(), change.message(), change.eventTime(), at(minute));
    }

    private static AlertChange change(String id, long sequence, String device, Severity severity, AlertChange.Step step, double value, double minute) {
        String message = "temperature of " + device + (step == AlertChange.Step.CLEARED ? " is " + value + " again" : " is " + value + ", above 100");
        return new AlertChange(id, sequence, alarm(device), "threshold", severity, step, "hall-a", value, 100, message, at(minute), at(minute));
    }

    static Act act(Act.Kind kind, String alertId, String device, double minute) {
        return act(kind, alertId, device, minute, Act.NEVER, "");
    }

    static Act act(Act.Kind kind, String alertId, String device, double minute, long until, String comment) {
        return new Act("act-" + NUMBERS.incrementAndGet(), alertId, alarm(device), kind, comment, until, "ann@desk", at(minute));
    }
}
