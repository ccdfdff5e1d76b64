package dev.tidemark.ui;

import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.theme.Appearance;
import dev.tidemark.ui.theme.Fonts;
import dev.tidemark.ui.theme.Theme;
import dev.tidemark.ui.travel.TravelModel;
import javafx.stage.Stage;

import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The desktop's own window, opened by a benchmark: with the clock of the machine, without dialogs, with settings that nobody keeps. */
public final class WindowOnLake implements AutoCloseable {

    private final MainWindow window;

    /** On the FX thread. {@code folder} is for settings. */
    public WindowOnLake(Stage stage, Path lake, Path folder, Tasks tasks) {
        this(stage, folder, tasks, Clock.systemUTC());
        open(lake);
    }

    /** The same without a lake, by another clock. */
    public WindowOnLake(Stage stage, Path folder, Tasks tasks, InstantSource clock) {
        this(stage, folder, tasks, clock, Optional::empty, name -> Optional.empty());
    }

    /** The same without a lake, with an operator who chooses a lake and files. */
    public WindowOnLake(Stage stage, Path folder, Tasks tasks, Supplier<Optional<Path>> lakes, Function<String, Optional<Path>> files) {
        this(stage, folder, tasks, Clock.systemUTC(), lakes, files);
    }

    private WindowOnLake(Stage stage, Path folder, Tasks tasks, InstantSource clock, Supplier<Optional<Path>> lakes, Function<String, Optional<Path>> files) {
        Fonts.load();
        window = new MainWindow(stage, Settings.at(folder.resolve("settings.properties")), Optional.of(Appearance.Choice.DARK), () -> Theme.DARK, tasks,
                clock, new Dialogs(lakes, files, path -> { }));
        window.show();
    }

    /** Opens a lake. */
    public void open(Path lake) {
        window.open(Optional.of(lake.toString()), Optional.empty(), Optional.empty());
    }

    /** What is shown. */
    public LiveModel live() {
        return window.live();
    }

    /** Where it stands among the versions. */
    public TravelModel travel() {
        return window.travel();
    }

    @Override
    public void close() {
        window.close();
    }
}
