package dev.tidemark.ui;

import dev.tidemark.ui.command.Command;
import dev.tidemark.ui.command.Command.Section;
import dev.tidemark.ui.alerts.AlertActions;
import dev.tidemark.ui.alerts.AlertPanelController;
import dev.tidemark.ui.alerts.AlertsController;
import dev.tidemark.ui.alerts.AlertsModel;
import dev.tidemark.ui.alerts.Bell;
import dev.tidemark.ui.alerts.Loudness;
import dev.tidemark.ui.alerts.Operator;
import dev.tidemark.ui.command.Commands;
import dev.tidemark.ui.command.PaletteController;
import dev.tidemark.ui.command.PaletteModel;
import dev.tidemark.ui.compare.CompareController;
import dev.tidemark.ui.compare.CompareModel;
import dev.tidemark.ui.compare.ProvenanceController;
import dev.tidemark.ui.compare.ProvenanceModel;
import dev.tidemark.ui.export.DraftModel;
import dev.tidemark.ui.export.ExportController;
import dev.tidemark.ui.export.ExportDialog;
import dev.tidemark.ui.export.ExportModel;
import dev.tidemark.ui.form.Sheet;
import dev.tidemark.ui.live.Entrances;
import dev.tidemark.ui.live.LiveController;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.rules.Rulebook;
import dev.tidemark.ui.rules.RulesController;
import dev.tidemark.ui.rules.RulesModel;
import dev.tidemark.ui.sources.SignInController;
import dev.tidemark.ui.sources.SourcesController;
import dev.tidemark.ui.sources.SourcesModel;
import dev.tidemark.ui.sources.StoreDialog;
import dev.tidemark.ui.sources.StoreModel;
import dev.tidemark.ui.sources.Stores;
import dev.tidemark.ui.table.TableController;
import dev.tidemark.ui.table.TableModel;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.theme.Appearance;
import dev.tidemark.ui.theme.Magnifier;
import dev.tidemark.ui.theme.Theme;
import dev.tidemark.ui.travel.Mark;
import dev.tidemark.ui.travel.NamedVersions;
import dev.tidemark.ui.travel.TravelController;
import dev.tidemark.ui.travel.TravelModel;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The one window: its models, its views, and how they hang together. Belongs to the FX thread. */
final class MainWindow {

    private static final int SOURCES_EVERY = 2;
    /** A lake that cannot be opened may come back: seconds between two looks. */
    private static final int FAILED_EVERY = 10;
    private static final String RECENT = "recent";
    private static final String CHOSEN = "chosen";
    private static final String ACCOUNT = "account.";
    private static final String NAMES = "versions.";

    private final Stage stage;
    private final Settings settings;
    private final WindowBounds bounds;
    private final Appearance appearance;
    private final Dialogs dialogs;
    private final TravelModel travel = new TravelModel();
    private final LiveModel live;
    private final Stores stores;
    private final SourcesModel sources;
    private final ExportModel export;
    private final TableModel tableFacts;
    private final CompareModel compare;
    private final NamedVersions names;
    private final AlertsModel alerts;
    private final AlertActions alertActions;
    private final RulesModel rules;
    private final BooleanProperty muted = new SimpleBooleanProperty();
    private final Bell bell;
    private final Commands commands = new Commands();
    private final Pages pages;
    private final PaletteModel palette;
    private final WindowController controller;
    private final Timeline seconds = new Timeline(new KeyFrame(Duration.seconds(1), event -> tick()));
    private final Workspaces workspaces;
    private final Tasks tasks;
    private Question first;
    private boolean framed;
    private int beats;

