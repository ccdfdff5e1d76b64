package dev.tidemark.ui;

import dev.tidemark.lake.Lake;
import dev.tidemark.ui.export.ExportModel;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.sources.SourcesModel;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.theme.Appearance;
import dev.tidemark.ui.theme.Icons;
import dev.tidemark.ui.travel.Mark;
import dev.tidemark.ui.travel.Position;
import dev.tidemark.ui.travel.TravelModel;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.kordamp.ikonli.feather.Feather;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Binds the frame of the window: rail, header, pages, keys, and what is dropped onto it. */
public final class WindowController {

    private final LiveModel live;
    private final TravelModel travel;
    private final SourcesModel sources;
    private final ExportModel export;
    private final Appearance appearance;
    private final Runnable openFolder;
    private final Stage stage;
    private final ToggleGroup group = new ToggleGroup();

    @FXML private StackPane root;
    @FXML private StackPane brand;
    @FXML private ToggleButton livePage;
    @FXML private ToggleButton sourcesPage;
    @FXML private Button keys;
    @FXML private MenuButton settings;
    @FXML private Label title;
    @FXML private Label path;
    @FXML private Label updated;
    @FXML private HBox badge;
    @FXML private Label badgeText;
    @FXML private Region clockIcon;
    @FXML private Label clock;
    @FXML private Button exportButton;
    @FXML private StackPane pages;
    @FXML private Node livePane;
    @FXML private Node sourcesPane;
    @FXML private Node travelPane;
    @FXML private StackPane sheet;

    WindowController(LiveModel live, TravelModel travel, SourcesModel sources, ExportModel export, Appearance appearance,
                     Runnable openFolder, Stage stage) {
        this.live = live;
        this.travel = travel;
        this.sources = sources;
        this.export = export;
        this.appearance = appearance;
        this.openFolder = openFolder;
        this.stage = stage;
    }

    @FXML
    private void initialize() {
        brand.getChildren().add(Icons.mark());
        rail(livePage, Feather.ACTIVITY, "rail.live");
        rail(sourcesPage, Feather.DATABASE, "rail.sources");
        livePage.setToggleGroup(group);
        sourcesPage.setToggleGroup(group);
        group.selectedToggleProperty().addListener((property, before, now) -> {
            if (now == null) {
                group.selectToggle(before);
            } else {
                livePane.setVisible(now == livePage);
                sourcesPane.setVisible(now == sourcesPage);
                if (now == sourcesPage && !pages.getChildren().contains(sourcesPane)) {
                    pages.getChildren().add(sourcesPane);
                }
                if (now == sourcesPage) {
                    sources.refresh();
                }
            }
        });
        // What is not seen need not be styled and laid out before the window appears.
        pages.getChildren().remove(sourcesPane);
        group.selectToggle(livePage);
        icon(keys, Feather.HELP_CIRCLE, "rail.keys");
        keys.setOnAction(event -> toggleSheet());
        settings.setGraphic(Icons.of(Feather.SETTINGS, 19));
        settings.setTooltip(new Tooltip(Messages.text("rail.settings")));
        settings.setAccessibleText(Messages.text("rail.settings"));
        fillSettings();
        ((HBox) clockIcon.getParent()).getChildren().set(0, Icons.of(Feather.CLOCK, 14));
        exportButton.setGraphic(Icons.of(Feather.DOWNLOAD, 15));
        exportButton.setTooltip(new Tooltip(Messages.text("header.export.tip")));
        exportButton.setOnAction(event -> export.export());
        sheet.setOnMouseClicked(event -> sheet.setVisible(false));
        live.nowProperty().addListener((property, before, now) -> tick());
        live.stateProperty().addListener((property, before, now) -> show());
        live.frameProperty().addListener((property, before, now) -> tick());
        travel.positionProperty().addListener((property, before, now) -> show());
        travel.newerProperty().addListener((property, before, now) -> show());
        sources.lakeProperty().addListener((property, before, now) -> show());
        sources.selectionProperty().addListener((property, before, now) -> show());
        show();
    }

