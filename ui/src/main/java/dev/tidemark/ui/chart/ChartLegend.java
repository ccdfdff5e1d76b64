package dev.tidemark.ui.chart;

import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Tip;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import javafx.geometry.HPos;
import javafx.geometry.Side;
import javafx.geometry.VPos;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/**
 * The names of a chart's series. A click or the space bar shows or hides one; a double click, a click or space with Alt shows it
 * alone, and again all. Names that find no room go into a menu. For the FX thread.
 */
final class ChartLegend extends Region {

    private static final double GAP = 2;
    private static final double MOST = 150;

    /** The button of one series. */
    private static final class Item extends ToggleButton {
        private final Series series;
        private String sign = "";
        private final Swatch swatch = new Swatch();

        Item(Series series) {
            super(series.label());
            this.series = series;
            swatch.setOpacity(series.past() ? 0.45 : 1);
            setGraphic(swatch);
            setMnemonicParsing(false);
            setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            getStyleClass().setAll("trend-legend-item");
            setId("legend-" + series.key());
        }
    }

    private final BiConsumer<Series, Boolean> onPick;
    private final List<Item> items = new ArrayList<>();
    private final ToggleButton more = new ToggleButton();
    private ContextMenu menu;

    /** @param onPick told of a series that was clicked, and whether it shall be shown alone */
    ChartLegend(BiConsumer<Series, Boolean> onPick) {
        this.onPick = onPick;
        getStyleClass().add("trend-legend");
        setManaged(false);
        more.getStyleClass().setAll("trend-legend-item");
        more.setAccessibleText(Messages.text("chart.more"));
        Tip.on(more, Messages.text("chart.more"));
        more.setOnAction(e -> openMenu());
        getChildren().add(more);
    }

    /** Names these series; {@code visible} says which of them are drawn. */
    void show(List<Series> series, List<Boolean> visible, ChartPalette palette) {
        if (!items.stream().map(i -> i.series).toList().equals(series)) {
            getChildren().removeAll(items);
            items.clear();
            for (Series s : series) {
                items.add(item(s));
            }
            getChildren().addAll(items);
            requestLayout();
        }
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            item.setSelected(visible.get(i));
            item.swatch.show(palette, item.series.colour());
            item.sign = Bead.of(item.series.colour(), palette.series().size()).sign();
            item.setTextFill(palette.text());
            item.setOpacity(visible.get(i) ? 1 : 0.45);
            item.setAccessibleText(Messages.text(visible.get(i) ? "chart.legend.shown" : "chart.legend.hidden", item.series.label()));
        }
        more.setTextFill(palette.muted());
    }

    private Item item(Series s) {
        Item item = new Item(s);
        Tip.on(item, Messages.text("chart.legend.tip", s.label()));
        boolean[] alone = new boolean[1];
        item.addEventFilter(MouseEvent.MOUSE_PRESSED, e -> alone[0] = e.isAltDown() || e.getClickCount() % 2 == 0);
        item.addEventFilter(KeyEvent.KEY_PRESSED, e -> {
            alone[0] = e.isAltDown();
            if (e.getCode() == KeyCode.ENTER || e.isAltDown() && e.getCode() == KeyCode.SPACE) {
                item.fire();
                e.consume();
            }
        });
        // The chart decides what is shown: it sets the button's state in answer.
        item.setOnAction(e -> onPick.accept(s, alone[0]));
        return item;
    }

    private void openMenu() {
        more.setSelected(false);
        if (menu != null) {
            menu.hide();
        }
        menu = new ContextMenu();
        for (Item item : items) {
            if (!item.isVisible()) {
                CheckMenuItem entry = new CheckMenuItem(item.sign + item.series.label());
                entry.setMnemonicParsing(false);
                entry.setSelected(item.isSelected());
                entry.setOnAction(e -> onPick.accept(item.series, false));
                menu.getItems().add(entry);
            }
        }
        menu.show(more, Side.BOTTOM, 0, 4);
    }

    @Override
    protected double computePrefWidth(double height) {
        double width = 0;
        for (Item item : items) {
            width += width(item) + GAP;
        }
        return width;
    }

    @Override
    protected double computePrefHeight(double width) {
        double height = 18;
        for (Item item : items) {
            height = Math.max(height, item.prefHeight(-1));
        }
        return height;
    }

    @Override
    protected void layoutChildren() {
        double room = getWidth();
        boolean all = computePrefWidth(-1) <= room + 0.5;
        int fitting = items.size();
        if (!all) {
            more.setText("+" + items.size());
            double used = more.prefWidth(-1);
            fitting = 0;
            while (fitting < items.size() && used + width(items.get(fitting)) + GAP <= room) {
                used += width(items.get(fitting)) + GAP;
                fitting++;
            }
            more.setText("+" + (items.size() - fitting));
        }
        more.setVisible(!all);
        double x = room;
        if (!all) {
            x = place(more, x);
        }
        for (int i = items.size() - 1; i >= 0; i--) {
            items.get(i).setVisible(i < fitting);
            if (i < fitting) {
                x = place(items.get(i), x);
            }
        }
    }

    /** One long name leaves room for others. */
    private static double width(Region node) {
        return Math.min(MOST, Math.ceil(node.prefWidth(-1)));
    }

    private double place(Region node, double right) {
        double width = width(node);
        layoutInArea(node, right - width, 0, width, getHeight(), 0, HPos.RIGHT, VPos.CENTER);
        return right - width - GAP;
    }
}
