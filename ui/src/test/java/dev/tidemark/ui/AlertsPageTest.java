package dev.tidemark.ui;

import dev.tidemark.lake.Lake;
import dev.tidemark.ui.GoldLake.AlertRow;
import dev.tidemark.ui.alerts.AlertLine;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.theme.Appearance;
import dev.tidemark.ui.theme.Fonts;
import dev.tidemark.ui.theme.Theme;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator does about alerts, by mouse and key, in the real window. */
@ExtendWith({ApplicationExtension.class, Operator.Shift.class})
class AlertsPageTest {

    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    private static Path folder;

    private Path place;
    private GoldLake lake;
    private Stage stage;
    private MainWindow window;
    private Tasks tasks;

    /** Three versions of windows, three open alerts: a critical, a high and a low one, the first two raised before version 2. */
    @Start
    void start(Stage shown) throws Exception {
        Fonts.load();
        place = Files.createTempDirectory(folder, "plant-");
        lake = GoldLake.in(place, TEN.minusSeconds(3600));
        lake.alerts(TEN.minusSeconds(3600));
        lake.append(GoldLake.minutes(TEN.minusSeconds(1800), 20), TEN.minusSeconds(600));
        lake.alert(List.of(AlertRow.raised("one", "critical", "hall-a-1", TEN.minusSeconds(400)),
                AlertRow.raised("two", "high", "hall-b-1", TEN.minusSeconds(390))), TEN.minusSeconds(380));
        lake.append(GoldLake.minutes(TEN.minusSeconds(600), 4), TEN.minusSeconds(300));
        lake.alert(List.of(AlertRow.raised("three", "low", "hall-b-2", TEN.minusSeconds(100))), TEN.minusSeconds(90));
        lake.append(GoldLake.minutes(TEN.minusSeconds(360), 5), TEN.minusSeconds(40));
        stage = shown;
        open();
    }

    private void open() {
        tasks = Tasks.background(Platform::runLater);
        window = new MainWindow(stage, Settings.at(place.resolve("settings").resolve("desktop.properties")), Optional.of(Appearance.Choice.DARK),
                () -> Theme.DARK, tasks, InstantSource.fixed(TEN), new Dialogs(Optional::empty, name -> Optional.empty(), browsed -> { }));
        window.show();
        window.open(Optional.of(place.toString()), Optional.empty(), Optional.empty());
    }

    @Stop
    void stop() {
        Format.zoneProperty().set(ZoneOffset.UTC);
        window.close();
        tasks.close();
    }

    private static void until(BooleanSupplier condition) {
        Operator.until(condition);
    }

    private static boolean says(Operator robot, String where, String what) {
        return robot.lookup(where).queryAll().stream().anyMatch(node -> node instanceof Labeled label && label.getText() != null
                && label.getText().replace('\u2009', ' ').contains(what));
    }

    private static List<String> table(Operator robot) {
        return robot.lookup("#alert-table").<TableView<AlertLine>>query().getItems().stream().map(AlertLine::key).toList();
    }

    private static List<String> panel(Operator robot) {
        return robot.lookup("#alert-list").<ListView<AlertLine>>query().getItems().stream().map(AlertLine::key).toList();
    }

    private void ready(Operator robot) {
        until(() -> says(robot, "#badgeText", "LIVE") && panel(robot).size() == 3 && !says(robot, "#version", "\u2013"));
    }

    private void page(Operator robot) {
        ready(robot);
        robot.clickOn("#page-alerts");
        until(() -> !robot.lookup("#alert-table").queryAll().isEmpty() && table(robot).size() == 3);
    }

    private static Predicate<Node> row(String device) {
        return node -> node instanceof Labeled label && device.equals(label.getText()) && label.getStyleClass().contains("table-cell");
    }

    private long acks() {
        return Lake.at(place.toString()).table("ops/acks").exists() ? Lake.at(place.toString()).table("ops/acks").snapshot().rows() : 0;
    }

