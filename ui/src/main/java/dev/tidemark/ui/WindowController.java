package dev.tidemark.ui;

import dev.tidemark.lake.Lake;
import dev.tidemark.ui.chart.TrendChart;
import dev.tidemark.ui.command.Commands;
import dev.tidemark.ui.command.KeySheet;
import dev.tidemark.ui.form.Sheet;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.live.Notice;
import dev.tidemark.ui.live.Standing;
import dev.tidemark.ui.sources.SourcesModel;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Tip;
import dev.tidemark.ui.theme.Appearance;
import dev.tidemark.ui.theme.Icons;
import dev.tidemark.ui.travel.Mark;
import dev.tidemark.ui.travel.TravelModel;
import javafx.beans.InvalidationListener;
import javafx.beans.property.BooleanProperty;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
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
    private final Appearance appearance;
    private final Pages pages;
    private final Commands commands;
    private final Workspaces workspaces;
    private final BooleanProperty muted;
    private Overlay overlay;
    private Badge badged;
    private boolean begun;
    /** The choice that arrow keys have come to. */
    private ToggleButton stepped;

    @FXML private StackPane root;
    @FXML private StackPane brand;
    @FXML private VBox rail;
    @FXML private Button keys;
    @FXML private MenuButton settings;
    @FXML private Label title;
    @FXML private Label path;
    @FXML private Label updated;
    @FXML private HBox badge;
    @FXML private Label badgeText;
    @FXML private Region clockIcon;
    @FXML private Label clock;
    @FXML private Button mutedButton;
    @FXML private Button search;
    @FXML private Button exportButton;
    @FXML private StackPane place;
    @FXML private Node travelPane;
    @FXML private StackPane scrim;

    WindowController(LiveModel live, TravelModel travel, SourcesModel sources, Appearance appearance,
                     Pages pages, Commands commands, Workspaces workspaces, BooleanProperty muted) {
        this.live = live;
        this.travel = travel;
        this.sources = sources;
        this.appearance = appearance;
        this.pages = pages;
        this.commands = commands;
        this.workspaces = workspaces;
        this.muted = muted;
    }

    @FXML
    private void initialize() {
        brand.getChildren().add(Icons.mark());
        overlay = new Overlay(scrim);
        ToggleGroup group = new ToggleGroup();
        pages.all().forEach(page -> rail.getChildren().add(entry(page, group)));
        pages.shownProperty().addListener((property, before, now) -> showPage());
        // Those that are not seen are dressed when they are shown again: a change of theme is for what is on screen.
        appearance.themeProperty().addListener((property, before, now) -> place.getChildren().removeIf(view -> !view.isVisible()));
        keys.setGraphic(Icons.of(Feather.HELP_CIRCLE, 19));
        Tip.on(keys, WindowCommands.tip(commands, "keys"));
        keys.setAccessibleText(Messages.text("rail.keys"));
        keys.setOnAction(event -> commands.run("keys"));
        settings.setGraphic(Icons.of(Feather.SETTINGS, 19));
        Tip.on(settings, Messages.text("rail.settings"));
        settings.setAccessibleText(Messages.text("rail.settings"));
        settings.setOnShowing(event -> fillSettings());
        fillSettings();
        ((HBox) clockIcon.getParent()).getChildren().set(0, Icons.of(Feather.CLOCK, 14));
        mutedButton.setGraphic(Icons.of(Feather.VOLUME_X, 14));
        Tip.on(mutedButton, Messages.text("alerts.unmute"));
        mutedButton.setOnAction(event -> commands.run("alert.mute"));
        mutedButton.visibleProperty().bind(muted);
        mutedButton.managedProperty().bind(muted);
        search.setGraphic(Icons.of(Feather.SEARCH, 14));
        Tip.on(search, WindowCommands.tip(commands, "palette"));
        search.setOnAction(event -> commands.run("palette"));
        exportButton.setGraphic(Icons.of(Feather.DOWNLOAD, 15));
        Tip.on(exportButton, WindowCommands.tip(commands, "export"));
        exportButton.setOnAction(event -> commands.run("export"));
        Format.zoneProperty().addListener((property, before, now) -> show());
        live.nowProperty().addListener((property, before, now) -> tick());
        live.standing().stateProperty().addListener((property, before, now) -> show());
        live.standing().absenceProperty().addListener((property, before, now) -> show());
        live.frameProperty().addListener((property, before, now) -> tick());
        live.notices().addListener((InvalidationListener) change -> tick());
        travel.positionProperty().addListener((property, before, now) -> show());
        travel.marks().addListener((InvalidationListener) change -> tick());
        travel.newerProperty().addListener((property, before, now) -> show());
        sources.lakeProperty().addListener((property, before, now) -> show());
        sources.selectionProperty().addListener((property, before, now) -> show());
        show();
    }

    /** Shows pages from now on. Until then their place is empty, whatever the lake answers: a page takes longer than the frame around it. */
    void begin() {
        if (!begun) {
            begun = true;
            showPage();
        }
    }

    /** Takes keys and dropped folders. */
    void listen(Scene scene) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        scene.addEventFilter(KeyEvent.KEY_RELEASED, event -> commands.release());
        // The window that takes the keyboard hears of the letting go.
        scene.windowProperty().flatMap(Window::focusedProperty).addListener((property, before, now) -> commands.release());
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

    /** The keys go to the first of the pages. */
    void focusFirst() {
        rail.getChildren().get(0).requestFocus();
    }

    /** Shows the keys, or hides them. */
    void toggleSheet() {
        if (overlay.isOpen()) {
            overlay.hide();
        } else {
            overlay.glance(new KeySheet(commands, overlay::hide));
        }
    }

    /** Shows something above the page; the keys go to where it begins, Esc closes it. */
    void showDialog(Region content) {
        overlay.show(content);
        overlay.focusFirst();
        if (content instanceof Sheet sheet) {
            sheet.begin();
        }
    }

    void closeDialog() {
        overlay.hide();
    }

    private ToggleButton entry(Page page, ToggleGroup group) {
        ToggleButton button = new ToggleButton();
        button.setId("page-" + page.id());
        button.getStyleClass().setAll("rail-button");
        StackPane icon = new StackPane(Icons.of(page.icon(), 19));
        if (page.mark() != null) {
            Label mark = new Label();
            mark.getStyleClass().add("rail-mark");
            mark.textProperty().bind(page.mark());
            mark.visibleProperty().bind(page.mark().isNotEmpty());
            mark.setMouseTransparent(true);
            StackPane.setAlignment(mark, Pos.TOP_RIGHT);
            icon.getChildren().add(mark);
        }
        button.setGraphic(icon);
        Tip.on(button, WindowCommands.tip(commands, "page." + page.id()));
        button.setAccessibleText(Messages.text("rail." + page.id()));
        button.setToggleGroup(group);
        button.setSelected(pages.shownProperty().get() == page);
        button.setOnAction(event -> {
            // A page that is shown is not switched off.
            button.setSelected(true);
            commands.run("page." + page.id());
        });
        pages.shownProperty().addListener((property, before, now) -> button.setSelected(now == page));
        return button;
    }

    private void showPage() {
        if (!begun) {
            return;
        }
        Node view = pages.view(pages.shownProperty().get());
        place.getChildren().forEach(other -> other.setVisible(other == view));
        if (!place.getChildren().contains(view)) {
            place.getChildren().add(view);
        }
        view.setVisible(true);
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
        Standing.State state = live.standing().stateProperty().get();
        boolean shown = live.frameProperty().get() != null;
        // What would do nothing is not there.
        boolean open = selection != null;
        exportButton.setVisible(open && state != Standing.State.VANISHED && (shown || state != Standing.State.CANNOT_READ));
        exportButton.setManaged(exportButton.isVisible());
        travelPane.setVisible(open);
        travelPane.setManaged(open);
        tick();
    }

    private void showBadge(boolean shown) {
        Standing standing = live.standing();
        Standing.Absence absence = standing.isUndrawable() ? Standing.Absence.UNDRAWABLE : standing.absenceProperty().get();
        Badge now = Badge.of(standing.stateProperty().get(), absence, shown, live.freshness().rest().isPresent(), travel.position(),
                travel.shown().map(Mark::version).orElse(0L), travel.newerProperty().get());
        if (!now.equals(badged)) {
            badged = now;
            badge.getStyleClass().removeAll("abnormal", "idle");
            if (!now.style().isEmpty()) {
                badge.getStyleClass().add(now.style());
            }
            badgeText.setText(now.text());
        }
    }

    private void tick() {
        Instant now = live.nowProperty().get();
        clock.setText(Format.clock(now) + " " + Format.zoneName(now));
        boolean shown = live.frameProperty().get() != null;
        showBadge(shown);
        updated.setVisible(shown);
        updated.setManaged(shown);
        // What follows the newest version is live all the same: how old that is must be seen.
        boolean stalled = travel.position().follows() && live.notices().stream().anyMatch(notice -> notice.kind() == Notice.Kind.PIPELINE_STALLED);
        updated.getStyleClass().removeAll("faint", "warning-text");
        updated.getStyleClass().add(stalled ? "warning-text" : "faint");
        updated.setText(live.freshness().rest().map(since -> Messages.text("header.rest", Format.zonedMinute(since))).orElseGet(this::updated));
    }

    private String updated() {
        return live.freshness().age().map(age -> age.compareTo(Duration.ofSeconds(1)) < 0 ? Messages.text("header.updated.now")
                : Messages.text("header.updated", Format.age(age))).orElse(Messages.text("header.updated.unknown"));
    }

    /** A folder's name as a title: {@code demo-plant} is "Demo plant". */
    static String name(String root) {
        String last = root.replaceAll("/+$", "").replaceAll(".*[/\\\\]", "");
        return last.isEmpty() ? root : Format.name(last);
    }

    private void fillSettings() {
        List<MenuItem> items = new ArrayList<>(List.of(head("settings.workspaces")));
        for (Workspace workspace : workspaces.all()) {
            Menu menu = new Menu(workspace.name());
            menu.setMnemonicParsing(false);
            menu.getItems().addAll(item("workspaces.open", () -> workspaces.open(workspace)), item("workspaces.forget", () -> workspaces.forget(workspace)));
            items.add(menu);
        }
        MenuItem save = item("workspaces.save", () -> commands.run("workspace.save"));
        save.setDisable(!workspaces.canSave());
        items.addAll(List.of(save, new SeparatorMenuItem(), head("settings.theme")));
        ToggleGroup choices = new ToggleGroup();
        for (Appearance.Choice choice : Appearance.Choice.values()) {
            RadioMenuItem item = new RadioMenuItem(Messages.text("settings.theme." + choice.name().toLowerCase(Locale.ROOT)));
            item.setId("theme-" + choice);
            item.setToggleGroup(choices);
            item.setSelected(choice == appearance.choiceProperty().get());
            item.setOnAction(event -> appearance.choiceProperty().set(choice));
            items.add(item);
        }
        items.addAll(List.of(new SeparatorMenuItem(), item("settings.preferences", () -> commands.run("preferences"))));
        settings.getItems().setAll(items);
    }

    private static MenuItem head(String key) {
        MenuItem head = new MenuItem(Messages.text(key));
        head.setDisable(true);
        return head;
    }

    private static MenuItem item(String key, Runnable action) {
        MenuItem item = new MenuItem(Messages.text(key));
        item.setOnAction(event -> action.run());
        return item;
    }

    /** Whether a control that was reached by keys needs this one for itself: what is pressed, opened, or walked through by it. */
    private static boolean isFor(Object target, KeyCode key) {
        if (target instanceof TrendChart chart) {
            return chart.needs(key);
        }
        if (!(target instanceof Node node) || !node.isFocusVisible()) {
            return false;
        }
        return switch (key) {
            case SPACE -> node instanceof ButtonBase || node instanceof ComboBoxBase;
            case LEFT, RIGHT -> node instanceof ComboBoxBase;
            default -> false;
        };
    }

    /** From one of several choices to the next: it is chosen, and the keys go on with it. */
    private boolean steps(KeyEvent event) {
        int direction = event.getCode() == KeyCode.RIGHT || event.getCode() == KeyCode.DOWN ? 1 : event.getCode() == KeyCode.LEFT || event.getCode() == KeyCode.UP ? -1 : 0;
        if (direction == 0 || !(event.getTarget() instanceof ToggleButton toggle) || toggle.getToggleGroup() == null || !toggle.isFocusVisible() && toggle != stepped) {
            return false;
        }
        List<Toggle> choices = toggle.getToggleGroup().getToggles();
        int next = choices.indexOf(toggle) + direction;
        if (next >= 0 && next < choices.size() && choices.get(next) instanceof ToggleButton chosen) {
            chosen.requestFocus();
            chosen.fire();
            stepped = chosen;
        }
        return true;
    }

    private void key(KeyEvent event) {
        if (overlay.isOpen()) {
            if (overlay.isGlance() || event.getCode() == KeyCode.ESCAPE) {
                overlay.hide();
                event.consume();
            }
        } else if (steps(event)) {
            event.consume();
        } else if (!isFor(event.getTarget(), event.getCode()) && commands.press(event, event.getTarget() instanceof TextInputControl)) {
            event.consume();
        }
    }
}
