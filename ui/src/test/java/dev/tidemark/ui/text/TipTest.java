package dev.tidemark.ui.text;

import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import org.testfx.util.WaitForAsyncUtils;

import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ApplicationExtension.class)
class TipTest {

    private Label pump;
    private Label press;

    @Start
    void start(Stage stage) {
        pump = new Label("pump");
        press = new Label("press");
        pump.setMinSize(300, 100);
        press.setMinSize(300, 100);
        stage.setScene(new Scene(new VBox(pump, press), 300, 200));
        stage.show();
    }

    /** A tip that is left on screen keeps the next one away for some seconds: JavaFX shows one at a time, across all windows. */
    @Stop
    void takeAway() {
        Tip.on(pump, null);
        Tip.on(press, null);
    }

    @Test
    void words_come_up_where_the_pointer_rests(FxRobot robot) throws Exception {
        robot.interact(() -> {
            Tip.on(pump, "of hall 1");
            Tip.on(press, "of hall 2");
        });
        robot.moveTo(press).moveBy(3, 3);

        untilShown("of hall 2");
    }

    @Test
    void words_that_change_under_the_pointer_change_on_screen_and_words_taken_away_go(FxRobot robot) throws Exception {
        robot.interact(() -> Tip.on(pump, "running"));
        robot.moveTo(pump).moveBy(3, 3);
        untilShown("running");

        robot.interact(() -> Tip.on(pump, "stopped"));
        assertThat(shown()).containsExactly("stopped");

        robot.interact(() -> Tip.on(pump, null));
        assertThat(shown()).isEmpty();
        assertThat(Tip.of(pump)).isEmpty();
        assertThat(pump.getAccessibleHelp()).isNull();
    }

    @Test
    void a_node_that_gets_words_while_the_pointer_is_on_it_shows_them_too(FxRobot robot) throws Exception {
        robot.moveTo(pump);
        robot.interact(() -> Tip.on(pump, "late"));
        robot.moveBy(3, 3);

        untilShown("late");
        assertThat(pump.getAccessibleHelp()).isEqualTo("late");
    }

    private static void untilShown(String words) throws Exception {
        WaitForAsyncUtils.waitFor(90, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(TipTest::shown).get().equals(List.of(words)));
    }

    private static List<String> shown() {
        return Window.getWindows().stream().filter(Tooltip.class::isInstance).filter(Window::isShowing).map(window -> ((Tooltip) window).getText()).toList();
    }
}