    MainWindow(Stage stage, Settings settings, Optional<Appearance.Choice> theme, Supplier<Theme> systemTheme, Tasks tasks,
               InstantSource clock, Dialogs dialogs) {
        this.stage = stage;
        this.tasks = tasks;
        this.settings = settings;
        this.bounds = new WindowBounds(stage, settings);
        this.dialogs = dialogs;
        this.first = Question.ANY.withRange(settings.firstRange());
        Format.zoneProperty().set(settings.zone());
        Appearance.Choice choice = theme.orElseGet(settings::theme);
        this.appearance = new Appearance(choice, systemTheme);
        this.live = new LiveModel(travel, tasks, clock);
        this.stores = new Stores(account -> settings.text(ACCOUNT + account), (account, line) -> settings.text(ACCOUNT + account, line), System::getenv, dialogs.access());
        this.sources = new SourcesModel(tasks, stores);
        this.export = new ExportModel(live, travel, tasks, dialogs.file());
        export.remember(settings.text("export").orElse(""), kept -> settings.text("export", kept));
        this.tableFacts = new TableModel(travel, tasks);
        this.compare = new CompareModel(live, travel, tasks);
        this.names = new NamedVersions(table -> settings.list(NAMES + table), (table, kept) -> settings.list(NAMES + table, kept));
        this.alerts = new AlertsModel(live, travel, tasks, clock, settings.folder(), Operator.name(System.getProperty("user.name"), System.getenv()));
        this.rules = new RulesModel(live, travel, tasks);
        Rulebook book = new Rulebook(tasks, dialogs.rules(), settings.text("rules"), file -> settings.text("rules", file));
        this.alertActions = new AlertActions(alerts, clock, this::showDialog, this::closeDialog);
        this.bell = new Bell(clock, dialogs.voice(), () -> muted.get() ? Loudness.MUTE : settings.loudness());
        this.pages = new Pages(List.of(
                new Page("live", Feather.ACTIVITY, this::livePage, () -> { }),
                new Page("table", Feather.LAYERS, () -> Views.of("table/table.fxml", new TableController(tableFacts, appearance.themeProperty())), () -> { }),
                new Page("alerts", Feather.BELL, () -> Views.of("alerts/alerts.fxml", new AlertsController(alerts, alertActions, () -> pages().show("live"))), () -> { },
                        Bindings.createStringBinding(alerts::waiting, alerts.currentProperty())),
                new Page("compare", Feather.COLUMNS, () -> Views.of("compare/compare.fxml",
                        new CompareController(compare, live, travel, names, appearance.themeProperty(), clock)), () -> { }),
                new Page("rules", Feather.SLIDERS, () -> Views.of("rules/rules.fxml", new RulesController(rules, book, dialogs.file(), () -> pages().show("live"))), this.rules::run),
                new Page("sources", Feather.DATABASE, () -> Views.of("sources/sources.fxml", new SourcesController(sources, clock, new SourcesController.Doors(this::chooseLake, this::addStore,
                        this::writeStore), this::showTable, this::showFacts)),
                        sources::refresh)));
        this.workspaces = new Workspaces(settings, sources, live, pages);
        this.controller = new WindowController(live, travel, sources, appearance, pages, commands, workspaces, muted);
        WindowCommands.addPages(commands, pages);
        WindowCommands.addTravel(commands, travel);
        WindowCommands.addCharts(commands, live, export, this::askWhatToExport);
        WindowCommands.addWindow(commands, this::chooseLake, this::addStore, appearance, stage, controller::toggleSheet);
        WindowCommands.addAlerts(commands, alerts, alertActions, muted);
        WindowCommands.addRules(commands, pages, book);
        commands.add(Command.of("palette", Section.WINDOW, this::openPalette, "Ctrl+K"));
        commands.add(Command.of("version.name", Section.TIME, this::nameVersion, "Ctrl+B").when(() -> travel.shown().isPresent()));
        commands.add(Command.of("workspace.save", Section.WINDOW, this::saveWorkspace, "Ctrl+S").when(workspaces::canSave));
        commands.add(Command.of("preferences", Section.WINDOW, () -> controller.showDialog(new PreferencesDialog(settings, appearance, tableFacts, muted, bell,
                range -> first = Question.ANY.withRange(range), controller::closeDialog)), "Ctrl+,"));
        Offers offers = new Offers(workspaces, commands, sources, live, travel, names, clock, this::showTable, () -> pages.show("live"));
        palette = new PaletteModel(offers::all, offers::exactly);
        palette.recent().setAll(settings.list(CHOSEN));
        palette.recent().addListener((InvalidationListener) change -> settings.list(CHOSEN, palette.recent()));
        tableFacts.pricesProperty().set(settings.prices());
        tableFacts.pricesProperty().addListener((property, before, now) -> settings.prices(now));
        sources.recent().setAll(settings.list(RECENT));
        sources.recent().addListener((InvalidationListener) change -> settings.list(RECENT, sources.recent()));
        appearance.choiceProperty().addListener((property, before, now) -> settings.theme(now));
        appearance.magnification().chosenProperty().set(settings.magnification());
        appearance.magnification().chosenProperty().addListener((property, before, now) -> settings.text("size", now.toString()));
        muted.set(settings.muted());
        muted.addListener((property, before, now) -> settings.muted(now));
        alerts.setOnRaised(bell::ring);
        sources.lakeProperty().addListener((property, before, now) -> {
            if (now == null) {
                alerts.close();
            } else {
                alerts.open(now);
            }
        });
        sources.tables().addListener((InvalidationListener) change -> alerts.streamedProperty().set(sources.isStreamed()));
        sources.selectionProperty().addListener((property, before, now) -> {
            if (now == null) {
                live.close();
                tableFacts.close();
                names.close();
            } else {
                Optional<Workspace> meant = workspaces.coming(now);
                live.open(now.table(), now.openWindows(), meant.map(Workspace::question).orElseGet(() -> workspaces.first(now, first)));
                tableFacts.open(now.table());
                names.open(now.table().location());
                if (meant.isPresent()) {
                    pages.show(meant.get().page());
                } else if (!pages.shows("table")) {
                    pages.show("live");
                }
            }
        });
        pages.shownProperty().addListener((property, before, now) -> {
            tableFacts.watch(pages.shows("table"));
            compare.watch(pages.shows("compare"));
            if (!pages.shows("live")) {
                // What is told of a point of a chart goes with the chart.
                live.pickedProperty().set(null);
            }
        });
        Vacancy.tell(sources, live.standing());
        seconds.setCycleCount(Animation.INDEFINITE);
    }