    @Test
    void an_alert_is_acknowledged_with_a_comment_and_still_is_after_a_restart(Operator robot) {
        page(robot);
        robot.clickOn(row("hall-b-1"));
        robot.type(KeyCode.A);
        until(() -> robot.lookup("#alert-prompt #alert-comment").query().isFocused());
        robot.write("fan is off").type(KeyCode.ENTER);
        until(() -> says(robot, "#alert-details .label", "Acknowledged by") && says(robot, "#alert-details .label", "fan is off"));
        until(() -> acks() == 1);

        robot.interact(() -> {
            window.close();
            tasks.close();
            open();
        });
        until(() -> panel(robot).equals(List.of("one", "three", "two")) && says(robot, "#alert-count", "3 open") && says(robot, ".rail-mark", "2"));
    }

    @Test
    void the_panel_acknowledges_all_after_telling_how_many(Operator robot) {
        ready(robot);
        robot.clickOn("#alert-acknowledge-all");
        until(() -> says(robot, ".sheet-title", "Acknowledge 3 alerts?"));
        robot.clickOn("#alert-confirm");
        until(() -> robot.lookup("#alert-acknowledge-all").query().isVisible() == false && says(robot, "#alert-count", "3 open"));
        until(() -> acks() == 3);
    }

    @Test
    void cancelling_does_nothing(Operator robot) {
        ready(robot);
        robot.clickOn("#alert-acknowledge-all");
        until(() -> says(robot, ".sheet-title", "Acknowledge 3 alerts?"));
        robot.type(KeyCode.ESCAPE);
        until(() -> robot.lookup("#alert-prompt").queryAll().isEmpty());
        assertThat(acks()).isZero();
    }

    @Test
    void an_alarm_is_shelved_by_a_preset_found_among_the_hidden_and_taken_back(Operator robot) {
        page(robot);
        robot.clickOn(row("hall-a-1"));
        robot.type(KeyCode.S);
        until(() -> !robot.lookup("#shelve-60").queryAll().isEmpty());
        robot.clickOn("#shelve-60");
        until(() -> table(robot).equals(List.of("two", "three")));
        robot.clickOn("#show-SUPPRESSED");
        until(() -> table(robot).equals(List.of("one")) && says(robot, ".table-cell", "Until 2026-11-21 11:00"));
        robot.clickOn(row("hall-a-1"));
        robot.type(KeyCode.U);
        until(() -> table(robot).isEmpty());
        robot.clickOn("#show-OPEN");
        until(() -> table(robot).equals(List.of("one", "two", "three")));
    }

    @Test
    void times_are_read_and_written_by_the_clock_of_the_chosen_zone(Operator robot) {
        page(robot);
        robot.interact(() -> Format.zoneProperty().set(ZoneId.of("Europe/Berlin")));
        try {
            robot.clickOn(row("hall-a-1"));
            until(() -> says(robot, "#alert-details .label", "2026-11-21 10:53:20 CET"));
            robot.type(KeyCode.S);
            until(() -> says(robot, "#shelve-until-button", "Until (CET)"));
            assertThat(robot.lookup("#shelve-until").<TextField>query().getText()).isEqualTo("2026-11-22 11:00");
            robot.clickOn("#shelve-until-button");
            until(() -> table(robot).equals(List.of("two", "three")));
            robot.clickOn("#show-SUPPRESSED");
            until(() -> says(robot, ".table-cell", "Until 2026-11-22 11:00"));
        } finally {
            robot.interact(() -> Format.zoneProperty().set(ZoneOffset.UTC));
        }
    }

    @Test
    void the_list_is_filtered_by_words_and_severity_and_grouped(Operator robot) {
        page(robot);
        robot.clickOn("#alert-search").write("hall-b");
        until(() -> table(robot).equals(List.of("two", "three")));
        robot.clickOn("#severity-LOW");
        until(() -> table(robot).equals(List.of("two")));
        robot.clickOn("#severity-HIGH");
        until(() -> table(robot).isEmpty() && says(robot, "#alerts-state .status-title", "None of these"));
        robot.clickOn("#severity-LOW").clickOn("#severity-HIGH");
        robot.interact(() -> robot.lookup("#alert-search").<TextField>query().clear());
        robot.clickOn("#alert-grouping").clickOn("#group-LOCATION");
        until(() -> table(robot).equals(List.of("group:LOCATION:hall-a", "one", "group:LOCATION:hall-b", "two", "three")));
    }

