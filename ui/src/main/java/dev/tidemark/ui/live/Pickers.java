package dev.tidemark.ui.live;

import dev.tidemark.ui.text.Messages;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;

import java.util.ArrayList;
import java.util.List;

/** Chooses the length of the windows, what makes the series, the measures, and what columns mean. A refresh never closes one that is open. */
final class Pickers {

    private final MenuButton window;
    private final MenuButton split;
    private final MenuButton measures;
    private final MenuButton roles;
    private final LiveModel model;
    private final SeriesSearch search;

    Pickers(MenuButton window, MenuButton split, MenuButton measures, MenuButton roles, LiveModel model, SeriesSearch search) {
        this.window = window;
        this.split = split;
        this.measures = measures;
        this.roles = roles;
        this.model = model;
        this.search = search;
        window.setOnShowing(event -> fillWindows());
        split.setOnShowing(event -> fillSplits());
        measures.setOnShowing(event -> fillMeasures());
        roles.setOnShowing(event -> fillRoles());
        // A menu without items does not open, and so is never filled.
        for (MenuButton menu : List.of(window, split, measures, roles)) {
            menu.getItems().add(new MenuItem());
            // The names of columns have underscores, which are no keys.
            menu.setMnemonicParsing(false);
        }
    }

    /** What is chosen now. */
    void show() {
        Frame frame = model.frameProperty().get();
        boolean windows = frame != null && !frame.choices().windows().isEmpty();
        window.setVisible(windows);
        window.setManaged(windows);
        split.setVisible(frame != null && !frame.choices().splits().isEmpty());
        split.setManaged(split.isVisible());
        measures.setVisible(frame != null);
        roles.setVisible(frame != null && !frame.asked().shape().choices().isEmpty());
        roles.setManaged(roles.isVisible());
        if (frame == null) {
            return;
        }
        if (windows) {
            String spelled = Windows.spelled(frame.asked().window());
            window.setText(Messages.text("live.window") + "  " + (model.question().window() == null ? Messages.text("live.window.auto.is", spelled) : spelled));
        }
        split.setText(Messages.text("live.split") + "  " + splitName(frame, frame.asked().split()));
        roles.setText(Messages.text("live.roles") + "  " + frame.asked().timePath());
        measures.setText(Messages.text("live.measures") + "  "
                + Messages.text("live.measures.of", frame.asked().measures().size(), frame.choices().measures().size()));
    }

    private static String splitName(Frame frame, String column) {
        return column == null ? Messages.text("live.split.none")
                : frame.asked().shape().kind() == TableShape.Kind.WINDOWS ? Messages.text("live.split." + column) : column;
    }

    private void fillWindows() {
        Frame frame = model.frameProperty().get();
        List<MenuItem> items = new ArrayList<>(List.of(head("live.window.head")));
        items.add(choice(Messages.text("live.window.auto"), model.question().window() == null, () -> model.ask(model.question().withWindow(null))));
        frame.choices().windows().forEach(name -> items.add(choice(Windows.spelled(name), name.equals(model.question().window()),
                () -> model.ask(model.question().withWindow(name)))));
        window.getItems().setAll(items);
    }

    private void fillSplits() {
        Frame frame = model.frameProperty().get();
        List<MenuItem> items = new ArrayList<>(List.of(head("live.split.head")));
        frame.choices().splits().forEach(column -> items.add(choice(splitName(frame, column), column.equals(frame.asked().split()),
                () -> model.ask(model.question().withSplit(column)))));
        if (search.isPartial()) {
            items.add(head("series.head"));
            items.add(choice(Messages.text("series.suiting.choice", Roster.FEW), model.question().series() == null, search::suit));
            items.add(choice(Messages.text("series.chosen.choice"), model.question().series() != null, search::ask));
        }
        split.getItems().setAll(items);
    }

    private void fillMeasures() {
        Frame frame = model.frameProperty().get();
        List<MenuItem> items = new ArrayList<>(List.of(head("live.measures.head")));
        for (String measure : frame.choices().measures()) {
            CheckBox box = new CheckBox(MeasureName.of(measure).title());
            Label path = new Label(measure);
            path.getStyleClass().add("picker-name");
            box.setGraphic(path);
            box.setContentDisplay(ContentDisplay.RIGHT);
            box.setGraphicTextGap(10);
            box.setId("measure-" + measure);
            box.setMnemonicParsing(false);
            box.setSelected(frame.asked().measures().contains(measure));
            CustomMenuItem item = new CustomMenuItem(box, false);
            box.setOnAction(event -> chooseMeasure(measure, box));
            items.add(item);
        }
        measures.getItems().setAll(items);
    }

    private void chooseMeasure(String measure, CheckBox box) {
        Frame frame = model.frameProperty().get();
        List<String> before = model.question().measures() == null ? frame.asked().measures() : model.question().measures();
        List<String> chosen = frame.choices().measures().stream()
                .filter(each -> each.equals(measure) ? box.isSelected() : before.contains(each)).toList();
        if (chosen.isEmpty()) {
            // A page without a chart tells nothing.
            box.setSelected(true);
        } else {
            model.ask(model.question().withMeasures(chosen));
        }
    }

    /** What was recognised is chosen as long as nobody says otherwise. */
    private void fillRoles() {
        TableShape shape = model.frameProperty().get().asked().shape();
        Question.Roles said = model.question().roles();
        List<MenuItem> items = new ArrayList<>(List.of(head("live.roles.time")));
        shape.choices().times().forEach(path -> items.add(choice(path, path.equals(shape.timePath()), () -> say(said.withTime(path)))));
        if (!shape.choices().names().isEmpty()) {
            items.add(head("live.roles.chart"));
            items.add(choice(Messages.text("live.roles.columns"), shape.named() == null, () -> say(said.withName(Question.Roles.NO_NAME))));
            shape.choices().names().forEach(name -> items.add(choice(Messages.text("live.roles.named", name), shape.named() != null && name.equals(shape.named().by()),
                    () -> say(said.withName(name)))));
        }
        if (shape.named() != null && shape.choices().values().size() > 1) {
            items.add(head("live.roles.value"));
            shape.choices().values().forEach(column -> items.add(choice(column, column.equals(shape.named().value()), () -> say(said.withValue(column)))));
        }
        if (!said.equals(Question.Roles.ANY)) {
            items.add(new SeparatorMenuItem());
            MenuItem again = new MenuItem(Messages.text("live.roles.again"));
            again.setOnAction(event -> say(Question.Roles.ANY));
            items.add(again);
        }
        roles.getItems().setAll(items);
    }

    private void say(Question.Roles others) {
        model.ask(model.question().withRoles(others));
    }

    private static MenuItem head(String key) {
        MenuItem item = new MenuItem(Messages.text(key));
        item.setDisable(true);
        return item;
    }

    private static MenuItem choice(String text, boolean selected, Runnable action) {
        RadioMenuItem item = new RadioMenuItem(text);
        item.setMnemonicParsing(false);
        item.setSelected(selected);
        item.setOnAction(event -> action.run());
        return item;
    }
}
