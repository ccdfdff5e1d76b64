package dev.tidemark.ui;

import dev.tidemark.ui.alerts.SystemVoice;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.theme.Fonts;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The desktop as JavaFX starts it: a window, and what it shows. */
public final class Desktop extends Application {

    private static final Logger LOG = LoggerFactory.getLogger(Desktop.class);

    private Tasks tasks;
    private Settings settings;
    private MainWindow window;

    @Override
    public void start(Stage stage) {
        Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> LOG.error("Unexpected in {}", thread.getName(), problem));
        Launch launch = Launch.current();
        Options options = launch.options();
        Fonts.load();
        tasks = Tasks.background(Platform::runLater);
        settings = Settings.at(Settings.usual(System.getenv(), System.getProperty("os.name", ""), Path.of(System.getProperty("user.home"))), tasks.lane("tidemark-settings")::start);
        window = new MainWindow(stage, settings, options.theme(), launch::systemTheme, tasks, Clock.systemUTC(), new Dialogs(
                () -> chooseFolder(stage), name -> chooseFile(stage, name), () -> chooseRules(stage), folder -> getHostServices().showDocument(folder.toUri().toString()),
                address -> getHostServices().showDocument(address), access -> access, new SystemVoice()));
        // The simulated devices begin with their last hour, which is still being written when the first of it is read.
        launch.demo().ifPresent(demo -> window.askFirst(Question.ANY.withRange(new Question.Last(Duration.ofHours(1)))));
        StartTimes times = new StartTimes(tasks, Clock.systemUTC());
        new Opening(window, stage, sight -> {
            times.tell(sight);
            if (sight == Opening.Sight.DATA) {
                launch.pictures().ifPresent(pictures -> pictures.firstData(stage.getScene()));
            }
        }).begin(() -> shown(stage, launch));
        // The table is being read before there is anything to see.
        window.open(launch.demo().map(demo -> demo.lake().toString()).or(options::root), options.version(), options.timestamp());
    }

    private void shown(Stage stage, Launch launch) {
        launch.pictures().ifPresent(pictures -> pictures.begin(stage.getScene()));
        launch.demo().ifPresent(demo -> demo.onDeath(code -> {
            String told = Messages.text("notice.streamer", code, demo.log());
            System.err.println("tidemark: " + told);
            Platform.runLater(() -> window.warn(told));
        }));
    }

    @Override
    public void stop() {
        if (window != null) {
            window.close();
            settings.close();
        }
        if (tasks != null) {
            tasks.close();
        }
    }

    private static Optional<Path> chooseFolder(Stage stage) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(Messages.text("sources.open"));
        return Optional.ofNullable(chooser.showDialog(stage)).map(File::toPath);
    }

    private static Optional<Path> chooseRules(Stage stage) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Messages.text("rules.open.title"));
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(Messages.text("rules.filter"), "*.yaml", "*.yml"));
        return Optional.ofNullable(chooser.showOpenDialog(stage)).map(File::toPath);
    }

    private static Optional<Path> chooseFile(Stage stage, String name) {
        FileChooser chooser = new FileChooser();
        boolean rule = name.endsWith(".yaml");
        chooser.setTitle(Messages.text(rule ? "rules.title" : "export.title"));
        chooser.setInitialFileName(name);
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(Messages.text(rule ? "rules.filter" : "export.filter"), rule ? "*.yaml" : name.endsWith(".gz") ? "*.csv.gz" : "*.csv"));
        return Optional.ofNullable(chooser.showSaveDialog(stage)).map(File::toPath);
    }
}