    /** Takes keys and dropped folders. */
    void listen(Scene scene) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        scene.setOnDragOver(event -> {
            if (folder(event).isPresent()) {
                event.acceptTransferModes(TransferMode.LINK, TransferMode.COPY, TransferMode.MOVE);
            }
        });
        scene.setOnDragDropped(event -> {
            Optional<File> folder = folder(event);
            folder.ifPresent(dropped -> sources.open(dropped.getPath()));
            event.setDropCompleted(folder.isPresent());
        });
    }

    void showLive() {
        group.selectToggle(livePage);
    }

    boolean showsSources() {
        return group.getSelectedToggle() == sourcesPage;
    }

    private static Optional<File> folder(DragEvent event) {
        return event.getDragboard().getFiles().stream().filter(File::isDirectory).findFirst();
    }

    private void show() {
        Lake lake = sources.lakeProperty().get();
        title.setText(lake == null ? Messages.text("header.none") : name(lake.root()));
        SourcesModel.Selection selection = sources.selectionProperty().get();
        path.setText(lake == null ? "" : lake.root() + (selection == null || selection.table().path().isEmpty() ? ""
                : " / " + selection.table().path().replace("/", " / ")));
        path.setManaged(lake != null);
        Position position = travel.position();
        boolean shown = live.frameProperty().get() != null;
        badge.getStyleClass().removeAll("abnormal", "idle");
        if (!shown) {
            badge.getStyleClass().add("idle");
            badgeText.setText(Messages.text(sources.waits() ? "badge.waiting" : "badge.idle"));
        } else if (position instanceof Position.At) {
            badge.getStyleClass().add("abnormal");
            badgeText.setText(Messages.text("badge.asof", Format.whole(travel.shown().map(Mark::version).orElse(0L))));
        } else if (position instanceof Position.Held) {
            badge.getStyleClass().add("abnormal");
            badgeText.setText(travel.newerProperty().get() == 0 ? Messages.text("badge.paused")
                    : Messages.text("badge.paused.newer", Format.whole(travel.newerProperty().get())));
        } else {
            badgeText.setText(Messages.text("badge.live"));
        }
        // What would do nothing is not there.
        exportButton.setVisible(shown);
        exportButton.setManaged(shown);
        boolean open = selection != null;
        travelPane.setVisible(open);
        travelPane.setManaged(open);
        tick();
    }

    private void tick() {
        Instant now = live.nowProperty().get();
        clock.setText(Format.clock(now) + " UTC");
        boolean shown = live.frameProperty().get() != null;
        updated.setVisible(shown);
        updated.setManaged(shown);
        updated.setText(live.age().map(age -> age.compareTo(Duration.ofSeconds(1)) < 0 ? Messages.text("header.updated.now")
                : Messages.text("header.updated", Format.age(age))).orElse(Messages.text("header.updated.unknown")));
    }

    /** A folder's name as a title: {@code demo-plant} is "Demo plant". */
    static String name(String root) {
        String last = root.replaceAll("/+$", "").replaceAll(".*[/\\\\]", "");
        return last.isEmpty() ? root : Format.name(last);
    }

    private void fillSettings() {
        MenuItem head = new MenuItem(Messages.text("settings.theme"));
        head.setDisable(true);
        List<MenuItem> items = new ArrayList<>(List.of(head));
        ToggleGroup choices = new ToggleGroup();
        for (Appearance.Choice choice : Appearance.Choice.values()) {
            RadioMenuItem item = new RadioMenuItem(Messages.text("settings.theme." + choice.name().toLowerCase(Locale.ROOT)));
            item.setId("theme-" + choice);
            item.setToggleGroup(choices);
            item.setSelected(choice == appearance.choiceProperty().get());
            item.setOnAction(event -> appearance.choiceProperty().set(choice));
            appearance.choiceProperty().addListener((property, before, now) -> item.setSelected(choice == now));
            items.add(item);
        }
        settings.getItems().setAll(items);
    }

    private static void rail(ToggleButton button, Feather icon, String key) {
        button.setGraphic(Icons.of(icon, 19));
        button.setTooltip(new Tooltip(Messages.text(key)));
        button.setAccessibleText(Messages.text(key));
    }

    private static void icon(Button button, Feather icon, String key) {
        button.setGraphic(Icons.of(icon, 19));
        button.setTooltip(new Tooltip(Messages.text(key)));
        button.setAccessibleText(Messages.text(key));
    }

    private void toggleSheet() {
        if (sheet.getChildren().isEmpty()) {
            sheet.getChildren().add(KeySheet.node());
        }
        sheet.setVisible(!sheet.isVisible());
    }

    private void key(KeyEvent event) {
        if (handle(event)) {
            event.consume();
        }
    }

    private boolean handle(KeyEvent event) {
        if (sheet.isVisible()) {
            sheet.setVisible(false);
            return true;
        }
        if (event.isShortcutDown()) {
            switch (event.getCode()) {
                case E -> export.export();
                case O -> openFolder.run();
                case D -> appearance.toggle();
                case Z -> live.undoZoom();
                case DIGIT1 -> group.selectToggle(livePage);
                case DIGIT2 -> group.selectToggle(sourcesPage);
                default -> {
                    return false;
                }
            }
            return true;
        }
        boolean typing = event.getTarget() instanceof TextInputControl;
        if (typing || event.isAltDown()) {
            return false;
        }
        switch (event.getCode()) {
            case F11 -> stage.setFullScreen(!stage.isFullScreen());
            case L, ESCAPE -> travel.goLive();
            case SPACE -> travel.toggle();
            case LEFT -> travel.step(-1);
            case RIGHT -> travel.step(1);
            default -> {
                if (!"?".equals(event.getText())) {
                    return false;
                }
                toggleSheet();
            }
        }
        return true;
    }
}
