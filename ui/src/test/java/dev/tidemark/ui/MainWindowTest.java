package dev.tidemark.ui;

import dev.tidemark.ui.chart.TrendChart;
import dev.tidemark.ui.table.Grid;
import dev.tidemark.ui.theme.Appearance;
import dev.tidemark.ui.theme.Theme;
import dev.tidemark.ui.travel.CommitTrack;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Stop;
import org.testfx.framework.junit5.Start;

import org.testfx.util.WaitForAsyncUtils;


import static org.assertj.core.api.Assertions.assertThat;

/** What an operator does, by mouse and key, in the real window. */
class MainWindowTest extends OperatorTest {

    @Start
    void begin(Stage shown) throws Exception {
        start(shown);
    }

    @Stop
    void end() {
        stop();
    }

    @Test
    void a_first_start_says_what_to_do_and_does_it(Operator robot) {
        until(() -> says(robot, ".state-title", "Open a lake to begin"));
        assertThat(node(robot, "#exportButton").isVisible()).isFalse();
        robot.clickOn("Open a folder\u2026");
        until(() -> says(robot, "#badgeText", "LIVE") && says(robot, "#title", "Plant"));
    }

    @Test
    void an_open_lake_shows_a_chart_for_each_measure(Operator robot) {
        open(robot);
        assertThat(robot.lookup(".trend-chart").queryAllAs(TrendChart.class)).extracting(chart -> chart.titleProperty().get())
                .containsExactly("Temperature", "Vibration");
        until(() -> says(robot, ".kpi-value", "348") && says(robot, "#version", "v 2"));
    }

    @Test
    void scrubbing_puts_the_page_at_a_version_and_a_click_brings_it_back(Operator robot) {
        open(robot);
        CommitTrack track = robot.lookup(".travel #track").queryAs(CommitTrack.class);
        // The commits come after the charts: before they are there, there is nothing to drag.
        until(() -> "Version 2 of 0 to 2".equals(track.getAccessibleText()));
        // What has been said is laid out with the next pulse, and moves the ends of the track.
        robot.interact(() -> track.getScene().getRoot().layout());
        double left = track.localToScreen(track.getBoundsInLocal()).getMinX();
        double middle = track.localToScreen(track.getBoundsInLocal()).getCenterY() + 8;
        robot.drag(left + track.getWidth() - 9, middle, MouseButton.PRIMARY).dropTo(left + track.getWidth() / 2, middle);
        until(() -> says(robot, "#badgeText", "AS OF v 1") && says(robot, "#kpi-rows .kpi-value", "240"));
        assertThat(says(robot, "#kpi-rate .kpi-note", "in the hour before") && says(robot, "#kpi-devices .kpi-note", "in the 2 min before")).isTrue();
        robot.clickOn("Back to live");
        until(() -> says(robot, "#badgeText", "LIVE") && says(robot, "#kpi-rows .kpi-value", "348"));
    }

    @Test
    void keys_step_through_the_versions_and_back_to_live(Operator robot) {
        open(robot);
        robot.type(KeyCode.LEFT);
        until(() -> says(robot, "#badgeText", "AS OF v 1"));
        robot.type(KeyCode.LEFT);
        until(() -> says(robot, "#badgeText", "AS OF v 0") && says(robot, ".state-title", "The table is empty"));
        robot.type(KeyCode.RIGHT);
        until(() -> says(robot, "#badgeText", "AS OF v 1"));
        robot.type(KeyCode.L);
        until(() -> says(robot, "#badgeText", "LIVE"));
    }

    @Test
    void a_commit_appears_by_itself_and_space_stops_that(Operator robot) {
        open(robot);
        lake.append(GoldLake.minutes(TEN.minusSeconds(60), 1), TEN.minusSeconds(1));
        until(() -> says(robot, "#version", "v 3") && says(robot, "#kpi-rows .kpi-value", "360"));
        robot.type(KeyCode.SPACE);
        until(() -> says(robot, "#badgeText", "PAUSED"));
        lake.append(GoldLake.minutes(TEN, 1), TEN);
        until(() -> says(robot, "#badgeText", "1 newer"));
        assertThat(says(robot, "#kpi-rows .kpi-value", "360")).isTrue();
        robot.type(KeyCode.SPACE);
        until(() -> says(robot, "#badgeText", "LIVE") && says(robot, "#kpi-rows .kpi-value", "372"));
    }

    @Test
    void the_theme_is_switched_by_key_and_by_menu(Operator robot) {
        open(robot);
        Scene scene = stage.getScene();
        assertThat(scene.getStylesheets()).contains(Theme.DARK.stylesheet().address()).doesNotContain(Theme.LIGHT.stylesheet().address());
        robot.push(KeyCode.CONTROL, KeyCode.D);
        until(() -> scene.getStylesheets().contains(Theme.LIGHT.stylesheet().address()));
        robot.clickOn("#settings").clickOn("Dark");
        until(() -> scene.getStylesheets().contains(Theme.DARK.stylesheet().address()));
        assertThat(Settings.at(place.resolve("desktop.properties")).theme()).isEqualTo(Appearance.Choice.DARK);
    }

