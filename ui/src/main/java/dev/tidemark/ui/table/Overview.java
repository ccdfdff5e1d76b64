package dev.tidemark.ui.table;

import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Tip;
import dev.tidemark.ui.theme.Theme;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The figures of a table, and how it grew. */
final class Overview {

    private final VBox[] tiles = new VBox[5];
    private final Bars written = new Bars(Bars.Second.STACKED, true, value -> Format.bytes(Math.round(value)));
    private final Bars commits = new Bars(Bars.Second.FRAME, false, Format::brief);
    private final Bars size = new Bars(Bars.Second.FRAME, true, value -> Format.bytes(Math.round(value)));
    private final Label writtenHead = head();
    private final Label commitsHead = head();
    private final Label sizeHead = head();

    Overview(Pane tileRow, VBox charts, ObservableValue<Theme> theme) {
        for (int i = 0; i < tiles.length; i++) {
            tiles[i] = tile();
            tileRow.getChildren().add(tiles[i]);
        }
        for (Bars bars : List.of(written, commits, size)) {
            bars.themeProperty().bind(theme);
        }
        HBox keys = new HBox(14, key("new", "table.bars.new"), key("moved", "table.bars.moved"));
        keys.setAlignment(Pos.CENTER_RIGHT);
        HBox.setHgrow(keys, Priority.ALWAYS);
        HBox row = new HBox(14, card(new HBox(writtenHead, keys), written, "bars-written"), card(commitsHead, commits, "bars-commits"));
        VBox growth = card(sizeHead, size, "bars-size");
        VBox.setVgrow(row, Priority.ALWAYS);
        VBox.setVgrow(growth, Priority.ALWAYS);
        charts.getChildren().addAll(row, growth);
    }

    void show(TableFacts facts) {
        FileSizes sizes = facts.sizes();
        Course course = facts.course();
        tile(0, "table.tile.size", Format.bytes(facts.snapshot().bytes()),
                course.kept() == 0 ? Messages.text("table.tile.size.note.none") : Messages.text("table.tile.size.note", Format.bytes(course.kept())));
        tile(1, "table.tile.rows", facts.snapshot().rows() < 0 ? "\u2013" : Format.whole(facts.snapshot().rows()),
                facts.snapshot().rows() < 0 ? Messages.text("table.tile.rows.unknown") : perDay(course, Course.Period::rows));
        tile(2, "table.tile.files", Format.whole(sizes.files()), sizes.files() == 0 ? Messages.text("table.tile.files.none")
                : Messages.text("table.tile.files.note", Format.whole(sizes.small()), Format.bytes(FileSizes.SMALL)));
        tile(3, "table.tile.commits", Format.whole(course.commits()), Double.isNaN(course.daily(course.commits()))
                ? Messages.text("table.tile.few") : Messages.text("table.tile.commits.note", Format.brief(course.daily(course.commits()))));
        tile(4, "table.tile.reach", facts.reach().time() == null ? "v\u2009" + Format.whole(facts.reach().from())
                : Format.age(Duration.between(facts.reach().time(), facts.snapshot().committedAt())),
                Messages.text("table.tile.reach.note", Format.whole(facts.reach().from())));
        String unit = Messages.text("table.unit." + course.unit().toSeconds());
        writtenHead.setText(Messages.text("table.bars.written", unit));
        commitsHead.setText(Messages.text("table.bars.commits", unit));
        sizeHead.setText(Messages.text("table.bars.size", unit));
        written.show(bars(course, Course.Period::written, Course.Period::rewritten, period -> Messages.text("table.bars.written.tip",
                Format.bytes(period.written()), Format.bytes(period.rewritten()))), writtenHead.getText());
        commits.show(bars(course, period -> (long) period.commits(), period -> 0L, period -> Messages.text("table.bars.commits.tip",
                Format.whole(period.commits()), Format.whole(period.rows()))), commitsHead.getText());
        size.show(bars(course, Course.Period::bytes, period -> 0L, period -> Messages.text("table.bars.size.tip",
                Format.bytes(period.bytes()), Format.whole(period.files()))), sizeHead.getText());
    }

    private static String perDay(Course course, Function<Course.Period, Long> counted) {
        double daily = course.daily(course.periods().stream().mapToLong(counted::apply).sum());
        return Double.isNaN(daily) ? Messages.text("table.tile.few") : Messages.text("table.tile.rows.note", Format.brief(daily));
    }

    private static List<Bars.Bar> bars(Course course, Function<Course.Period, Long> value, Function<Course.Period, Long> second,
                                       Function<Course.Period, String> told) {
        List<Bars.Bar> bars = new ArrayList<>();
        for (Course.Period period : course.periods()) {
            String when = course.unit().compareTo(Duration.ofDays(1)) >= 0 ? Format.day(period.from()) : Format.stamp(period.from());
            bars.add(new Bars.Bar(name(period.from(), course.unit()), value.apply(period), second.apply(period), when + "\n" + told.apply(period)));
        }
        return bars;
    }

    private static String name(Instant from, Duration unit) {
        return unit.compareTo(Duration.ofDays(1)) >= 0 ? Format.day(from).replaceAll(" \\d{4}$", "") : Format.clock(from).substring(0, unit.toSeconds() < 60 ? 8 : 5);
    }

    private static VBox card(Node head, Bars bars, String id) {
        bars.setId(id);
        VBox.setVgrow(bars, Priority.ALWAYS);
        VBox card = new VBox(8, head, bars);
        card.getStyleClass().addAll("card", "figure");
        card.setMinHeight(0);
        HBox.setHgrow(card, Priority.ALWAYS);
        card.setPrefWidth(200);
        return card;
    }

    private static HBox key(String style, String key) {
        Region swatch = new Region();
        swatch.getStyleClass().addAll("bar-key", style);
        Label name = new Label(Messages.text(key));
        name.getStyleClass().addAll("small", "quiet");
        HBox box = new HBox(6, swatch, name);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private static Label head() {
        Label label = new Label();
        label.getStyleClass().add("section-title");
        label.setMinWidth(Label.USE_PREF_SIZE);
        return label;
    }

    private static VBox tile() {
        Label title = new Label();
        title.getStyleClass().add("kpi-title");
        Label value = new Label();
        value.getStyleClass().add("kpi-value");
        // Cut off, a figure would be another figure.
        value.setMinWidth(Region.USE_PREF_SIZE);
        Label note = new Label();
        note.getStyleClass().add("kpi-note");
        VBox tile = new VBox(2, title, value, note);
        tile.getStyleClass().addAll("card", "kpi");
        tile.setMinWidth(0);
        tile.setPrefWidth(100);
        HBox.setHgrow(tile, Priority.ALWAYS);
        return tile;
    }

    private void tile(int at, String key, String value, String note) {
        tiles[at].setId(key.replace('.', '-'));
        ((Label) tiles[at].getChildren().get(0)).setText(Messages.text(key));
        ((Label) tiles[at].getChildren().get(1)).setText(value);
        ((Label) tiles[at].getChildren().get(2)).setText(note);
        Tip.on(tiles[at], note);
        tiles[at].setAccessibleText(Messages.text(key) + ": " + value + ", " + note);
    }
}