    @Test
    void selecting_an_alert_pins_the_version_at_which_it_was_raised_and_goes_back(Operator robot) {
        ready(robot);
        Predicate<Node> alert = node -> node instanceof Labeled label && label.getText() != null && label.getText().contains("hall-b-1") && label.getStyleClass().contains("quiet");
        robot.clickOn(alert);
        until(() -> says(robot, "#badgeText", "AS OF v 2") && robot.lookup("#alert-back").query().isVisible());
        assertThat(panel(robot)).hasSize(3);
        robot.clickOn("#alert-back");
        until(() -> says(robot, "#badgeText", "LIVE") && !robot.lookup("#alert-back").query().isVisible());
    }

    @Test
    void at_a_version_alerts_are_as_they_were(Operator robot) {
        ready(robot);
        robot.type(KeyCode.LEFT);
        until(() -> panel(robot).equals(List.of("one", "two")) && says(robot, "#alert-count", "2 open"));
        until(() -> !robot.lookup("#alert-acknowledge-all").query().isVisible() && says(robot, ".rail-mark", "3") && says(robot, "#alert-panel .label", "As of this version"));
        // How old an alert was then, not how old it is now.
        until(() -> says(robot, "#alert-list .label", "1 min"));
        assertThat(says(robot, "#alert-list .label", "6 min")).isFalse();
        robot.type(KeyCode.LEFT);
        until(() -> panel(robot).isEmpty() && says(robot, "#alerts-panel-state .status-title", "No open alerts then")
                && says(robot, "#alerts-panel-state .status-text", "Nothing had been raised in the seven days before"));
        robot.type(KeyCode.L);
        until(() -> panel(robot).size() == 3);
    }

    @Test
    void at_a_version_the_story_of_an_alert_says_why_nothing_can_be_done_about_it(Operator robot) {
        page(robot);
        robot.clickOn(row("hall-a-1"));
        until(() -> !robot.lookup("#alert-acknowledge").queryAll().isEmpty());
        robot.type(KeyCode.LEFT);
        until(() -> table(robot).size() == 2 && says(robot, "#alert-details .label", "Alerts are shown as they were. Go back to live (L)"));
        until(() -> robot.lookup("#alert-acknowledge").queryAll().isEmpty() && says(robot, "#alerts-page .warning-text", "As of this version"));
        robot.type(KeyCode.L);
        until(() -> table(robot).size() == 3 && !robot.lookup("#alert-acknowledge").queryAll().isEmpty());
    }

    @Test
    void times_are_those_of_the_zone_that_is_chosen_and_say_so(Operator robot) {
        page(robot);
        robot.clickOn(row("hall-a-1"));
        until(() -> says(robot, "#alert-details .mono", "2026-11-21 09:53:20 UTC"));
        robot.interact(() -> Format.zoneProperty().set(ZoneId.of("Europe/Berlin")));
        until(() -> says(robot, "#alert-details .mono", "2026-11-21 10:53:20 CET"));
        robot.type(KeyCode.S);
        until(() -> says(robot, "#shelve-until-button", "Until (CET)"));
        robot.interact(() -> robot.lookup("#shelve-until").queryAs(TextField.class).setText("2026-11-21 12:30"));
        robot.clickOn("#shelve-until-button");
        robot.clickOn("#show-SUPPRESSED");
        until(() -> table(robot).equals(List.of("one")) && says(robot, ".table-cell", "Until 2026-11-21 12:30"));
        robot.interact(() -> Format.zoneProperty().set(ZoneOffset.UTC));
        until(() -> says(robot, ".table-cell", "Until 2026-11-21 11:30"));
    }

    @Test
    void muting_is_remembered(Operator robot) {
        ready(robot);
        robot.type(KeyCode.M);
        until(() -> Settings.at(place.resolve("settings").resolve("desktop.properties")).muted());
        robot.clickOn("#alert-mute");
        until(() -> !Settings.at(place.resolve("settings").resolve("desktop.properties")).muted());
    }
}