    @Test
    void another_split_and_fewer_measures_are_chosen_by_menu(Operator robot) {
        open(robot);
        robot.clickOn("#split").clickOn("device");
        until(() -> says(robot, ".rows .label", "hall-b-2") && robot.lookup("#seriesHead .overline").queryAll().size() == 2);
        robot.clickOn("#measures").clickOn("#measure-vibration");
        until(() -> robot.lookup(".trend-chart").queryAll().size() == 1 && robot.lookup("#seriesHead .overline").queryAll().size() == 1);
    }

    @Test
    void a_click_on_a_commit_travels_there(Operator robot) {
        open(robot);
        robot.clickOn("#side-commits");
        robot.clickOn("+240 rows");
        until(() -> says(robot, "#badgeText", "AS OF v 1"));
    }

    @Test
    void the_list_of_commits_stays_where_it_was_scrolled_to_while_more_come(Operator robot) {
        for (int i = 0; i < 30; i++) {
            lake.append(GoldLake.minutes(TEN.plusSeconds(60L * i), 1), TEN.plusSeconds(60L * i));
        }
        open(robot);
        robot.clickOn("#side-commits");
        ListView<?> commits = (ListView<?>) node(robot, "#activity");
        until(() -> commits.getItems().size() == 33);
        robot.interact(() -> commits.scrollTo(10));
        until(() -> Grid.firstShown(commits) == 10);
        Object top = commits.getItems().get(10);
        lake.append(GoldLake.minutes(TEN.plusSeconds(1_800), 1), TEN.plusSeconds(1_800));
        until(() -> commits.getItems().size() == 34 && Grid.firstShown(commits) == 11);
        assertThat(commits.getItems().get(11)).isEqualTo(top);
    }

    @Test
    void zooming_pauses_visibly_and_escape_returns_to_live(Operator robot) {
        open(robot);
        robot.moveTo(".trend-chart").scroll(-3);
        until(() -> says(robot, "#badgeText", "PAUSED") && node(robot, "#undo").isVisible());
        robot.type(KeyCode.ESCAPE);
        until(() -> says(robot, "#badgeText", "LIVE") && !node(robot, "#undo").isVisible());
    }

    @Test
    void a_range_without_data_says_so_and_offers_all_of_it(Operator robot) {
        open(robot);
        robot.clickOn("#range-custom");
        until(() -> robot.lookup(".calendar-field").queryAll().size() == 2);
        robot.interact(() -> {
            var fields = robot.lookup(".calendar-field").queryAllAs(TextField.class).iterator();
            fields.next().setText("2026-11-01 00:00");
            fields.next().setText("2026-11-02 00:00");
        });
        robot.clickOn("#range-show");
        until(() -> says(robot, ".state-title", "No data in this range"));
        robot.clickOn("Show all data");
        until(() -> robot.lookup(".state-title").queryAll().isEmpty());
    }

    @Test
    void sources_list_the_tables_and_show_another(Operator robot) {
        open(robot);
        robot.clickOn("#page-sources");
        until(() -> says(robot, ".table-cell", "On screen") && !robot.lookup("#show-gold-live").queryAll().isEmpty());
        robot.clickOn("#show-gold-live");
        until(() -> says(robot, "#path", "gold / live") && node(robot, "#live-page").isVisible());
    }

    @Test
    void the_sheet_of_keys_opens_and_any_key_closes_it(Operator robot) {
        robot.clickOn("#keys");
        until(() -> says(robot, ".sheet-title", "Keys"));
        robot.type(KeyCode.ESCAPE);
        until(() -> robot.lookup(".sheet-title").queryAll().isEmpty());
    }

    @Test
    void the_full_screen_is_left_by_its_own_key_and_not_by_the_one_that_goes_back_to_live(Operator robot) {
        open(robot);
        robot.type(KeyCode.F11);
        until(stage::isFullScreen);
        robot.type(KeyCode.LEFT);
        until(() -> says(robot, "#badgeText", "AS OF v 1"));
        robot.type(KeyCode.ESCAPE);
        until(() -> says(robot, "#badgeText", "LIVE"));
        assertThat(stage.isFullScreen()).isTrue();
        Settings kept = Settings.at(place.resolve("kept.properties"));
        kept.bounds(new Rectangle2D(10, 20, 1280, 800), false);
        robot.interact(() -> new WindowBounds(stage, kept).keep());
        assertThat(kept.fullScreen()).as("after a restart too").isTrue();
        assertThat(kept.bounds()).as("and the size of before is not forgotten").contains(new Rectangle2D(10, 20, 1280, 800));
        robot.type(KeyCode.F11);
        until(() -> !stage.isFullScreen());
    }
}
