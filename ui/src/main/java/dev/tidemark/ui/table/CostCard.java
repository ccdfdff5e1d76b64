package dev.tidemark.ui.table;

import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/** What a month costs, line by line, and the prices that it is counted with, which can be changed where they stand. */
final class CostCard {

    private final TableModel model;
    private final GridPane lines = grid();
    private final GridPane prices = grid();
    private final Label total = new Label();
    private final Label how = new Label();
    private final List<Runnable> refills = new ArrayList<>();

    CostCard(VBox place, TableModel model) {
        this.model = model;
        Label head = new Label(Messages.text("table.cost.title"));
        head.getStyleClass().add("section-title");
        total.getStyleClass().add("cost-total");
        total.setId("cost-total");
        how.getStyleClass().addAll("small", "faint");
        how.setWrapText(true);
        how.setMinHeight(Label.USE_PREF_SIZE);
        Label priceHead = new Label(Messages.text("table.cost.prices"));
        priceHead.getStyleClass().add("overline");
        price("storage", Prices::storage, (old, value) -> new Prices(old.currency(), value, old.writes(), old.reads(), old.readsDay()));
        price("writes", Prices::writes, (old, value) -> new Prices(old.currency(), old.storage(), value, old.reads(), old.readsDay()));
        price("reads", Prices::reads, (old, value) -> new Prices(old.currency(), old.storage(), old.writes(), value, old.readsDay()));
        price("readsDay", Prices::readsDay, (old, value) -> new Prices(old.currency(), old.storage(), old.writes(), old.reads(), value));
        place.getChildren().addAll(head, total, lines, priceHead, prices, how);
        model.pricesProperty().addListener((property, before, now) -> {
            refills.forEach(Runnable::run);
            show();
        });
        model.factsProperty().addListener((property, before, now) -> show());
        show();
    }

    private void show() {
        TableFacts facts = model.factsProperty().get();
        if (facts == null) {
            return;
        }
        Prices asked = model.pricesProperty().get();
        CostEstimate cost = CostEstimate.of(facts.snapshot(), facts.course(), asked);
        total.setText(amount(cost.total(), asked));
        how.setText(Messages.text("table.cost.how", Format.age(facts.course().span())));
        lines.getChildren().clear();
        line("table.cost.storage", Format.bytes(facts.snapshot().bytes()), amount(cost.storage(), asked));
        line("table.cost.kept", Format.bytes(facts.course().kept()), amount(cost.kept(), asked));
        line("table.cost.writes", Double.isNaN(cost.writes()) ? Messages.text("table.cost.short") : Format.brief(cost.writesMonth()), amount(cost.writes(), asked));
        line("table.cost.reads", Format.brief(cost.readsMonth()), amount(cost.reads(), asked));
    }

    private void line(String key, String quantity, String amount) {
        Label name = new Label(Messages.text(key));
        name.setMinWidth(0);
        Label much = new Label(quantity);
        much.getStyleClass().addAll("small", "faint");
        Label money = new Label(amount);
        money.getStyleClass().add("mono");
        money.setMinWidth(Label.USE_PREF_SIZE);
        GridPane.setHalignment(much, HPos.RIGHT);
        GridPane.setHalignment(money, HPos.RIGHT);
        lines.addRow(lines.getRowCount(), name, much, money);
    }

    private void price(String name, ToDoubleFunction<Prices> reads, BiFunction<Prices, Double, Prices> writes) {
        TextField field = new TextField();
        field.setId("price-" + name);
        field.getStyleClass().addAll("mono", "price");
        field.setAccessibleText(Messages.text("table.price." + name));
        Runnable refill = () -> field.setText(written(reads.applyAsDouble(model.pricesProperty().get())));
        refill.run();
        refills.add(refill);
        Runnable take = () -> {
            try {
                model.pricesProperty().set(writes.apply(model.pricesProperty().get(), Double.parseDouble(field.getText().strip().replace(',', '.'))));
            } catch (IllegalArgumentException noPrice) {
                // What cannot be counted with is not taken; the field says again what is.
                refill.run();
            }
        };
        field.setOnAction(event -> take.run());
        field.focusedProperty().addListener((property, before, now) -> {
            if (!now) {
                take.run();
            }
        });
        Label label = new Label(Messages.text("table.price." + name));
        label.getStyleClass().addAll("small", "quiet");
        label.setLabelFor(field);
        GridPane.setHalignment(field, HPos.RIGHT);
        prices.addRow(prices.getRowCount(), label, field);
    }

    private static String amount(double money, Prices prices) {
        return Double.isNaN(money) ? "\u2013" : money > 0 && money < 0.01 ? "< " + prices.currency() + "\u2009" + "0.01"
                : prices.currency() + "\u2009" + String.format(Locale.ROOT, money >= 100 ? "%.0f" : "%.2f", money);
    }

    private static String written(double price) {
        return price == Math.rint(price) ? String.valueOf((long) price) : String.valueOf(price);
    }

    private static GridPane grid() {
        GridPane grid = new GridPane();
        grid.setHgap(12);
        grid.setVgap(6);
        ColumnConstraints first = new ColumnConstraints();
        first.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().add(first);
        return grid;
    }
}
