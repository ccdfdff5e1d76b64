package dev.tidemark.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.ui.chart.SeriesData;
import dev.tidemark.ui.chart.TrendChart;
import dev.tidemark.ui.travel.CommitTrack;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** An operator opens a table that Spark Structured Streaming has written: one row an aggregate, its {@code device_type} says of what. */
class SparkTableTest extends OperatorTest {

    private Path spark;

    @Start
    void begin(Stage shown) throws Exception {
        prepare(shown);
        spark = copy(place.resolve("../spark-" + place.getFileName()).normalize());
        window.show();
    }

    @Stop
    void end() {
        stop();
    }

    private static Path copy(Path to) throws Exception {
        Path from = Path.of(SparkTableTest.class.getResource("/spark/window_struct_stream/table").toURI());
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    private void openSpark(Operator robot) {
        robot.interact(() -> window.open(Optional.of(spark.toString()), Optional.empty(), Optional.empty()));
        until(() -> robot.lookup(".trend-chart").queryAll().size() == 4 && says(robot, "#version", "v 5"));
    }

    private static List<String> titles(Operator robot) {
        return robot.lookup(".trend-chart").queryAllAs(TrendChart.class).stream().map(chart -> chart.titleProperty().get()).toList();
    }

    /** What a version holds of one sensor: time in microseconds → average. */
    private static Map<Long, Double> expected(int version, String sensor) throws IOException {
        Map<Long, Double> values = new TreeMap<>();
        try (var lines = SparkTableTest.class.getResourceAsStream("/spark/window_struct_stream/expected/v" + version + ".jsonl")) {
            for (String line : new String(lines.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).split("\n")) {
                JsonNode row = new ObjectMapper().readTree(line);
                if (row.get("sensor_id").asText().equals(sensor)) {
                    values.put(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(row.get("window").get("start").asText())), row.get("avg").asDouble());
                }
            }
        }
        return values;
    }

    private Map<Long, Double> drawn(String measure, String sensor) {
        SeriesData line = window.live().frameProperty().get().lines().get(measure).get(sensor);
        Map<Long, Double> values = new TreeMap<>();
        for (int i = 0; i < line.size(); i++) {
            values.put(line.time(i), line.value(i));
        }
        return values;
    }

    @Test
    void each_kind_of_sensor_has_a_chart_of_its_own_with_the_values_that_spark_wrote(Operator robot) throws Exception {
        openSpark(robot);
        assertThat(titles(robot)).containsExactly("Temperature", "Vibration", "Pressure", "Humidity");
        assertThat(drawn("temperature", "SENSOR0001")).isNotEmpty().isEqualTo(expected(5, "SENSOR0001"));
        assertThat(drawn("pressure", "SENSOR0003")).isNotEmpty().isEqualTo(expected(5, "SENSOR0003"));
        assertThat(window.live().frameProperty().get().lines().get("temperature")).containsOnlyKeys("SENSOR0001", "SENSOR0005");
        until(() -> says(robot, ".rows .label", "74.48") && says(robot, "#kpi-rows .kpi-value", "114"));
    }

    @Test
    void scrubbing_shows_what_a_past_version_held(Operator robot) throws Exception {
        openSpark(robot);
        CommitTrack track = robot.lookup(".travel #track").queryAs(CommitTrack.class);
        until(() -> "Version 5 of 0 to 5".equals(track.getAccessibleText()));
        robot.interact(() -> track.getScene().getRoot().layout());
        double left = track.localToScreen(track.getBoundsInLocal()).getMinX();
        double middle = track.localToScreen(track.getBoundsInLocal()).getCenterY() + 8;
        robot.drag(left + track.getWidth() - 9, middle, MouseButton.PRIMARY).dropTo(left + 9 + (track.getWidth() - 18) * 0.6, middle);
        until(() -> says(robot, "#badgeText", "AS OF v 3") && says(robot, "#kpi-rows .kpi-value", "54"));
        assertThat(drawn("temperature", "SENSOR0001")).isNotEmpty().isEqualTo(expected(3, "SENSOR0001"));
        robot.type(KeyCode.L);
        until(() -> says(robot, "#badgeText", "LIVE") && says(robot, "#kpi-rows .kpi-value", "114"));
    }

    @Test
    void what_was_recognised_is_changed_by_mouse_and_brought_back(Operator robot) {
        openSpark(robot);
        robot.clickOn("#roles").clickOn("One measure for each column of numbers");
        until(() -> titles(robot).equals(List.of("Average", "Lowest", "Highest", "Count")));
        robot.clickOn("#roles").clickOn("One measure for each location");
        until(() -> titles(robot).contains("Warehouse 1"));
        robot.clickOn("#roles").clickOn("max");
        until(() -> window.live().frameProperty().get().asked().shape().named().value().equals("max"));
        robot.clickOn("#roles").clickOn("As recognised");
        until(() -> titles(robot).equals(List.of("Temperature", "Vibration", "Pressure", "Humidity")));
    }

    @Test
    void what_is_on_screen_is_exported_with_the_columns_that_make_it(Operator robot) throws Exception {
        openSpark(robot);
        robot.clickOn("#measures").clickOn("#measure-vibration").clickOn("#measure-humidity").clickOn("#measure-pressure");
        robot.type(KeyCode.ESCAPE);
        until(() -> titles(robot).equals(List.of("Temperature")));
        robot.push(KeyCode.CONTROL, KeyCode.E);
        until(() -> says(robot, "#export-note", "38 rows"));
        robot.clickOn("#export-write");
        until(() -> says(robot, ".toast .label", "38 rows written"));
        List<String> lines = new ArrayList<>(Files.readAllLines(export));
        assertThat(lines).hasSize(39);
        assertThat(lines.get(0)).isEqualTo("window.start,window.end,sensor_id,location,device_type,count,avg,min,max");
        assertThat(lines.get(1)).startsWith("2024-11-12T10:00:00.000000Z,2024-11-12T10:01:00.000000Z,SENSOR0001,").contains(",temperature,");
    }
}
