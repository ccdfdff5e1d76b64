package dev.tidemark.ui;

import java.util.function.Predicate;

import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;

import static org.assertj.core.api.Assertions.assertThat;

/** An engineer looks at what a table is made of. */
class TablePageTest extends OperatorTest {

    @Start
    void begin(Stage shown) throws Exception {
        start(shown);
    }

    @Stop
    void end() {
        stop();
    }

    @Test
    void figures_schema_commits_and_files_at_the_version_that_is_shown(Operator robot) {
        open(robot);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
        until(() -> says(robot, "#table-tile-rows .kpi-value", "348") && says(robot, "#table-tile-files .kpi-value", "2"));
        robot.clickOn("#part-schema");
        until(() -> says(robot, ".table-cell", "window_start") && says(robot, ".table-cell", "timestamp"));
        robot.clickOn("#part-files");
        until(() -> says(robot, ".table-cell", "date=2026-11-21/"));
        robot.clickOn("#part-commits");
        until(() -> says(robot, ".table-cell", "CREATE TABLE"));
        Predicate<Node> row = cell -> cell instanceof Labeled label && label.getStyleClass().contains("table-cell") && "+240".equals(label.getText());
        robot.clickOn(row);
        until(() -> robot.lookup(".facts").queryAs(TextArea.class).getText().contains("noted nothing"));
        robot.clickOn("Show the table as it was then");
        until(() -> says(robot, "#badgeText", "AS OF v 1"));
        robot.clickOn("#part-overview");
        until(() -> says(robot, "#table-tile-rows .kpi-value", "240"));
        robot.type(KeyCode.L);
        until(() -> says(robot, "#table-tile-rows .kpi-value", "348"));
    }

    @Test
    void a_price_that_is_changed_changes_the_estimate_and_is_remembered(Operator robot) {
        open(robot);
        robot.clickOn("#page-table");
        until(() -> !robot.lookup("#cost-total").queryAll().isEmpty() && !says(robot, "#cost-total", "7") && says(robot, "#cost-total", "$"));
        robot.clickOn("#price-reads").push(KeyCode.CONTROL, KeyCode.A).write("70000").type(KeyCode.ENTER);
        until(() -> says(robot, "#cost-total", "$ 4") || says(robot, "#cost-total", "$ 3") || says(robot, "#cost-total", "$ 5"));
        until(() -> Settings.at(place.resolve("desktop.properties")).prices().reads() == 70000);
        robot.clickOn("#price-reads").push(KeyCode.CONTROL, KeyCode.A).write("much").type(KeyCode.ENTER);
        until(() -> robot.lookup("#price-reads").queryAs(TextField.class).getText().equals("70000"));
    }
}