    /** Its pages. */
    Pages pages() {
        return pages;
    }

    /** The keys go to the beginning of the window. */
    void focusFirst() {
        controller.focusFirst();
    }

    /** What its live page shows. */
    LiveModel live() {
        return live;
    }

    /** Where it stands among the versions. */
    TravelModel travel() {
        return travel;
    }

    /** The frame of the window, without a page. */
    void frame() {
        if (!framed) {
            framed = true;
            stage.setTitle(Messages.text("app.title"));
            stage.setScene(scene());
        }
    }

    /** The first page; needs the frame. */
    void firstPage() {
        if (pages.shownProperty().get() == null) {
            pages.show("live");
        }
        controller.begin();
    }

    /** On screen with its first page. */
    void show() {
        frame();
        firstPage();
        appear();
    }

    /** On screen, with as much as there is of it; needs the frame. */
    void appear() {
        bounds.restore();
        stage.show();
        seconds.play();
    }

    /**
     * Opens a lake.
     *
     * @param root      of the lake; without it the last one, if there was one
     * @param version   to travel to, once its history is known
     * @param timestamp to travel to
     */
    void open(Optional<String> root, Optional<Long> version, Optional<Instant> timestamp) {
        root.or(() -> settings.list(RECENT).stream().findFirst()).ifPresent(lake -> {
            Arrival.at(version, timestamp, travel, this::warn);
            sources.open(lake);
        });
    }

    /** What tables are asked first from now on. */
    void askFirst(Question question) {
        first = question;
    }

