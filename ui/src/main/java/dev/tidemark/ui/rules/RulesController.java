package dev.tidemark.ui.rules;

import dev.tidemark.ui.chart.Severity;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.text.Tip;
import dev.tidemark.ui.theme.Icons;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.fxml.FXML;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import javafx.util.StringConverter;
import org.kordamp.ikonli.feather.Feather;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Binds the page of rules to its model. */
public final class RulesController {

    private static final int BUCKETS = 72;

    private final RulesModel model;
    private final Function<String, Optional<Path>> chooseFile;
    private final Runnable showCharts;
    private final PauseTransition typing = new PauseTransition(Duration.millis(250));
    private final ToggleGroup kinds = new ToggleGroup();

    @FXML private VBox root;
    @FXML private HBox kindBar;
    @FXML private GridPane form;
    @FXML private Label mistakes;
    @FXML private HBox ranges;
    @FXML private Label headline;
    @FXML private Label basis;
    @FXML private VBox course;
    @FXML private HBox bars;
    @FXML private Label from;
    @FXML private Label to;
    @FXML private ProgressBar progress;
    @FXML private TableView<BackTest.Episode> table;
    @FXML private TextArea yaml;
    @FXML private Button copy;
    @FXML private Button save;
    @FXML private Label saved;

    private final TextField name = field("rule-name");
    private final ComboBox<Severity> severity = new ComboBox<>();
    private final TextField pattern = field("rule-pattern");
    private final TextField above = field("rule-above");
    private final TextField below = field("rule-below");
    private final TextField percent = field("rule-percent");
    private final TextField within = field("rule-within");
    private final TextField after = field("rule-after");
    private final TextField words = field("rule-words");
    private final TextField deadBand = field("rule-dead-band");
    private final TextField delay = field("rule-delay");
    private final TextField clearDelay = field("rule-clear-delay");

    /**
     * @param chooseFile where to write, given a name that suits
     * @param showCharts brings the page of charts on screen
     */
    public RulesController(RulesModel model, Function<String, Optional<Path>> chooseFile, Runnable showCharts) {
        this.model = model;
        this.chooseFile = chooseFile;
        this.showCharts = showCharts;
    }

