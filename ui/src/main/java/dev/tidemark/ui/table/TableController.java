package dev.tidemark.ui.table;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Schema;
import dev.tidemark.ui.state.StateBox;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Tip;
import dev.tidemark.ui.theme.Theme;
import dev.tidemark.ui.travel.RowChange;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** Binds the table page to its model. */
public final class TableController {

    private static final int LARGEST = 20_000;
    private static final double ROOM_FOR_ENGINE = 980;

    private final TableModel model;
    private final ObservableValue<Theme> theme;
    private final ToggleGroup parts = new ToggleGroup();
    private final Bars sizes = new Bars(Bars.Second.FRAME, false, Format::brief);
    private Overview overview;

    /** What the rows of the page belong to: they are still drawn when the table they tell of is closed already. */
    private TableFacts onPage;

    @FXML private VBox root;
    @FXML private HBox segments;
    @FXML private Label about;
    @FXML private HBox tiles;
    @FXML private VBox charts;
    @FXML private VBox cost;
    @FXML private VBox reach;
    @FXML private Node overviewPart;
    @FXML private Node schemaPart;
    @FXML private Node commitsPart;
    @FXML private Node filesPart;
    @FXML private StackPane content;
    @FXML private StackPane states;
    @FXML private TableView<Schema.Field> columns;
    @FXML private Label columnCount;
    @FXML private TableView<SchemaChange> changes;
    @FXML private TableView<Commit> commits;
    @FXML private Label commitCount;
    @FXML private TextArea commitText;
    @FXML private Button travelHere;
    @FXML private TableView<DataFile> files;
    @FXML private Label fileCount;
    @FXML private VBox histogram;
    @FXML private Label histogramNote;

    public TableController(TableModel model, ObservableValue<Theme> theme) {
        this.model = model;
        this.theme = theme;
    }

    @FXML
    private void initialize() {
        overview = new Overview(tiles, charts, theme);
        new CostCard(cost, model);
        segment("overview", overviewPart).setSelected(true);
        segment("schema", schemaPart);
        segment("commits", commitsPart);
        segment("files", filesPart);
        fillSchema();
        fillCommits();
        fillFiles();
        sizes.themeProperty().bind(theme);
        sizes.setId("bars-sizes");
        histogram.getChildren().add(1, sizes);
        VBox.setVgrow(sizes, Priority.ALWAYS);
        model.factsProperty().addListener((property, before, now) -> show());
        Format.zoneProperty().addListener((property, before, now) -> {
            show();
            commits.refresh();
            changes.refresh();
            files.refresh();
        });
        model.stateProperty().addListener((property, before, now) -> showState());
        model.problemProperty().addListener((property, before, now) -> showState());
        show();
        showState();
    }

    private ToggleButton segment(String name, Node part) {
        ToggleButton button = new ToggleButton(Messages.text("table.part." + name));
        button.setId("part-" + name);
        button.getStyleClass().setAll("segment");
        button.setToggleGroup(parts);
        part.visibleProperty().bind(button.selectedProperty());
        button.setOnAction(event -> button.setSelected(true));
        segments.getChildren().add(button);
        return button;
    }

    private void fillSchema() {
        Grid.prepare(columns, "table.none");
        Grid.text(columns, "table.column.name", 190, Schema.Field::name);
        Grid.text(columns, "table.column.type", 160, field -> field.type().toString());
        Grid.text(columns, "table.column.null", 76, field -> Messages.text(field.nullable() ? "table.column.null.yes" : "table.column.null.no"));
        Grid.text(columns, "table.column.partition", 80, field -> partition(field.name()) ? Messages.text("table.column.partition.yes") : "");
        Grid.text(columns, "table.column.since", 210, field -> onPage.lastChange(field.name())
                .map(change -> "v\u2009" + Format.whole(change.version()) + ", " + Format.stamp(change.time())).orElse(Messages.text("table.column.since.first")));
        Grid.prepare(changes, "table.changes.none");
        Grid.number(changes, "table.commit.version", 96, change -> Format.whole(change.version()));
        Grid.time(changes, "table.commit.time", SchemaChange::time);
        Grid.text(changes, "table.change", 260, change -> Messages.text("table.change." + change.kind(), change.column(),
                change.before().isEmpty() ? Messages.text("table.change.nullable") : change.before(),
                change.after().isEmpty() ? Messages.text("table.change.nullable") : change.after()));
        Grid.text(changes, "table.commit.operation", 130, SchemaChange::operation);
        travelOn(changes, change -> change.version());
    }

