package dev.tidemark.ui;

import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** What the window says while something is the matter with the table, each thing in its own words. */
class StatesTest extends OperatorTest {

    @Start
    void begin(Stage shown) throws Exception {
        start(shown);
    }

    @Stop
    void end() {
        stop();
    }

    @Test
    void a_table_that_is_moved_away_is_gone_and_when_it_comes_back_so_do_the_charts(Operator robot) throws Exception {
        open(robot);
        Files.move(place.resolve("gold"), place.resolve("away"));
        until(() -> says(robot, ".state-title", "The table is gone") && says(robot, "#badgeText", "NOT CONNECTED"));
        // One thing is the matter, and it is told once.
        assertThat(robot.lookup("#notice-CANNOT_READ").queryAll()).isEmpty();
        Files.move(place.resolve("away"), place.resolve("gold"));
        until(() -> robot.lookup(".state-title").queryAll().isEmpty() && says(robot, "#badgeText", "LIVE"));
    }

    @Test
    void a_schema_that_changes_under_the_operators_eyes_is_told_and_the_charts_stay(Operator robot) {
        open(robot);
        lake.widen("humidity_max", TEN.minusSeconds(1));
        until(() -> !robot.lookup("#notice-SCHEMA_CHANGED").queryAll().isEmpty());
        // A new column does not make the figures old.
        assertThat(node(robot, "#kpi-fresh").getStyleClass()).doesNotContain("abnormal");
        assertThat(robot.lookup(".trend-chart").queryAll()).hasSize(2);
    }

    @Test
    void a_version_before_a_change_of_schema_is_not_said_to_have_changed(Operator robot) {
        open(robot);
        robot.type(KeyCode.LEFT);
        until(() -> says(robot, "#badgeText", "AS OF v 1"));
        lake.widen("humidity_max", TEN.minusSeconds(1));
        until(() -> window.travel().mark(3).isPresent());
        assertThat(robot.lookup("#notice-SCHEMA_CHANGED").queryAll()).isEmpty();
        robot.type(KeyCode.L);
        until(() -> !robot.lookup("#notice-SCHEMA_CHANGED").queryAll().isEmpty());
    }

    @Test
    void commits_that_stop_coming_are_a_stalled_pipeline_not_a_silent_sensor(Operator robot) {
        for (int i = 0; i < 5; i++) {
            lake.append(GoldLake.minutes(TEN.minusSeconds(60), 1), TEN.minusSeconds(110 - i));
        }
        open(robot);
        until(() -> !robot.lookup("#notice-PIPELINE_STALLED").queryAll().isEmpty() && node(robot, "#updated").getStyleClass().contains("warning-text"));
        assertThat(robot.lookup("#notice-SENSOR_SILENT").queryAll()).isEmpty();
    }

    @Test
    void closed_windows_that_cannot_be_read_are_told_in_their_place_and_there_is_nothing_to_export(Operator robot) throws Exception {
        Files.writeString(place.resolve("gold/windows/_delta_log/00000000000000000000.json"), "{ this is no log\n");
        robot.interact(() -> window.open(Optional.of(place.toString()), Optional.empty(), Optional.empty()));
        until(() -> says(robot, ".state-title", "Cannot read the table") && says(robot, "#badgeText", "NOT CONNECTED"));
        assertThat(node(robot, "#badge").getStyleClass()).contains("abnormal");
        assertThat(node(robot, "#exportButton").isVisible()).isFalse();
    }

    @Test
    void a_table_that_nobody_may_read_says_so_and_is_read_once_it_may_be(Operator robot) throws Exception {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
        var log = place.resolve("gold/windows/_delta_log");
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("---------"));
        try {
            robot.interact(() -> window.open(Optional.of(place.toString()), Optional.empty(), Optional.empty()));
            until(() -> says(robot, ".state-title", "No permission"));
        } finally {
            Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