    @FXML
    private void initialize() {
        severity.getItems().setAll(Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW);
        severity.setId("rule-severity");
        severity.setConverter(new StringConverter<>() {
            @Override
            public String toString(Severity value) {
                return value == null ? "" : Messages.text("alerts.severity." + value);
            }

            @Override
            public Severity fromString(String text) {
                return null;
            }
        });
        for (Rule.Kind kind : Rule.Kind.values()) {
            segment(kindBar, kinds, Messages.text("rules.kind." + kind), "rule-kind-" + kind, kind == model.ruleProperty().get().kind(), () -> {
                fillForm(kind);
                written();
            }).setUserData(kind);
        }
        ToggleGroup lengths = new ToggleGroup();
        for (java.time.Duration length : List.of(java.time.Duration.ofHours(1), java.time.Duration.ofHours(6), java.time.Duration.ofHours(24), java.time.Duration.ofDays(7),
                java.time.Duration.ofDays(30))) {
            String said = length.toHours() > 24 ? length.toDays() + "\u2009d" : length.toHours() + "\u2009h";
            segment(ranges, lengths, said, "rule-range-" + length.toHours(), length.equals(model.rangeProperty().get()), () -> model.rangeProperty().set(length));
        }
        fill(model.ruleProperty().get());
        fillForm(model.ruleProperty().get().kind());
        fillTable();
        typing.setOnFinished(event -> take());
        for (TextField field : List.of(name, pattern, above, below, percent, within, after, words, deadBand, delay, clearDelay)) {
            field.textProperty().addListener((property, before, now) -> written());
        }
        severity.valueProperty().addListener((property, before, now) -> written());
        copy.setGraphic(Icons.of(Feather.COPY, 14));
        copy.setOnAction(event -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(yaml.getText());
            Clipboard.getSystemClipboard().setContent(content);
            saved.setText(Messages.text("rules.copied"));
        });
        save.setGraphic(Icons.of(Feather.SAVE, 14));
        save.setOnAction(event -> save());
        progress.visibleProperty().bind(model.busyProperty());
        model.resultProperty().addListener((property, before, now) -> showResult());
        model.problemProperty().addListener((property, before, now) -> showResult());
        Format.zoneProperty().addListener((property, before, now) -> {
            table.refresh();
            showResult();
        });
        take();
        showResult();
    }

    private static TextField field(String id) {
        TextField field = new TextField();
        field.setId(id);
        field.getStyleClass().add("words");
        return field;
    }

    private static ToggleButton segment(HBox place, ToggleGroup group, String text, String id, boolean selected, Runnable body) {
        ToggleButton button = new ToggleButton(text);
        button.setId(id);
        button.getStyleClass().setAll("segment", "toggle-button");
        button.setToggleGroup(group);
        button.setSelected(selected);
        button.setOnAction(event -> {
            button.setSelected(true);
            body.run();
        });
        place.getChildren().add(button);
        return button;
    }

    private void fill(Rule rule) {
        name.setText(rule.name());
        severity.setValue(rule.severity());
        pattern.setText(rule.pattern());
        above.setText(number(rule.above()));
        below.setText(number(rule.below()));
        percent.setText(number(rule.percent()));
        within.setText(rule.within() == null ? "" : Rule.written(rule.within()));
        after.setText(rule.after() == null ? "" : Rule.written(rule.after()));
        words.setText(rule.words());
        deadBand.setText(number(rule.deadBand()));
        delay.setText(rule.delay());
        clearDelay.setText(rule.clearDelay());
    }

    /** Only what belongs to the kind of rule. */
    private void fillForm(Rule.Kind kind) {
        form.getChildren().clear();
        row("name", name);
        switch (kind) {
            case THRESHOLD -> {
                row("severity", severity);
                row("measure", pattern);
                row("above", above);
                row("below", below);
                row("deadband", deadBand);
                row("delay", delay);
            }
            case SPIKE -> {
                row("severity", severity);
                row("measure", pattern);
                row("percent", percent);
                row("within", within);
                row("deadband", deadBand);
                row("delay", delay);
            }
            case SILENCE -> {
                row("severity", severity);
                row("device", pattern);
                row("after", after);
            }
            case STATUS -> {
                row("words", words);
                row("delay", delay);
            }
        }
        row("cleardelay", clearDelay);
    }

    private void row(String key, Node input) {
        Label label = new Label(Messages.text("rules.field." + key));
        label.getStyleClass().addAll("small", "quiet");
        label.setLabelFor(input);
        label.setMinWidth(Region.USE_PREF_SIZE);
        Tip.on(label, Messages.text("rules.field." + key + ".tip"));
        input.setAccessibleText(label.getText());
        if (input instanceof Region region) {
            region.setMaxWidth(Double.MAX_VALUE);
        }
        GridPane.setHgrow(input, Priority.ALWAYS);
        form.addRow(form.getRowCount(), label, input == delay || input == clearDelay ? counted((TextField) input) : input);
    }

    /** A field whose bare number is told to be one of readings. */
    private static Node counted(TextField field) {
        Label unit = new Label();
        unit.getStyleClass().addAll("small", "faint");
        unit.setMouseTransparent(true);
        unit.textProperty().bind(field.textProperty().map(text -> text.strip().matches("\\d{1,9}") ? Messages.text("rules.readings", Long.parseLong(text.strip())) : ""));
        StackPane place = new StackPane(field, unit);
        StackPane.setAlignment(unit, Pos.CENTER_RIGHT);
        StackPane.setMargin(unit, new Insets(0, 12, 0, 0));
        return place;
    }

    private void fillTable() {
        column("device", 130, episode -> episode.source().device(), false);
        column("measure", 190, episode -> episode.source().measure(), false);
        column("from", 165, episode -> Format.stamp(Micros.instant(episode.from())), true);
        column("lasted", 100, episode -> episode.to() == Long.MAX_VALUE ? Messages.text("rules.open")
                : Format.age(java.time.Duration.between(Micros.instant(episode.from()), Micros.instant(episode.to()))), false);
        column("worst", 100, episode -> Double.isNaN(episode.worst()) ? "" : Format.value(episode.worst()), false);
        table.getColumns().get(table.getColumns().size() - 1).getStyleClass().add("number");
        table.getStyleClass().add("dense");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        Label none = new Label(Messages.text("rules.none"));
        none.getStyleClass().addAll("faint", "small");
        table.setPlaceholder(none);
        table.setAccessibleText(Messages.text("rules.table"));
        table.setOnKeyPressed(event -> {
            BackTest.Episode chosen = table.getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.ENTER && chosen != null) {
                model.show(chosen);
                showCharts.run();
                event.consume();
            }
        });
        table.setOnMouseClicked(event -> {
            BackTest.Episode episode = table.getSelectionModel().getSelectedItem();
            if (event.getClickCount() == 2 && episode != null) {
                model.show(episode);
                showCharts.run();
            }
        });
    }

    private void column(String key, double width, Function<BackTest.Episode, String> words, boolean mono) {
        TableColumn<BackTest.Episode, String> column = new TableColumn<>(Messages.text("rules.column." + key));
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        if (mono) {
            column.getStyleClass().add("mono");
        }
        column.setCellValueFactory(features -> new ReadOnlyObjectWrapper<>(words.apply(features.getValue())));
        table.getColumns().add(column);
    }

    /** Tries it when nobody types for a moment. */
    private void written() {
        saved.setText("");
        typing.playFromStart();
    }

    private void take() {
        Rule rule = new Rule(name.getText().strip(), (Rule.Kind) kinds.getSelectedToggle().getUserData(), severity.getValue(), pattern.getText(), Rule.limit(above.getText()), Rule.limit(below.getText()),
                number(percent.getText()), Rule.span(within.getText()).orElse(null), Rule.span(after.getText()).orElse(null), words.getText(),
                deadBand.getText().isBlank() ? 0 : number(deadBand.getText()), delay.getText(), clearDelay.getText());
        List<String> wrong = new ArrayList<>(rule.mistakes());
        mistakes.setText(String.join("\n", wrong.stream().map(key -> Messages.text(key)).toList()));
        mistakes.setVisible(!wrong.isEmpty());
        mistakes.setManaged(!wrong.isEmpty());
        yaml.setText(wrong.isEmpty() ? rule.yaml() : "");
        copy.setDisable(!wrong.isEmpty());
        save.setDisable(!wrong.isEmpty());
        if (rule.equals(model.ruleProperty().get())) {
            model.run();
        } else {
            model.ruleProperty().set(rule);
        }
    }

    private void showResult() {
        RulesModel.Result result = model.resultProperty().get();
        bars.getChildren().clear();
        course.setVisible(false);
        headline.getStyleClass().remove("alarm-text");
        if (result == null) {
            table.getItems().clear();
            boolean failed = !model.problemProperty().get().isEmpty();
            headline.setText(failed ? model.problemProperty().get() : Messages.text("rules.nothing"));
            if (failed) {
                headline.getStyleClass().add("alarm-text");
            }
            basis.setText("");
            return;
        }
        if (result.rule().kind() == Rule.Kind.STATUS) {
            headline.setText(Messages.text("rules.status"));
            basis.setText("");
            table.getItems().clear();
            return;
        }
        long devices = result.episodes().stream().map(episode -> episode.source().device()).distinct().count();
        headline.setText(Messages.text(result.episodes().isEmpty() ? "rules.quiet" : "rules.would", result.episodes().size(), devices,
                String.format(Locale.ROOT, "%.1f", result.perTenMinutes())));
        basis.setText(Messages.text("rules.basis", Format.whole(result.windows()), result.window(), result.devices(), Format.whole(result.version()),
                Format.stamp(Micros.instant(result.from())), Format.zoned(Micros.instant(result.to()))));
        table.getItems().setAll(result.episodes());
        int[] counts = new int[BUCKETS];
        for (BackTest.Episode episode : result.episodes()) {
            counts[(int) Math.max(0, Math.min(BUCKETS - 1, (episode.from() - result.from()) * BUCKETS / Math.max(1, result.to() - result.from())))]++;
        }
        int most = Math.max(1, Arrays.stream(counts).max().orElse(1));
        for (int count : counts) {
            Region bar = new Region();
            bar.getStyleClass().add(count == 0 ? "rule-bar-none" : "rule-bar");
            double height = count == 0 ? 2 : 6 + 40.0 * count / most;
            bar.setMinHeight(height);
            bar.setMaxHeight(height);
            HBox.setHgrow(bar, Priority.ALWAYS);
            bars.getChildren().add(bar);
        }
        from.setText(Format.stamp(Micros.instant(result.from())));
        to.setText(Format.stamp(Micros.instant(result.to())));
        course.setVisible(true);
        bars.setAccessibleText(headline.getText());
    }

    private void save() {
        chooseFile.apply(name.getText().strip() + ".yaml").ifPresent(file -> {
            try {
                Files.writeString(file, yaml.getText());
                saved.setText(Messages.text("rules.saved", file));
            } catch (IOException e) {
                saved.setText(Messages.text("rules.notsaved", file, e.getMessage()));
            }
        });
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.strip().replace(',', '.'));
        } catch (NumberFormatException none) {
            return Double.NaN;
        }
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
