package dev.tidemark.ui;

import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.theme.Appearance;
import dev.tidemark.ui.theme.Fonts;
import dev.tidemark.ui.theme.Theme;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** What an operator does, by mouse and key, in the real window. */
@ExtendWith(ApplicationExtension.class)
class MainWindowTest {

    @Test
    void x(FxRobot robot) throws Exception {
        Thread.sleep(3000);
        robot.lookup(".label").queryAll().forEach(n -> System.out.println(((javafx.scene.control.Label) n).getText()));
        robot.lookup(".chart-title").queryAll().forEach(n -> System.out.println(((javafx.scene.text.Text) n).getFont() + " " + n.getStyleClass() + " " + ((javafx.scene.text.Text) n).getFill()+" "+n.getParent().getStylesheets()));
    }

    @Start
    void start(Stage stage) throws Exception {
        Fonts.load();
        Path folder = java.nio.file.Files.createTempDirectory("x");
        Instant now = Instant.parse("2026-11-21T10:00:00Z");
        GoldLake lake = GoldLake.in(folder, now.minusSeconds(3600));
        lake.append(GoldLake.minutes(now.minusSeconds(1800), 29), now.minusSeconds(30));
        MainWindow window = new MainWindow(stage, Settings.at(folder.resolve("s.properties")), Optional.of(Appearance.Choice.DARK), () -> Theme.DARK,
                Tasks.background(Platform::runLater), InstantSource.fixed(now), new MainWindow.Dialogs(Optional::empty, n -> Optional.empty(), p -> { }));
        window.show();
        window.open(Optional.of(folder.toString()), Optional.empty(), Optional.empty());
    }
}
