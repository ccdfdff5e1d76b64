package dev.tidemark.ui.text;

import dev.tidemark.ui.Operator;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith({ApplicationExtension.class, Operator.Shift.class})
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
    void words_come_up_where_the_pointer_rests(Operator robot) {
        robot.interact(() -> {
            Tip.on(pump, "of hall 1");
            Tip.on(press, "of hall 2");
        });
        robot.moveTo(press).moveBy(3, 3);

        untilShown("of hall 2", () -> { });
    }

    @Test
    void words_that_change_under_the_pointer_change_on_screen_and_words_taken_away_go(Operator robot) {
        robot.interact(() -> Tip.on(pump, "running"));
        robot.moveTo(pump).moveBy(3, 3);
        untilShown("running", () -> {
            Tip.on(pump, "stopped");
            assertThat(shown()).containsExactly("stopped");
            Tip.on(pump, null);
            assertThat(shown()).isEmpty();
        });
        assertThat(Tip.of(pump)).isEmpty();
        assertThat(pump.getAccessibleHelp()).isNull();
    }

    @Test
    void a_node_that_gets_words_while_the_pointer_is_on_it_shows_them_too(Operator robot) {
        robot.moveTo(pump);
        robot.interact(() -> Tip.on(pump, "late"));
        robot.moveBy(3, 3);

        untilShown("late", () -> { });
        assertThat(pump.getAccessibleHelp()).isEqualTo("late");
    }

    /** Waits for these words, and looks on at the same moment: JavaFX takes a tip away after some seconds. */
    private static void untilShown(String words, Runnable then) {
        Operator.until(() -> {
            boolean there = shown().equals(List.of(words));
            if (there) {
                then.run();
            }
            return there;
        });
    }

    private static List<String> shown() {
        return Window.getWindows().stream().filter(Tooltip.class::isInstance).filter(Window::isShowing).map(window -> ((Tooltip) window).getText()).toList();
    }
}
