package dev.tidemark.ui;

import dev.tidemark.ui.alerts.Act;
import dev.tidemark.ui.alerts.AlertActions;
import dev.tidemark.ui.alerts.AlertsModel;
import dev.tidemark.ui.command.Command;
import dev.tidemark.ui.command.Command.Section;
import dev.tidemark.ui.command.Commands;
import dev.tidemark.ui.export.ExportModel;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.rules.Rulebook;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.theme.Appearance;
import dev.tidemark.ui.travel.TravelModel;
import javafx.beans.property.BooleanProperty;
import javafx.scene.input.KeyCombination;
import javafx.stage.Stage;

/** The commands of the frame: pages, time travel, charts, the lake and the window itself. What belongs to one page is added there. */
final class WindowCommands {

    private WindowCommands() {
    }

    static void addPages(Commands commands, Pages pages) {
        for (int i = 0; i < pages.all().size(); i++) {
            Page page = pages.all().get(i);
            commands.add(Command.of("page." + page.id(), Section.PAGES, () -> pages.show(page.id()), "Ctrl+" + (i + 1)));
        }
    }

    static void addTravel(Commands commands, TravelModel travel) {
        commands.add(Command.of("travel.live", Section.TIME, travel::goLive, "L", "Escape"));
        commands.add(Command.of("travel.pause", Section.TIME, travel::toggle, "Space"));
        commands.add(Command.of("travel.back", Section.TIME, () -> travel.step(-1), "Left"));
        commands.add(Command.of("travel.forward", Section.TIME, () -> travel.step(1), "Right"));
    }

    static void addCharts(Commands commands, LiveModel live, ExportModel export, Runnable ask) {
        commands.add(Command.of("zoom.undo", Section.CHARTS, live::undoZoom, "Ctrl+Z").when(live.zoomedProperty()::get));
        commands.add(Command.of("export", Section.CHARTS, ask, "Ctrl+E").when(export::isPossible));
    }

    static void addAlerts(Commands commands, AlertsModel alerts, AlertActions actions, BooleanProperty muted) {
        alert(commands, actions, "alert.acknowledge", Act.Kind.ACKNOWLEDGE, "A");
        commands.add(Command.of("alert.acknowledge.all", Section.ALERTS, () -> actions.acknowledgeAll(alerts.panel()), "Shift+A")
                .when(() -> !alerts.panel().unacknowledged().isEmpty() && !alerts.pastProperty().get()));
        alert(commands, actions, "alert.shelve", Act.Kind.SHELVE, "S");
        commands.add(Command.of("alert.unshelve", Section.ALERTS, () -> actions.act(actions.can(Act.Kind.UNSHELVE) ? Act.Kind.UNSHELVE : Act.Kind.IN_SERVICE), "U")
                .when(() -> actions.can(Act.Kind.UNSHELVE) || actions.can(Act.Kind.IN_SERVICE)));
        alert(commands, actions, "alert.service", Act.Kind.OUT_OF_SERVICE, "O");
        alert(commands, actions, "alert.comment", Act.Kind.COMMENT, "C");
        commands.add(Command.of("alert.visit", Section.ALERTS, () -> {
            if (alerts.visiting()) {
                alerts.comeBack();
            } else {
                alerts.selection().ifPresent(alerts::visit);
            }
        }, "V").when(() -> alerts.visiting() || alerts.selection().isPresent()));
        commands.add(Command.of("alert.mute", Section.ALERTS, () -> muted.set(!muted.get()), "M"));
    }

    private static void alert(Commands commands, AlertActions actions, String id, Act.Kind kind, String key) {
        commands.add(Command.of(id, Section.ALERTS, () -> actions.act(kind), key).when(() -> actions.can(kind)));
    }

    static void addRules(Commands commands, Pages pages, Rulebook book) {
        commands.add(Command.of("rules.open", Section.ALERTS, () -> {
            pages.show("rules");
            book.ask();
        }, "Ctrl+R"));
    }

    static void addWindow(Commands commands, Runnable openFolder, Runnable openStore, Appearance appearance, Stage stage, Runnable sheet) {
        commands.add(Command.of("lake.open", Section.LAKE, openFolder, "Ctrl+O"));
        commands.add(Command.of("store.open", Section.LAKE, openStore, "Ctrl+Shift+O"));
        commands.add(Command.of("theme", Section.WINDOW, appearance::toggle, "Ctrl+D"));
        commands.add(Command.of("size.larger", Section.WINDOW, appearance.magnification()::larger, "Ctrl++"));
        commands.add(Command.of("size.smaller", Section.WINDOW, appearance.magnification()::smaller, "Ctrl+-"));
        commands.add(Command.of("size.usual", Section.WINDOW, appearance.magnification()::usual, "Ctrl+0"));
        // Esc goes back to live and closes what lies above the page; whoever presses it on a wall screen does not want to lose that.
        stage.setFullScreenExitKeyCombination(KeyCombination.NO_MATCH);
        stage.setFullScreenExitHint("");
        commands.add(Command.of("fullscreen", Section.WINDOW, () -> stage.setFullScreen(!stage.isFullScreen()), "F11"));
        commands.add(Command.of("keys", Section.WINDOW, sheet, "?"));
    }

    /** The tip of a button that runs a command: its name and its first key. */
    static String tip(Commands commands, String id) {
        Command command = commands.find(id).orElseThrow();
        return command.keys().isEmpty() ? command.text() : Messages.text("command.tip", command.text(), command.keys().get(0).text());
    }
}
