package dev.tidemark.ui;

import dev.tidemark.ui.chart.TrendChart;
import javafx.geometry.Bounds;
import javafx.scene.control.TextField;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** An engineer explains what happened on Tuesday night. */
class ComparePageTest extends OperatorTest {

    @Start
    void begin(Stage shown) throws Exception {
        start(shown);
    }

    @Stop
    void end() {
        stop();
    }

    @Test
    void late_and_corrected_points_of_two_versions(Operator robot) {
        // Ten minutes without hall-b come later, and one value of hall-a is another then.
        List<GoldLake.Row> rows = new ArrayList<>(GoldLake.minutes(TEN.minusSeconds(1800), 29));
        rows.replaceAll(row -> row.start().equals(TEN.minusSeconds(900)) && "hall-a".equals(row.location()) && row.device() == null
                ? new GoldLake.Row(row.window(), row.start(), null, row.location(), row.measure(), row.count(), row.avg() + 9) : row);
        lake.overwrite(GoldLake.minutes(TEN.minusSeconds(1800), 29).stream().filter(row -> !row.location().equals("hall-b")
                || row.start().isBefore(TEN.minusSeconds(600)) || row.start().isAfter(TEN.minusSeconds(300))).toList(), TEN.minusSeconds(30));
        lake.overwrite(rows, TEN.minusSeconds(20));
        robot.interact(() -> window.open(Optional.of(place.toString()), Optional.empty(), Optional.empty()));
        until(() -> says(robot, "#version", "v 4"));
        robot.clickOn("#page-compare");
        until(() -> says(robot, "#counts", "6 late") && says(robot, "#counts", "1 corrected"));
        until(() -> robot.lookup("#compare-chart").queryAs(TrendChart.class).getSeries().size() == 4 && robot.lookup("#compare-older").queryAs(TextField.class).getText().equals("v 3"));
        robot.clickOn("#compare-rows-part");
        // Of each of these minutes the location and two devices, by two measures; and the corrected minute by two.
        until(() -> says(robot, "#compare-row-summary", "36 added, 2 changed, 0 removed"));
        robot.clickOn("#compare-points-part");
        robot.clickOn("#compare-older").push(KeyCode.CONTROL, KeyCode.A).write("v 1").type(KeyCode.ENTER);
        until(() -> says(robot, "#counts", "new"));
        robot.clickOn("#compare-older").push(KeyCode.CONTROL, KeyCode.A).write("v 99").type(KeyCode.ENTER);
        until(() -> says(robot, ".alarm-text", "cannot be read any more"));
        robot.type(KeyCode.ENTER).push(KeyCode.CONTROL, KeyCode.A).write("v 2").type(KeyCode.ENTER);
        until(() -> robot.lookup("#compare-page .alarm-text").queryAll().isEmpty());
    }

    @Test
    void a_point_that_is_clicked_tells_where_it_came_from(Operator robot) {
        open(robot);
        TrendChart chart = robot.lookup("#chart-temperature").queryAs(TrendChart.class);
        until(() -> chart.lookupAll(".image-view").stream().anyMatch(node -> ((ImageView) node).getImage() != null));
        robot.moveTo(chart);
        Bounds bounds = chart.localToScreen(chart.getBoundsInLocal());
        // Somewhere on this vertical line there is a point of a series.
        for (double y = bounds.getMinY() + 50; y < bounds.getMaxY() - 30 && !node(robot, "#provenance").isVisible(); y += 20) {
            robot.clickOn(bounds.getCenterX(), y);
        }
        until(() -> says(robot, "#provenance .label", "v 1  STREAMING UPDATE"));
        assertThat(robot.lookup("#provenance .label").queryAllAs(Label.class).stream().map(Label::getText).filter(text -> text.matches(".*\\d\\d:\\d\\d:\\d\\d.*"))).isNotEmpty().allMatch(text -> text.endsWith(" UTC"));
        robot.clickOn("#provenance-compare");
        until(() -> node(robot, "#compare-page").isVisible() && robot.lookup("#compare-older").queryAs(TextField.class).getText().equals("v 0"));
    }

    @Test
    void a_version_gets_a_name_and_is_found_by_it(Operator robot) {
        open(robot);
        robot.type(KeyCode.LEFT);
        until(() -> says(robot, "#badgeText", "AS OF v 1"));
        robot.push(KeyCode.CONTROL, KeyCode.B);
        until(() -> node(robot, "#name-field").isFocused());
        robot.write("before the repair").type(KeyCode.ENTER);
        until(() -> says(robot, "#name", "before the repair"));
        robot.type(KeyCode.L);
        until(() -> says(robot, "#badgeText", "LIVE"));
        robot.clickOn("#version-names").clickOn("before the repair   v\u20091");
        until(() -> says(robot, "#badgeText", "AS OF v 1"));
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT1);
        robot.type(KeyCode.L);
        until(() -> says(robot, "#badgeText", "LIVE"));
        robot.push(KeyCode.CONTROL, KeyCode.K);
        until(() -> node(robot, "#palette-query").isFocused());
        robot.write("befrep").type(KeyCode.ENTER);
        until(() -> says(robot, "#badgeText", "AS OF v 1"));
        assertThat(Settings.at(place.resolve("desktop.properties")).list("versions." + place.resolve("gold/windows"))).containsExactly("1 before the repair");
    }
}
