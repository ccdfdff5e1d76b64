package dev.tidemark.ui.alerts;

import dev.tidemark.lake.Lake;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Micros;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What an operator does about alerts, written down: which of it makes sense for an alert, who did it and when. Belongs to the thread that
 * owns the screen.
 */
public final class Logbook {

    private final Tasks tasks;
    private final InstantSource clock;
    private final Path settings;
    private final String operator;
    private final ReadOnlyStringWrapper kept = new ReadOnlyStringWrapper("");
    private final BooleanProperty closed = new SimpleBooleanProperty();
    private Outbox outbox;
    private Ledger ledger;
    private Consumer<List<Act>> onRecord;
    private long lastAct = Long.MIN_VALUE;

    /**
     * @param settings the desktop's own folder, for what the lake does not take
     * @param operator who sits here
     */
    Logbook(Tasks tasks, InstantSource clock, Path settings, String operator) {
        this.tasks = tasks;
        this.clock = clock;
        this.settings = settings;
        this.operator = operator;
    }

    /** What is kept on this computer because the lake does not take it, and why; "" if nothing is. */
    public ReadOnlyStringProperty keptProperty() {
        return kept.getReadOnlyProperty();
    }

    /** Whether nothing can be written down: what is looked at is not now. */
    BooleanProperty closedProperty() {
        return closed;
    }

    /**
     * Writes into the logbook of a lake from now on.
     *
     * @param listener hears what is written down, before it is
     * @return what waits on this computer for that lake
     */
    Outbox open(Lake lake, Consumer<List<Act>> listener) {
        Outbox opened = Outbox.of(settings, lake.root());
        outbox = opened;
        ledger = new Ledger(lake, opened, tasks, clock, (waiting, why) -> {
            if (outbox == opened) {
                kept.set(waiting == 0 ? "" : Messages.text(waiting == 1 ? "alerts.kept.one" : "alerts.kept", waiting, why));
            }
        });
        onRecord = listener;
        return opened;
    }

    /** Hands in what an earlier run of the desktop could not. */
    void resume() {
        ledger.resume();
    }

    /** Tries again what waits, if it is time to. */
    void tick() {
        ledger.tick();
    }

    /** Writes nothing any more. */
    void close() {
        ledger.close();
        ledger = null;
        outbox = null;
        kept.set("");
    }

    /** Whether something can be done about at least one of these alerts, now. */
    public boolean can(Act.Kind kind, List<Alert> alerts) {
        return ledger != null && !closed.get() && alerts.stream().anyMatch(alert -> applies(kind, alert));
    }

    private static boolean applies(Act.Kind kind, Alert alert) {
        return switch (kind) {
            case ACKNOWLEDGE -> alert.state().wantsAcknowledging();
            case SHELVE -> alert.state().isOpen() || alert.state() == AlertState.SHELVED;
            case UNSHELVE -> alert.state() == AlertState.SHELVED;
            case OUT_OF_SERVICE -> alert.state().isOpen() || alert.state() == AlertState.SHELVED;
            case IN_SERVICE -> alert.state() == AlertState.OUT_OF_SERVICE;
            case COMMENT -> true;
        };
    }

    /** Writes down that the operator has seen these alerts; those that want no acknowledging are left out. */
    public void acknowledge(List<Alert> alerts, String comment) {
        act(Act.Kind.ACKNOWLEDGE, alerts, comment, Act.NEVER);
    }

    /** Hides what the alarms of these alerts raise, until a time that lies ahead. */
    public void shelve(List<Alert> alerts, Instant until, String comment) {
        act(Act.Kind.SHELVE, alerts, comment, Micros.of(until));
    }

    /** Does one of the things that need no end: everything but shelving. */
    public void act(Act.Kind kind, List<Alert> alerts, String comment) {
        act(kind, alerts, comment, Act.NEVER);
    }

    private void act(Act.Kind kind, List<Alert> alerts, String comment, long until) {
        if (ledger == null || closed.get()) {
            return;
        }
        boolean ofAlarm = kind != Act.Kind.ACKNOWLEDGE && kind != Act.Kind.COMMENT;
        // What is done later is later, even within one tick of the clock: their order tells what holds.
        long at = Math.max(Micros.of(clock.instant()), lastAct + 1);
        lastAct = at;
        List<Act> acts = new ArrayList<>();
        Set<AlarmKey> done = new HashSet<>();
        for (Alert alert : alerts) {
            if (applies(kind, alert) && (!ofAlarm || done.add(alert.alarm()))) {
                acts.add(new Act(UUID.randomUUID().toString(), alert.id(), alert.alarm(), kind, comment, until, operator, at));
            }
        }
        if (!acts.isEmpty()) {
            onRecord.accept(acts);
            ledger.record(acts);
        }
    }
}
