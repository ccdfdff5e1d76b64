package dev.tidemark.ui;

import dev.tidemark.ui.alerts.SystemVoice;
import dev.tidemark.ui.chart.SeriesData;
import dev.tidemark.ui.live.Frame;
import dev.tidemark.ui.live.PickedPoint;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.screenshot.Png;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.theme.Appearance;
import dev.tidemark.ui.theme.Fonts;
import dev.tidemark.ui.theme.Theme;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Pictures of the window in the states named on the command line, to be looked at: {@code LAKE FOLDER WIDTHxHEIGHT dark|light step...}.
 * A step is a key ({@code key:LEFT}), a button to press by its id ({@code press:range-All}), a menu to open ({@code menu:split}), a wait
 * ({@code wait:2}), a command that changes the lake ({@code run:mv plant away}), a column to split by ({@code split:device_id}), a version to go to ({@code version:12}),
 * a stretch of time ({@code between:2026-11-21T04:00:00Z/2026-11-21T05:00:00Z}), a point of a line to ask about ({@code point:temperature/hall-a}),
 * another size of the window ({@code size:1920x1080}), a picture ({@code shot:name}), or one of the display in its own pixels, with menus and tooltips
 * ({@code screen:name}; with {@code -Dglass.gtk.uiScale=2.0} it shows what a screen of twice the density would).
 */
public final class Looks {

    private Looks() {
    }

    public static void main(String[] arguments) {
        Application.launch(View.class, arguments);
    }

    /** The window that the steps are done in. */
    public static final class View extends Application {
        @Override
        public void start(Stage stage) throws Exception {
            var arguments = getParameters().getRaw();
            Fonts.load();
            Path folder = Files.createDirectories(Path.of(arguments.get(1)));
            String[] size = arguments.get(2).split("x");
            Path settings = Files.createTempDirectory("looks").resolve("desktop.properties");
            Files.writeString(settings, "window.x=0\nwindow.y=0\nwindow.width=" + size[0] + "\nwindow.height=" + size[1] + "\n");
            MainWindow window = new MainWindow(stage, Settings.at(settings),
                    Optional.of(Appearance.Choice.valueOf(arguments.get(3).toUpperCase(Locale.ROOT))), () -> Theme.DARK,
                    Tasks.background(Platform::runLater), Clock.systemUTC(),
                    new Dialogs(Optional::empty, name -> Optional.of(System.getProperty("export") == null ? folder.resolve(name) : Path.of(System.getProperty("export"))),
                            () -> Optional.ofNullable(System.getProperty("rules")).map(Path::of), path -> { },
                            address -> { }, access -> access, new SystemVoice()));
            window.show();
            if (!arguments.get(0).equals("-")) {
                window.open(Optional.of(arguments.get(0)), Optional.empty(), Optional.empty());
            }
            Scene scene = stage.getScene();
            Thread steps = new Thread(() -> {
                try {
                    for (String step : arguments.subList(4, arguments.size())) {
                        String[] parts = step.split(":", 2);
                        if (parts[0].equals("wait")) {
                            Thread.sleep((long) (1000 * Double.parseDouble(parts[1])));
                        } else if (parts[0].equals("run")) {
                            new ProcessBuilder("sh", "-c", parts[1]).inheritIO().start().waitFor();
                        } else {
                            onScreen(() -> {
                                if (parts[0].equals("split")) {
                                    window.live().ask(window.live().question().withSplit(parts[1]));
                                } else if (parts[0].equals("between")) {
                                    String[] times = parts[1].split("/");
                                    window.live().ask(window.live().question().withRange(new Question.Between(Micros.of(Instant.parse(times[0])), Micros.of(Instant.parse(times[1])))));
                                } else if (parts[0].equals("version")) {
                                    window.travel().goTo(Long.parseLong(parts[1]));
                                } else if (parts[0].equals("point")) {
                                    point(window, parts[1].split("/")[0], parts[1].split("/")[1]);
                                } else {
                                    step(stage, folder, parts[0], parts[1]);
                                }
                            });
                        }
                    }
                } catch (Exception e) {
                    e.printStackTrace();
                } finally {
                    Platform.exit();
                }
            }, "steps");
            steps.setDaemon(true);
            steps.start();
        }

        /** Asks where the point in the middle of a line came from. */
        private static void point(MainWindow window, String measure, String series) {
            Frame frame = window.live().frameProperty().get();
            SeriesData data = frame.lines().get(measure).get(series);
            int at = data.settled() / 2;
            window.live().pickedProperty().set(new PickedPoint(frame.asked(), frame.version(), measure, series, series, data.time(at), data.value(at), 1, false));
        }

        private static void step(Stage stage, Path folder, String what, String argument) throws Exception {
            Scene scene = stage.getScene();
            switch (what) {
                case "size" -> {
                    stage.setWidth(Double.parseDouble(argument.split("x")[0]));
                    stage.setHeight(Double.parseDouble(argument.split("x")[1]));
                }
                // Menus and tooltips are windows of their own: only the display shows them together.
                case "screen" -> Png.write(folder.resolve(argument + ".png"), new Robot().getScreenCapture(null,
                        new Rectangle2D(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight()), false));
                case "shot" -> Png.write(folder.resolve(argument + ".png"), scene.snapshot(null));
                case "key" -> {
                    boolean control = argument.startsWith("Ctrl+");
                    KeyCode code = KeyCode.valueOf(control ? argument.substring(5) : argument);
                    Event.fireEvent(scene.getFocusOwner() == null ? scene.getRoot() : scene.getFocusOwner(),
                            new KeyEvent(KeyEvent.KEY_PRESSED, "", code == KeyCode.SLASH ? "?" : code.getChar(), code, false, control, false, false));
                    Event.fireEvent(scene.getRoot(), new KeyEvent(KeyEvent.KEY_RELEASED, "", "", code, false, control, false, false));
                }
                case "menu" -> ((MenuButton) scene.lookup("#" + argument)).show();
                case "press" -> ((ButtonBase) scene.lookup("#" + argument)).fire();
                case "row" -> {
                    String[] parts = argument.split(":");
                    ((TableView<?>) scene.lookup("#" + parts[0])).getSelectionModel().clearAndSelect(Integer.parseInt(parts[1]));
                }
                case "text" -> {
                    for (Node node : scene.getRoot().lookupAll("#" + argument)) {
                        System.out.println(node instanceof Labeled labeled ? labeled.getText() : node);
                    }
                }
                default -> throw new IllegalArgumentException(what);
            }
        }

        private static void onScreen(Body body) throws InterruptedException {
            CountDownLatch done = new CountDownLatch(1);
            Platform.runLater(() -> {
                try {
                    body.run();
                } catch (Exception e) {
                    e.printStackTrace();
                } finally {
                    done.countDown();
                }
            });
            done.await();
        }

        private interface Body {
            void run() throws Exception;
        }
    }
}
