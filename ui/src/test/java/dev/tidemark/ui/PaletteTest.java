package dev.tidemark.ui;

import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Stop;
import org.testfx.framework.junit5.Start;

import static org.assertj.core.api.Assertions.assertThat;

/** Everything is reached by typing a few letters of it. */
class PaletteTest extends OperatorTest {

    @Start
    void begin(Stage shown) throws Exception {
        start(shown);
    }

    @Stop
    void end() {
        stop();
    }

    private void ask(Operator robot, String typed) {
        robot.push(KeyCode.CONTROL, KeyCode.K);
        until(() -> !robot.lookup("#palette-query").queryAll().isEmpty() && node(robot, "#palette-query").isFocused());
        robot.write(typed);
    }

    @Test
    void a_version_a_time_a_table_and_a_command(Operator robot) {
        open(robot);
        ask(robot, "v 1");
        robot.type(KeyCode.ENTER);
        until(() -> says(robot, "#badgeText", "AS OF v 1"));
        assertThat(robot.lookup("#palette").queryAll()).isEmpty();
        ask(robot, "back li");
        robot.type(KeyCode.ENTER);
        until(() -> says(robot, "#badgeText", "LIVE"));
        ask(robot, "09:55");
        robot.type(KeyCode.ENTER);
        until(() -> says(robot, "#badgeText", "AS OF v 1"));
        ask(robot, "gl");
        robot.type(KeyCode.ENTER);
        until(() -> says(robot, "#path", "gold / live"));
    }

    @Test
    void a_version_that_is_gone_is_told_and_escape_leads_back(Operator robot) {
        open(robot);
        ask(robot, "v 77");
        until(() -> robot.lookup(".palette-dead").queryAll().size() == 1);
        robot.type(KeyCode.ENTER);
        assertThat(robot.lookup("#palette").queryAll()).hasSize(1);
        robot.type(KeyCode.ESCAPE);
        until(() -> robot.lookup("#palette").queryAll().isEmpty() && says(robot, "#badgeText", "LIVE"));
    }

    @Test
    void arrows_choose_among_the_answers_and_a_series_is_shown_alone(Operator robot) {
        open(robot);
        ask(robot, "hall");
        robot.type(KeyCode.DOWN).type(KeyCode.ENTER);
        until(() -> window.live().series().hidden().size() == 1);
    }
}