    /** Something the operator must know and that the tables do not tell. */
    void warn(String text) {
        live.warn(text);
    }

    /** What is kept for the next start. */
    void close() {
        seconds.stop();
        bounds.keep();
        live.close();
        alerts.close();
    }

    private Node livePage() {
        Map<Class<?>, Object> controllers = Map.of(LiveController.class, new LiveController(live, travel, appearance.themeProperty(), new Entrances(this::chooseLake, this::addStore,
                        () -> writeStore(sources.root()), sources::cancel)),
                AlertPanelController.class, new AlertPanelController(alerts, alertActions, muted, () -> pages.show("alerts")));
        return Views.of("live/live.fxml", controllers::get);
    }

    private void askWhatToExport() {
        DraftModel draft = export.draft(!pages.shows("table"));
        controller.showDialog(new ExportDialog(draft, () -> export.write(draft), controller::closeDialog));
    }

    private void showDialog(Sheet sheet) {
        controller.showDialog(sheet);
    }

    private void closeDialog() {
        controller.closeDialog();
    }

    private Scene scene() {
        Map<Class<?>, Object> controllers = Map.of(WindowController.class, controller,
                ProvenanceController.class, new ProvenanceController(new ProvenanceModel(live, tasks), travel::goTo, this::compareWithBefore),
                TravelController.class, new TravelController(travel, names, appearance.themeProperty(), () -> commands.run("version.name")),
                ExportController.class, new ExportController(export, dialogs.browse()), SignInController.class, new SignInController(sources, dialogs.page()));
        Scene scene = new Scene(new Magnifier((Region) Views.of("window.fxml", controllers::get), appearance.magnification()));
        appearance.dress(scene);
        controller.listen(scene);
        return scene;
    }

    private void compareWithBefore(long version) {
        travel.mark(version).ifPresent(mark -> {
            pages.show("compare");
            compare.compare(travel.mark(version - 1).orElse(mark), mark);
        });
    }

    private void nameVersion() {
        Mark shown = travel.shown().orElseThrow();
        controller.showDialog(new NameDialog(Messages.text("names.title", Format.whole(shown.version())), names.of(shown.version()).orElse(""),
                Messages.text("names.empty"), name -> names.name(shown.version(), name), controller::closeDialog));
    }

    private void saveWorkspace() {
        controller.showDialog(new NameDialog(Messages.text("workspaces.title"), "", "", workspaces::save, controller::closeDialog));
    }

    private void openPalette() {
        palette.open();
        Region sheet = (Region) Views.of("command/palette.fxml", new PaletteController(palette, controller::closeDialog));
        StackPane.setAlignment(sheet, Pos.TOP_CENTER);
        StackPane.setMargin(sheet, new Insets(90, 0, 0, 0));
        controller.showDialog(sheet);
    }

    private void showTable(String path) {
        sources.show(path);
        pages.show("live");
    }

    private void chooseLake() {
        dialogs.folder().get().ifPresent(folder -> sources.open(folder.toString()));
    }

    private void addStore() {
        writeStore("");
    }

    /** Asks for a storage account, or how to sign in to one that is known. */
    private void writeStore(String known) {
        StoreModel store = new StoreModel();
        if (Stores.isStore(known)) {
            store.write(known, stores.signIn(known));
        }
        controller.showDialog(new StoreDialog(store, () -> {
            stores.choose(store.root(), store.signIn(), store.secretProperty().get());
            sources.open(store.root());
        }, controller::closeDialog));
    }

    private void showFacts(String path) {
        pages.show("table");
        sources.show(path);
    }

    private void tick() {
        live.tick();
        tableFacts.tick();
        alerts.tick();
        beats++;
        if (sources.waits() || sources.mayComeBack() && beats % FAILED_EVERY == 0 || pages.shows("sources") && beats % SOURCES_EVERY == 0) {
            sources.refresh();
        }
    }
}