    private void fillCommits() {
        Grid.prepare(commits, "table.commits.none");
        Grid.number(commits, "table.commit.version", 84, commit -> Format.whole(commit.version()));
        Grid.time(commits, "table.commit.time", Commit::writtenAt);
        Grid.text(commits, "table.commit.operation", 160, Commit::operation);
        Grid.text(commits, "table.commit.kind", 118, commit -> Messages.text("kind." + commit.kind()));
        Grid.number(commits, "table.commit.rows", 92, commit -> {
            RowChange change = RowChange.of(commit);
            return change.added() < 0 ? "\u2013" : change.figures();
        });
        Grid.number(commits, "table.commit.files", 88, commit -> (commit.added().isEmpty() ? "" : "+" + commit.added().size())
                + (commit.removed().isEmpty() ? "" : " \u2212" + commit.removed().size()));
        Grid.number(commits, "table.commit.bytes", 92, commit -> commit.added().isEmpty() ? "" : Format.bytes(commit.added().stream().mapToLong(DataFile::size).sum()));
        // Who wrote it stands in the notes of the commit too.
        TableColumn<Commit, Commit> engine = Grid.column(commits, "table.commit.engine", 168, false, (cell, commit) -> {
            cell.setText(commit.engine() == null ? "" : commit.engine());
            Tip.on(cell, commit.engine());
        });
        engine.visibleProperty().bind(commits.widthProperty().greaterThan(ROOM_FOR_ENGINE));
        commits.getSelectionModel().selectedItemProperty().addListener((property, before, now) -> showCommit(now));
        travelOn(commits, Commit::version);
        travelHere.setOnAction(event -> {
            if (commits.getSelectionModel().getSelectedItem() != null) {
                model.goTo(commits.getSelectionModel().getSelectedItem().version());
            }
        });
        showCommit(null);
    }

    private void fillFiles() {
        Grid.prepare(files, "table.files.none");
        Grid.column(files, "table.file.path", 330, false, (cell, file) -> {
            cell.setText(path(file));
            Tip.on(cell, file.location());
        });
        Grid.number(files, "table.file.size", 90, file -> Format.bytes(file.size()));
        Grid.number(files, "table.file.rows", 90, file -> file.statistics().map(known -> Format.whole(known.rows())).orElse("\u2013"));
        Grid.number(files, "table.commit.version", 78, file -> onPage.arrivals().containsKey(file.location()) ? Format.whole(onPage.arrivals().get(file.location())) : "");
        Grid.time(files, "table.file.written", DataFile::modified);
    }

