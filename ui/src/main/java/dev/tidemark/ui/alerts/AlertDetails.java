package dev.tidemark.ui.alerts;

import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.theme.Icons;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** The alert that is selected: what can be done about it, its figures, and its story. */
final class AlertDetails {

    private final VBox place;
    private final AlertsModel model;
    private final AlertActions actions;
    private final Consumer<Alert> go;
    private List<Alert> shown;
    private boolean past;

    /** @param go takes the charts to an alert */
    AlertDetails(VBox place, AlertsModel model, AlertActions actions, Consumer<Alert> go) {
        this.place = place;
        this.model = model;
        this.actions = actions;
        this.go = go;
        model.boardProperty().addListener((property, before, now) -> show());
        model.selectedProperty().addListener((property, before, now) -> show());
        model.pastProperty().addListener((property, before, now) -> show());
        model.setOnChosen(this::show);
        Format.zoneProperty().addListener((property, before, now) -> {
            shown = null;
            show();
        });
        show();
    }

    private void show() {
        List<Alert> chosen = model.chosen();
        if (chosen.equals(shown) && past == model.pastProperty().get()) {
            return;
        }
        shown = chosen;
        past = model.pastProperty().get();
        place.getChildren().clear();
        if (chosen.isEmpty()) {
            Label none = new Label(Messages.text("alerts.details.none"), Icons.of(Feather.MOUSE_POINTER, 22));
            none.getStyleClass().addAll("quiet", "small", "details-none");
            none.setWrapText(true);
            none.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
            VBox.setVgrow(none, Priority.ALWAYS);
            place.getChildren().add(none);
        } else if (chosen.size() > 1) {
            Label many = new Label(Messages.text("alerts.details.many", chosen.size()));
            many.getStyleClass().add("section-title");
            place.getChildren().addAll(many, buttons(chosen));
        } else {
            one(chosen.get(0));
        }
    }

    private void one(Alert alert) {
        SeverityMark mark = new SeverityMark();
        mark.show(alert.severity(), alert.state() != AlertState.UNACKNOWLEDGED);
        Label severity = new Label(SeverityMark.name(alert.severity()));
        severity.getStyleClass().add("strong");
        Label state = new Label(Wording.state(alert), Icons.of(Wording.icon(alert.state()), 14));
        state.getStyleClass().add("quiet");
        HBox head = new HBox(8, mark, severity, state);
        head.setAlignment(Pos.CENTER_LEFT);
        Label message = new Label(alert.message());
        message.getStyleClass().add("details-title");
        message.setWrapText(true);
        message.setMinHeight(Region.USE_PREF_SIZE);
        VBox story = new VBox(10);
        events(alert).forEach(story.getChildren()::add);
        Label title = new Label(Messages.text("alerts.details.story"));
        title.getStyleClass().add("overline");
        VBox read = new VBox(12, facts(alert), title, story);
        ScrollPane scroll = new ScrollPane(read);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        place.getChildren().addAll(head, message, buttons(List.of(alert)), scroll);
    }

    private Node buttons(List<Alert> alerts) {
        FlowPane buttons = new FlowPane(8, 8);
        if (alerts.size() == 1) {
            Button charts = button("alerts.do.VISIT", Feather.ACTIVITY, () -> go.accept(alerts.get(0)));
            charts.setId("alert-visit");
            buttons.getChildren().add(charts);
        }
        for (Act.Kind kind : Act.Kind.values()) {
            if (model.logbook().can(kind, alerts)) {
                Button button = button("alerts.do." + kind, icon(kind), () -> actions.act(kind));
                button.setId("alert-" + Wording.style(kind));
                buttons.getChildren().add(button);
            }
        }
        if (!alerts.isEmpty() && model.pastProperty().get()) {
            Label why = new Label(Messages.text("alerts.past.why"));
            why.getStyleClass().addAll("small", "faint");
            why.setWrapText(true);
            buttons.getChildren().add(why);
        }
        return buttons;
    }

    private static Feather icon(Act.Kind kind) {
        return switch (kind) {
            case ACKNOWLEDGE -> Feather.CHECK;
            case SHELVE -> Feather.CLOCK;
            case UNSHELVE -> Feather.ROTATE_CCW;
            case OUT_OF_SERVICE -> Feather.TOOL;
            case IN_SERVICE -> Feather.PLAY;
            case COMMENT -> Feather.MESSAGE_SQUARE;
        };
    }

    private static Button button(String key, Feather icon, Runnable body) {
        Button button = new Button(Messages.text(key), Icons.of(icon, 14));
        button.getStyleClass().setAll("button", "plain-button");
        button.setOnAction(event -> body.run());
        return button;
    }

    private static Node facts(Alert alert) {
        GridPane grid = new GridPane();
        grid.setHgap(18);
        grid.setVgap(6);
        grid.getStyleClass().add("alert-facts");
        int row = 0;
        for (String[] fact : new String[][] {
                {"alarm", Wording.alarm(alert.alarm())},
                {"where", Wording.where(alert)},
                {"first", number(alert.first().value())}, {"last", number(alert.last().value())}, {"limit", number(alert.limit())},
                {"raised", Format.zoned(Micros.instant(alert.raised()))},
                {"cleared", alert.active() ? "" : Format.zoned(Micros.instant(alert.cleared()))},
                {"lasted", alert.active() ? "" : Format.age(Duration.between(Micros.instant(alert.raised()), Micros.instant(alert.cleared())))}}) {
            if (!fact[1].isEmpty()) {
                Label name = new Label(Messages.text("alerts.fact." + fact[0]));
                name.getStyleClass().addAll("small", "faint");
                name.setMinWidth(Region.USE_PREF_SIZE);
                Label value = new Label(fact[1]);
                value.getStyleClass().add("mono");
                grid.addRow(row++, name, value);
            }
        }
        return grid;
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : Format.value(value);
    }

    private record Event(long at, Feather icon, String what, String words) {
    }

    private static List<Node> events(Alert alert) {
        List<Event> events = new ArrayList<>();
        for (AlertChange change : alert.changes()) {
            Feather icon = switch (change.step()) {
                case RAISED -> Feather.BELL;
                case CHANGED -> Feather.TRENDING_UP;
                case CLEARED -> Feather.CHECK_CIRCLE;
            };
            events.add(new Event(change.told(), icon, Messages.text("alerts.step." + change.step()), change.sentence()));
        }
        for (Act act : alert.acts()) {
            String comment = act.comment().isEmpty() ? "" : "\u201c" + act.comment() + "\u201d";
            events.add(new Event(act.at(), icon(act.kind()), Messages.text("alerts.by", Wording.act(act), act.actor()), comment));
        }
        // Stable: changes that were told at once stay in their order.
        events.sort(Comparator.comparingLong(Event::at));
        Collections.reverse(events);
        return events.stream().map(AlertDetails::node).toList();
    }

    private static Node node(Event event) {
        Label what = new Label(event.what());
        what.setWrapText(true);
        Label time = new Label(Format.stamp(Micros.instant(event.at())));
        time.getStyleClass().addAll("mono", "faint");
        VBox words = new VBox(2, what);
        if (!event.words().isEmpty()) {
            Label said = new Label(event.words());
            said.getStyleClass().addAll("small", "quiet");
            said.setWrapText(true);
            words.getChildren().add(said);
        }
        words.getChildren().add(time);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox node = new HBox(10, Icons.of(event.icon(), 15), words);
        node.getStyleClass().add("event");
        return node;
    }
}
