package dev.tidemark.ui;

import dev.tidemark.ui.alerts.Bell;
import dev.tidemark.ui.chart.Severity;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.theme.Appearance;
import dev.tidemark.ui.theme.Fonts;
import dev.tidemark.ui.theme.Theme;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;


/**
 * A real window on a small lake, and what an operator's hands and eyes need. TestFX looks for its methods in the test class alone: that has to
 * call {@link #start} and {@link #stop} itself.
 */
@ExtendWith({ApplicationExtension.class, Operator.Shift.class})
abstract class OperatorTest {

    static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    private static Path folder;

    Path place;
    GoldLake lake;
    Path export;
    /** What he opens as the configuration of a streamer. */
    Path configuration;
    Stage stage;
    MainWindow window;
    /** What was told outside the window. */
    final List<String> heard = new CopyOnWriteArrayList<>();
    /** Why this computer makes no sound. */
    volatile Optional<String> silent = Optional.empty();
    private Tasks tasks;

    /** A window on a lake of half an hour, in three versions, the last of them just committed. */
    final void start(Stage shown) throws Exception {
        prepare(shown);
        window.show();
    }

    /** The same, not shown yet. */
    final void prepare(Stage shown) throws Exception {
        Fonts.load();
        place = Files.createTempDirectory(folder, "plant-");
        lake = GoldLake.in(place, TEN.minusSeconds(3600));
        lake.append(GoldLake.minutes(TEN.minusSeconds(1800), 20), TEN.minusSeconds(600));
        lake.append(GoldLake.minutes(TEN.minusSeconds(600), 9), TEN.minusSeconds(40));
        export = Files.createTempDirectory(folder, "out-").resolve("shown.csv");
        stage = shown;
        tasks = Tasks.background(screen());
        window = new MainWindow(stage, Settings.at(place.resolve("desktop.properties")), Optional.of(Appearance.Choice.DARK),
                () -> Theme.DARK, tasks, InstantSource.fixed(TEN),
                dialogs());
    }

    /** What brings answers to the screen. */
    Executor screen() {
        return Platform::runLater;
    }

    /** What the operator answers when he is asked. */
    Dialogs dialogs() {
        return new Dialogs(() -> Optional.of(place), name -> Optional.of(export), () -> Optional.ofNullable(configuration), browsed -> { }, address -> { }, access -> access, new Bell.Voice() {
            @Override
            public void notice(String title, String text) {
                heard.add(title);
            }

            @Override
            public void sound(Severity worst) {
                heard.add(worst.toString());
            }

            @Override
            public Optional<String> silent() {
                return silent;
            }
        });
    }

    final void stop() {
        window.close();
        tasks.close();
    }

    final void open(FxRobot robot) {
        robot.interact(() -> window.open(Optional.of(place.toString()), Optional.empty(), Optional.empty()));
        until(() -> !robot.lookup(".trend-chart").queryAll().isEmpty() && says(robot, "#badgeText", "LIVE")
                && !says(robot, "#version", "\u2013") && window.travel().shown().isPresent());
    }

    static void until(BooleanSupplier condition) {
        Operator.until(condition);
    }

    static boolean says(FxRobot robot, String where, String what) {
        return robot.lookup(where).queryAll().stream().anyMatch(node -> node instanceof Labeled label && label.getText() != null && label.getText().replace('\u2009', ' ').contains(what));
    }

    static Node node(FxRobot robot, String query) {
        return robot.lookup(query).query();
    }
}