    private <T> void travelOn(TableView<T> view, ToLongFunction<T> version) {
        view.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2 && view.getSelectionModel().getSelectedItem() != null) {
                model.goTo(version.applyAsLong(view.getSelectionModel().getSelectedItem()));
            }
        });
        view.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER && view.getSelectionModel().getSelectedItem() != null) {
                model.goTo(version.applyAsLong(view.getSelectionModel().getSelectedItem()));
            }
        });
    }

    private boolean partition(String column) {
        return onPage.snapshot().partitionColumns().stream().anyMatch(column::equalsIgnoreCase);
    }

    private String path(DataFile file) {
        String root = onPage.snapshot().table();
        int at = file.location().indexOf(root);
        return at < 0 ? file.location() : file.location().substring(at + root.length()).replaceFirst("^/", "");
    }

    private void show() {
        TableFacts facts = model.factsProperty().get();
        if (facts == null) {
            return;
        }
        onPage = facts;
        overview.show(facts);
        showReach(facts);
        Grid.show(columns, facts.snapshot().schema().fields());
        columns.refresh();
        columnCount.setText(Format.whole(facts.snapshot().schema().fields().size()));
        Grid.show(changes, facts.changes());
        List<Commit> newest = new ArrayList<>(facts.commits());
        Collections.reverse(newest);
        Grid.show(commits, newest);
        commitCount.setText(Format.whole(newest.size()));
        Grid.show(files, facts.snapshot().files().stream().sorted(Comparator.comparing(DataFile::size)).limit(LARGEST).toList());
        fileCount.setText(Format.whole(facts.sizes().files()));
        showSizes(facts);
        about.setText(Messages.text("table.about", Format.whole(facts.snapshot().version()), Format.zoned(facts.snapshot().committedAt()),
                facts.snapshot().minReaderVersion(), facts.snapshot().minWriterVersion()));
    }

    private void showSizes(TableFacts facts) {
        FileSizes before = facts.compaction().map(TableFacts.Compaction::before).orElse(null);
        List<Bars.Bar> bars = IntStream.range(0, facts.sizes().counts().size()).mapToObj(i -> {
            String name = i == 0 ? "< " + Format.bytes(FileSizes.LIMITS.get(0)) : i == FileSizes.LIMITS.size()
                    ? "\u2265 " + Format.bytes(FileSizes.LIMITS.get(i - 1)) : "< " + Format.bytes(FileSizes.LIMITS.get(i));
            int was = before == null ? 0 : before.counts().get(i);
            String told = name + "\n" + Messages.text("table.sizes.tip", Format.whole(facts.sizes().counts().get(i)))
                    + (before == null ? "" : "\n" + Messages.text("table.sizes.tip.before", Format.whole(was), Format.whole(facts.compaction().get().version())));
            return new Bars.Bar(name, facts.sizes().counts().get(i), was, told);
        }).toList();
        sizes.show(bars, Messages.text("table.sizes.title"));
        histogramNote.setText(facts.compaction().map(last -> Messages.text("table.sizes.compacted", Format.whole(last.version()), Format.stamp(last.time()),
                        Format.whole(last.before().files()), Format.bytes(last.before().median()), Format.whole(last.after().files()), Format.bytes(last.after().median())))
                .orElse(Messages.text("table.sizes.never")));
    }

    private void showReach(TableFacts facts) {
        Map<String, String> properties = new TreeMap<>(facts.snapshot().properties());
        List<String> lines = new ArrayList<>();
        lines.add(facts.reach().time() == null ? Messages.text("table.reach.version", Format.whole(facts.reach().from()))
                : Messages.text("table.reach.from", Format.whole(facts.reach().from()), Format.stamp(facts.reach().time())));
        if (facts.reach().gaps() > 0) {
            lines.add(Messages.text("table.reach.gaps", Format.whole(facts.reach().gaps())));
        }
        lines.add(Messages.text("table.reach.log", properties.getOrDefault("delta.logRetentionDuration", Messages.text("table.reach.log.usual"))));
        lines.add(Messages.text("table.reach.files", properties.getOrDefault("delta.deletedFileRetentionDuration", Messages.text("table.reach.files.usual"))));
        reach.getChildren().remove(1, reach.getChildren().size());
        for (String line : lines) {
            Label label = new Label(line);
            label.setWrapText(true);
            label.setMinHeight(Label.USE_PREF_SIZE);
            label.getStyleClass().addAll(reach.getChildren().size() == 1 ? List.of() : List.of("small", "quiet"));
            reach.getChildren().add(label);
        }
    }

    private void showCommit(Commit commit) {
        travelHere.setDisable(commit == null);
        if (commit == null) {
            commitText.setText(Messages.text("table.commit.choose"));
            return;
        }
        StringBuilder text = new StringBuilder();
        section(text, "table.commit.metrics", commit.metrics());
        section(text, "table.commit.parameters", commit.parameters());
        if (!commit.transactions().isEmpty()) {
            Map<String, String> transactions = new TreeMap<>();
            commit.transactions().forEach((application, version) -> transactions.put(application, version.toString()));
            section(text, "table.commit.transactions", transactions);
        }
        if (commit.userMetadata() != null) {
            text.append(Messages.text("table.commit.user")).append("  ").append(commit.userMetadata()).append('\n');
        }
        String engine = commit.engine() == null ? "" : Messages.text("table.commit.engine") + "  " + commit.engine() + "\n";
        commitText.setText(engine + (text.isEmpty() ? Messages.text("table.commit.silent") : text.toString().stripTrailing()));
    }

    private static void section(StringBuilder text, String key, Map<String, String> values) {
        if (!values.isEmpty()) {
            text.append(Messages.text(key)).append('\n');
            new TreeMap<>(values).forEach((name, value) -> text.append("\u00a0\u00a0").append(name).append(" = ").append(value).append('\n'));
        }
    }

    private void showState() {
        TableModel.State state = model.stateProperty().get();
        boolean shown = model.factsProperty().get() != null && state != TableModel.State.CANNOT_READ && state != TableModel.State.NOTHING;
        content.setVisible(shown);
        segments.setVisible(shown);
        about.setVisible(shown);
        states.setVisible(!shown);
        states.getChildren().clear();
        switch (state) {
            case NOTHING -> states.getChildren().add(new StateBox(Feather.DATABASE, "table.state.nothing.title", Messages.text("table.state.nothing.text"), false));
            case LOADING -> {
                ProgressBar bar = new ProgressBar();
                bar.setMaxWidth(260);
                bar.progressProperty().bind(model.progressProperty());
                states.getChildren().add(new StateBox(Feather.DATABASE, "state.loading.title", "", false).with(bar));
            }
            case CANNOT_READ -> states.getChildren().add(new StateBox(Feather.ALERT_TRIANGLE, "state.cannot.title", model.problemProperty().get(), true)
                    .button("state.cannot.retry", "plain-button", model::retry));
            case SHOWN -> { }
        }
    }
}
