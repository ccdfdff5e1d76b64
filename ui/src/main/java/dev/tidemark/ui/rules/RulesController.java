package dev.tidemark.ui.rules;

import dev.tidemark.ui.live.MeasureName;
import dev.tidemark.ui.table.Grid;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.text.Tip;
import dev.tidemark.ui.theme.Icons;
import javafx.animation.PauseTransition;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;

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
    private static final double NARROWEST = 80;

    private final RulesModel model;
    private final Rulebook book;
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
    @FXML private Button openFile;
    @FXML private MenuButton offers;
    @FXML private Label unread;

    private final RuleForm fields = new RuleForm();

    /**
     * @param book       whose rules are offered
     * @param chooseFile where to write, given a name that suits
     * @param showCharts brings the page of charts on screen
     */
    public RulesController(RulesModel model, Rulebook book, Function<String, Optional<Path>> chooseFile, Runnable showCharts) {
        this.model = model;
        this.book = book;
        this.chooseFile = chooseFile;
        this.showCharts = showCharts;
    }

    @FXML
    private void initialize() {
        for (Rule.Kind kind : Rule.Kind.values()) {
            segment(kindBar, kinds, Messages.text("rules.kind." + kind), "rule-kind-" + kind, kind == model.ruleProperty().get().kind(), () -> {
                fields.show(kind);
                written();
            }).setUserData(kind);
        }
        ToggleGroup lengths = new ToggleGroup();
        for (java.time.Duration length : List.of(java.time.Duration.ofHours(1), java.time.Duration.ofHours(6), java.time.Duration.ofHours(24), java.time.Duration.ofDays(7),
                java.time.Duration.ofDays(30))) {
            String said = length.toHours() > 24 ? length.toDays() + "\u2009d" : length.toHours() + "\u2009h";
            segment(ranges, lengths, said, "rule-range-" + length.toHours(), length.equals(model.rangeProperty().get()), () -> model.rangeProperty().set(length));
        }
        fields.bind(form, this::written);
        fields.fill(model.ruleProperty().get());
        typing.stop();
        fillTable();
        fillOffers();
        typing.setOnFinished(event -> take());
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

    /** What a configuration has to be edited. */
    private void fillOffers() {
        openFile.setGraphic(Icons.of(Feather.FOLDER, 14));
        openFile.setOnAction(event -> book.ask());
        unread.textProperty().bind(book.problemProperty());
        unread.visibleProperty().bind(unread.textProperty().isNotEmpty());
        unread.managedProperty().bind(unread.visibleProperty());
        offers.visibleProperty().bind(book.fileProperty().isNotNull());
        offers.managedProperty().bind(offers.visibleProperty());
        book.fileProperty().addListener((property, before, now) -> offer(now));
        offer(book.fileProperty().get());
        book.recall();
    }

    private void offer(RuleFile read) {
        if (read == null) {
            return;
        }
        offers.setText(Messages.text("rules.offers", read.file().getFileName(), read.entries().size()));
        Tip.on(offers, Messages.text("rules.offers.tip", read.file()));
        offers.getItems().setAll(read.entries().stream().map(this::item).toList());
        if (book.asked()) {
            // The menu opens below its button, which has no place before it is laid out.
            root.applyCss();
            root.layout();
            offers.show();
        }
    }

    private MenuItem item(RuleFile.Entry entry) {
        MenuItem item = new MenuItem(entry.rule().map(rule -> Messages.text("rules.offer", entry.name(), Messages.text("rules.kind." + rule.kind())))
                .orElseGet(() -> Messages.text("rules.offer.not", entry.name(), entry.reason())));
        item.setMnemonicParsing(false);
        item.setDisable(entry.rule().isEmpty());
        entry.rule().ifPresent(rule -> item.setOnAction(event -> edit(rule)));
        return item;
    }

    private void edit(Rule rule) {
        kinds.getToggles().stream().filter(kind -> kind.getUserData() == rule.kind()).forEach(kinds::selectToggle);
        fields.fill(rule);
        typing.stop();
        saved.setText("");
        take();
    }

    private void fillTable() {
        Grid.prepare(table, "rules.none");
        Grid.text(table, "rules.column.device", 130, episode -> episode.source().device()).setMinWidth(NARROWEST);
        Grid.text(table, "rules.column.measure", 190, episode -> MeasureName.of(episode.source().measure()).title()).setMinWidth(NARROWEST);
        Grid.time(table, "rules.column.from", episode -> Micros.instant(episode.from()));
        Grid.text(table, "rules.column.lasted", 100, episode -> episode.to() == Long.MAX_VALUE ? Messages.text("rules.open")
                : Format.age(java.time.Duration.between(Micros.instant(episode.from()), Micros.instant(episode.to())))).setMinWidth(NARROWEST);
        // A value that is cut off is another one.
        Grid.number(table, "rules.column.worst", 100, this::worst).setMinWidth(100);
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

    private String worst(BackTest.Episode episode) {
        RulesModel.Result result = model.resultProperty().get();
        String unit = result == null ? "" : result.units().getOrDefault(episode.source(), "");
        return Double.isNaN(episode.worst()) ? "" : Format.value(episode.worst()) + (unit.isEmpty() ? "" : "\u2009" + unit);
    }

    /** Tries it when nobody types for a moment. */
    private void written() {
        saved.setText("");
        typing.playFromStart();
    }

    private void take() {
        Rule rule = fields.rule((Rule.Kind) kinds.getSelectedToggle().getUserData());
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
        chooseFile.apply(model.ruleProperty().get().name() + ".yaml").ifPresent(file -> book.write(file, yaml.getText(), saved::setText));
    }
}
