package dev.tidemark.ui.alerts;

import dev.tidemark.ui.form.Sheet;
import dev.tidemark.ui.text.Messages;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** Asks the operator what has to be asked, then does it. Belongs to the FX thread. */
public final class AlertActions {

    private final AlertsModel model;
    private final InstantSource clock;
    private final Consumer<Sheet> show;
    private final Runnable hide;

    /**
     * @param show lays something over the window
     * @param hide takes it away
     */
    public AlertActions(AlertsModel model, InstantSource clock, Consumer<Sheet> show, Runnable hide) {
        this.model = model;
        this.clock = clock;
        this.show = show;
        this.hide = hide;
    }

    /** Whether this can be done about what is chosen. */
    public boolean can(Act.Kind kind) {
        return model.logbook().can(kind, model.chosen());
    }

    /** Does something about what is chosen. */
    public void act(Act.Kind kind) {
        List<Alert> alerts = model.chosen();
        if (!model.logbook().can(kind, alerts)) {
            return;
        }
        switch (kind) {
            case ACKNOWLEDGE -> acknowledge(alerts);
            case SHELVE -> shelve(alerts);
            case UNSHELVE, IN_SERVICE -> model.logbook().act(kind, alerts, "");
            case OUT_OF_SERVICE -> ask(kind, alerts, true);
            case COMMENT -> ask(kind, alerts, true);
        }
    }

    /** Acknowledges what stands on a list, after telling how many that are. */
    public void acknowledgeAll(AlertList list) {
        List<Alert> alerts = list.unacknowledged();
        if (model.logbook().can(Act.Kind.ACKNOWLEDGE, alerts)) {
            acknowledge(alerts);
        }
    }

    private void acknowledge(List<Alert> alerts) {
        ask(Act.Kind.ACKNOWLEDGE, alerts.stream().filter(alert -> alert.state().wantsAcknowledging()).toList(), false);
    }

    private void ask(Act.Kind kind, List<Alert> alerts, boolean commentNeeded) {
        AlertPrompt prompt = new AlertPrompt(title(kind, alerts), subject(alerts), Messages.text("alerts.prompt." + kind + ".ok", alerts.size()), commentNeeded, hide);
        prompt.setOnConfirm(comment -> model.logbook().act(kind, alerts, comment));
        show.accept(prompt);
    }

    private void shelve(List<Alert> alerts) {
        AlertPrompt prompt = new AlertPrompt(title(Act.Kind.SHELVE, alerts), subject(alerts), null, false, hide);
        for (Duration length : List.of(Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofHours(8))) {
            prompt.preset(length, comment -> model.logbook().shelve(alerts, clock.instant().plus(length), comment));
        }
        prompt.until(clock, (until, comment) -> model.logbook().shelve(alerts, until, comment));
        show.accept(prompt);
    }

    private static String title(Act.Kind kind, List<Alert> alerts) {
        return Messages.text("alerts.prompt." + kind + (alerts.size() == 1 ? ".one" : ""), alerts.size());
    }

    private static String subject(List<Alert> alerts) {
        return alerts.size() == 1 ? alerts.get(0).message()
                : Messages.text("alerts.prompt.devices", alerts.stream().map(alert -> alert.alarm().device()).distinct().count(), SeverityMark.name(AlertLine.worst(alerts)));
    }
}
