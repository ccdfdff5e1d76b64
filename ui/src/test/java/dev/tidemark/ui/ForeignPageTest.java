package dev.tidemark.ui;

import dev.tidemark.ui.chart.TrendChart;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** An operator opens tables that others made: hourly figures as Databricks users write them, and one that cannot be drawn. */
class ForeignPageTest extends OperatorTest {

    private Path others;

    @Start
    void begin(Stage shown) throws Exception {
        prepare(shown);
        others = place.resolve("../others-" + place.getFileName()).normalize();
        window.show();
    }

    @Stop
    void end() {
        stop();
    }

    private void openOthers(Operator robot) {
        robot.interact(() -> window.open(Optional.of(others.toString()), Optional.empty(), Optional.empty()));
    }

    private void hourly() {
        List<Object[]> rows = new ArrayList<>();
        for (int hour = 24; hour > 0; hour--) {
            rows.add(new Object[] {"s-1", TEN.minusSeconds(3600L * hour), 20.0 + hour, 5L});
            rows.add(new Object[] {"s-2", TEN.minusSeconds(3600L * hour), 30.0 + hour, 7L});
        }
        new ForeignTable(others.resolve("sensor_hourly_avg"), "sensor_id:string hour:timestamp avg_temperature:double alarms:long", TEN.minusSeconds(90_000)).append(rows, TEN.minusSeconds(60));
    }

    private static List<String> readout(TrendChart chart) {
        Node readout = chart.lookup(".trend-readout");
        return readout.lookupAll("*").stream().filter(Text.class::isInstance).map(text -> ((Text) text).getText()).toList();
    }

    @Test
    void counts_are_whole_numbers_in_the_list_and_under_the_crosshair(Operator robot) {
        hourly();
        openOthers(robot);
        until(() -> robot.lookup(".trend-chart").queryAll().size() == 2);
        until(() -> says(robot, ".rows .label", "21.00")
                && robot.lookup(".rows .label").queryAllAs(javafx.scene.control.Label.class).stream().map(javafx.scene.control.Label::getText).toList().containsAll(List.of("5", "7")));
        TrendChart alarms = robot.lookup(".trend-chart").queryAllAs(TrendChart.class).stream().filter(chart -> chart.titleProperty().get().equals("Alarms")).findFirst().orElseThrow();
        robot.moveTo(alarms);
        until(() -> readout(alarms).contains("5") && readout(alarms).contains("7"));
        assertThat(readout(alarms)).noneMatch(text -> text.matches("[57]\\.0+"));
    }

    @Test
    void a_table_that_nobody_has_written_to_for_days_is_at_rest_and_no_alarm(Operator robot) {
        Instant then = TEN.minusSeconds(7 * 86_400);
        ForeignTable table = new ForeignTable(others.resolve("sensor_hourly_avg"), "sensor_id:string hour:timestamp avg_temperature:double", then.minusSeconds(50));
        for (int i = 0; i < 5; i++) {
            table.append(List.<Object[]>of(new Object[] {"s-1", then.minusSeconds(60 - i), 20.0 + i}), then.minusSeconds(40 - 10 * i));
        }
        openOthers(robot);
        until(() -> says(robot, "#badgeText", "AT REST") && says(robot, "#updated", "nothing new since 2026-11-14 10:00 UTC"));
        until(() -> window.live().notices().isEmpty() && says(robot, "#alerts-panel-state .label", "whoever writes it raises none"));
        robot.type(KeyCode.LEFT);
        until(() -> says(robot, "#badgeText", "AS OF"));
        robot.type(KeyCode.L);
        until(() -> says(robot, "#badgeText", "AT REST"));
        table.append(List.<Object[]>of(new Object[] {"s-1", TEN, 30.0}), TEN);
        until(() -> says(robot, "#badgeText", "LIVE"));
    }

    @Test
    void what_was_said_of_the_columns_is_remembered_for_this_table(Operator robot) {
        hourly();
        openOthers(robot);
        until(() -> robot.lookup(".trend-chart").queryAll().size() == 2);
        robot.clickOn("#roles").clickOn("One measure for each sensor_id");
        until(() -> window.live().frameProperty().get().asked().measures().contains("s-1"));
        openOthers(robot);
        until(() -> window.live().frameProperty().get() != null && window.live().frameProperty().get().asked().measures().equals(List.of("s-1", "s-2")));
        robot.clickOn("#roles").clickOn("As recognised");
        until(() -> window.live().frameProperty().get().asked().measures().contains("alarms"));
        assertThat(Settings.at(place.resolve("desktop.properties")).list("columns")).isEmpty();
    }

    @Test
    void times_written_as_text_are_drawn_and_those_in_milliseconds_can_be_chosen_by_mouse(Operator robot) {
        List<Object[]> rows = new ArrayList<>();
        for (int minute = 30; minute > 0; minute--) {
            rows.add(new Object[] {TEN.minusSeconds(60L * minute).toString().replace('T', ' '), TEN.minusSeconds(60L * minute - 7).toEpochMilli(), "pump", 20.0 + minute});
        }
        rows.add(new Object[] {"soon", TEN.toEpochMilli(), "pump", 99.0});
        new ForeignTable(others.resolve("readings"), "time:string sent_ms_epoch:long device:string temp:double", TEN.minusSeconds(90_000)).append(rows, TEN.minusSeconds(30));
        openOthers(robot);
        until(() -> robot.lookup(".trend-chart").queryAll().size() == 1 && says(robot, "#roles", "time"));
        until(() -> window.live().frameProperty().get().lines().get("temp").get("pump").size() == 30 && says(robot, ".rows .label", "21.00")
                && says(robot, ".notice .label", "\u201csoon\u201d"));
        robot.clickOn("#roles").clickOn("sent_ms_epoch");
        until(() -> window.live().frameProperty().get().asked().timePath().equals("sent_ms_epoch"));
        assertThat(window.live().frameProperty().get().lines().get("temp").get("pump").size()).isEqualTo(31);
        until(() -> !says(robot, ".notice .label", "soon"));
    }

    @Test
    void a_table_without_a_time_says_which_columns_it_has_and_where_to_look_at_it(Operator robot) {
        new ForeignTable(others.resolve("parts"), "id:long name:string weight:double", TEN.minusSeconds(90_000)).appendRow(TEN.minusSeconds(60), 1L, "bolt", 0.2);
        openOthers(robot);
        until(() -> says(robot, ".state-title", "No table here can be drawn"));
        until(() -> says(robot, ".state-text", "\u201cparts\u201d has no column of time") && says(robot, ".state-text", "id, name, weight") && says(robot, "#badgeText", "NO CHARTS"));
        robot.clickOn("#page-sources");
        until(() -> !robot.lookup("#details-parts").queryAll().isEmpty());
        robot.clickOn("#details-parts");
        until(() -> node(robot, "#table-page").isVisible() && says(robot, "#path", "parts") && says(robot, "#badgeText", "NO CHARTS"));
    }
}
