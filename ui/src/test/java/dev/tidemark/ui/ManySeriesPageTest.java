package dev.tidemark.ui;

import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;

import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/** Two thousand devices: an operator finds one of them by its name, and ends what takes too long. */
class ManySeriesPageTest extends OperatorTest {

    private static final int DEVICES = 2_000;

    /** Where reading stops when it tells how far it is; null while nothing stops it. */
    private volatile CountDownLatch gate;

    @Start
    void begin(Stage shown) throws Exception {
        prepare(shown);
        place = Files.createDirectories(place.resolve("../many-" + place.getFileName()).normalize());
        lake = GoldLake.in(place, TEN.minusSeconds(90_000));
        lake.append(minute(TEN.minusSeconds(86_000)), TEN.minusSeconds(85_900));
        for (int ago = 3; ago > 0; ago--) {
            lake.append(minute(TEN.minusSeconds(60L * ago)), TEN.minusSeconds(60L * ago - 61));
        }
        window.show();
    }

    @Stop
    void end() {
        Optional.ofNullable(gate).ifPresent(CountDownLatch::countDown);
        stop();
    }

    @Override
    Executor screen() {
        return body -> {
            Platform.runLater(body);
            CountDownLatch closed = gate;
            if (closed != null && Thread.currentThread().getName().equals("tidemark-feed")) {
                try {
                    closed.await();
                } catch (InterruptedException cancelled) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    private static List<GoldLake.Row> minute(Instant start) {
        List<GoldLake.Row> rows = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            rows.add(new GoldLake.Row("1m", start, String.format("m-%04d", i), "hall-" + i % 7, "temperature", 60, 20 + i % 9 / 10.0));
        }
        return rows;
    }

    private Set<String> drawn() {
        Set<String> drawn = new TreeSet<>();
        window.live().frameProperty().get().lines().get("temperature").forEach((key, line) -> {
            if (line.size() > 0 && !window.live().series().hidden().contains(key)) {
                drawn.add(key);
            }
        });
        return drawn;
    }

    private int points() {
        return window.live().frameProperty().get().lines().get("temperature").values().iterator().next().size();
    }

    private void openMany(Operator robot) {
        open(robot);
        until(() -> says(robot, "#seriesRule", "12 of 2 000, furthest from the median") && drawn().size() == 12);
    }

    private static ListView<?> list(Operator robot) {
        return robot.lookup("#series").queryAs(ListView.class);
    }

    @Test
    void a_device_is_found_by_typing_and_shown_by_a_click(Operator robot) {
        openMany(robot);
        until(() -> robot.lookup("#series-search").queryAs(TextField.class).getPromptText().replace('\u2009', ' ').equals("Search 2 000 series"));
        robot.clickOn("#series-search").write("M-1234");
        until(() -> list(robot).getItems().size() == 1 && says(robot, "#series .label", "m-1234"));
        assertThat(drawn()).doesNotContain("m-1234");
        Predicate<Node> row = node -> node instanceof Label label && "m-1234".equals(label.getText());
        robot.clickOn(row);
        until(() -> drawn().contains("m-1234"));
        assertThat(drawn()).hasSize(13);
        until(() -> says(robot, "#seriesRule", "13 of 2 000, chosen"));
        // What was typed stays until it is taken away: then those that are read are listed again.
        robot.clickOn("#series-search").type(KeyCode.ESCAPE);
        until(() -> list(robot).getItems().size() == 13);
    }

    @Test
    void by_keys_one_is_added_and_another_is_shown_alone(Operator robot) {
        openMany(robot);
        robot.clickOn("#series-search").write("m-077");
        until(() -> list(robot).getItems().size() == 10);
        robot.type(KeyCode.DOWN).type(KeyCode.DOWN).type(KeyCode.ENTER);
        until(() -> drawn().contains("m-0771"));
        robot.clickOn("#series-search").eraseText(5).write("m-1999");
        until(() -> list(robot).getItems().size() == 1);
        robot.type(KeyCode.ENTER);
        until(() -> drawn().contains("m-1999") && drawn().size() == 14);
        robot.push(KeyCode.CONTROL, KeyCode.K);
        until(() -> !robot.lookup("#palette-query").queryAll().isEmpty() && node(robot, "#palette-query").isFocused());
        robot.write("m-1500").type(KeyCode.ENTER);
        until(() -> drawn().equals(Set.of("m-1500")));
    }

    @Test
    void a_name_that_no_device_has_lists_none_and_changes_nothing(Operator robot) {
        openMany(robot);
        Set<String> before = drawn();
        robot.clickOn("#series-search").write("boiler").type(KeyCode.ENTER);
        until(() -> list(robot).getItems().isEmpty());
        assertThat(drawn()).isEqualTo(before);
    }

    @Test
    void what_takes_long_tells_how_far_it_is_and_is_ended_by_a_click_with_the_charts_as_they_were(Operator robot) {
        openMany(robot);
        int points = points();
        gate = new CountDownLatch(1);
        robot.clickOn("#range-All");
        until(() -> node(robot, "#reading").isVisible() && says(robot, "#reached", "%"));
        assertThat(robot.lookup(".trend-chart").queryAll()).hasSize(1);
        robot.clickOn("#live-cancel");
        until(() -> says(robot, "#badgeText", "PAUSED") && !window.live().standing().readingProperty().get() && !node(robot, "#reading").isVisible());
        assertThat(points()).isEqualTo(points);
        gate.countDown();
        robot.type(KeyCode.L);
        until(() -> says(robot, "#badgeText", "LIVE"));
        // What was shown goes on, in the range that it had.
        lake.append(minute(TEN), TEN);
        until(() -> says(robot, "#version", "v 5") && points() == points + 1);
    }

    @Test
    void the_first_look_at_a_table_can_be_ended_too_and_tried_again(Operator robot) {
        gate = new CountDownLatch(1);
        robot.interact(() -> window.open(Optional.of(place.toString()), Optional.empty(), Optional.empty()));
        until(() -> !robot.lookup("#state-LOADING").queryAll().isEmpty());
        robot.clickOn("Cancel");
        until(() -> says(robot, ".state-text", "Reading was cancelled."));
        gate.countDown();
        robot.clickOn("Try again");
        until(() -> !robot.lookup(".trend-chart").queryAll().isEmpty() && robot.lookup(".state-title").queryAll().isEmpty());
    }
}
