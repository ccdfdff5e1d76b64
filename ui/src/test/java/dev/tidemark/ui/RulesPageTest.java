package dev.tidemark.ui;

import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;

import java.nio.file.Files;

import static org.assertj.core.api.Assertions.assertThat;

/** An engineer writes a rule and sees when it would have raised, before he saves it. */
class RulesPageTest extends OperatorTest {

    @Start
    void begin(Stage shown) throws Exception {
        start(shown);
    }

    @Stop
    void end() {
        stop();
    }

    private void page(Operator robot) {
        open(robot);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT5);
        until(() -> !robot.lookup("#rule-headline").queryAll().isEmpty() && !says(robot, "#rule-headline", "Write a rule"));
    }

    private static void write(Operator robot, String field, String text) {
        robot.interact(() -> {
            robot.lookup(field).queryAs(TextField.class).clear();
            robot.lookup(field).query().requestFocus();
        });
        robot.write(text, 0);
    }

    @Test
    void a_limit_is_tried_on_the_past_while_it_is_written(Operator robot) {
        page(robot);
        write(robot, "#rule-above", "1000");
        until(() -> says(robot, "#rule-headline", "Would have raised nothing"));
        // Temperatures lie between 16 and 34.
        write(robot, "#rule-above", "30");
        until(() -> says(robot, "#rule-headline", "Would have raised") && !robot.lookup("#rule-table").<TableView<?>>query().getItems().isEmpty());
        assertThat(robot.lookup("#rule-yaml").queryAs(TextArea.class).getText()).contains("kind: threshold", "above: 30");
    }

    @Test
    void what_is_wrong_with_a_rule_is_told_and_it_cannot_be_saved(Operator robot) {
        page(robot);
        write(robot, "#rule-name", "too hot!");
        until(() -> says(robot, ".warning-text", "The name wants letters") && node(robot, "#rule-save").isDisabled());
        write(robot, "#rule-name", "too-hot");
        until(() -> !node(robot, "#rule-save").isDisabled());
    }

    @Test
    void another_kind_of_rule_asks_for_other_things(Operator robot) {
        page(robot);
        robot.clickOn("#rule-kind-SILENCE");
        until(() -> !robot.lookup("#rule-after").queryAll().isEmpty() && robot.lookup("#rule-above").queryAll().isEmpty());
        robot.clickOn("#rule-kind-STATUS");
        until(() -> says(robot, "#rule-headline", "cannot be tried here"));
    }

    @Test
    void a_rule_is_saved_and_copied_as_the_streamer_reads_it(Operator robot) throws Exception {
        page(robot);
        write(robot, "#rule-above", "31.5");
        until(() -> robot.lookup("#rule-yaml").queryAs(TextArea.class).getText().contains("31.5"));
        robot.clickOn("#rule-save");
        until(() -> says(robot, "#rule-saved", "Saved to"));
        assertThat(Files.readString(export)).contains("rules:", "above: 31.5");
        robot.clickOn("#rule-copy");
        until(() -> says(robot, "#rule-saved", "Copied"));
        robot.interact(() -> assertThat(Clipboard.getSystemClipboard().getString()).contains("above: 31.5"));
    }

    @Test
    void at_a_version_of_the_past_it_is_tried_on_that_one(Operator robot) {
        page(robot);
        until(() -> says(robot, "#rules-page .faint", "at v 2"));
        robot.clickOn("#rule-headline").type(KeyCode.LEFT);
        until(() -> says(robot, "#rules-page .faint", "at v 1"));
    }

    @Test
    void a_raised_alert_leads_to_the_charts(Operator robot) {
        page(robot);
        write(robot, "#rule-above", "30");
        until(() -> !robot.lookup("#rule-table").<TableView<?>>query().getItems().isEmpty());
        robot.interact(() -> {
            robot.lookup("#rule-table").<TableView<?>>query().getSelectionModel().select(0);
            robot.lookup("#rule-table").query().requestFocus();
        });
        robot.type(KeyCode.ENTER);
        until(() -> window.pages().shows("live"));
    }

    @Test
    void a_rule_of_a_configuration_is_opened_tried_at_once_changed_and_saved(Operator robot) throws Exception {
        configuration = place.resolve("streamer.yaml");
        Files.writeString(configuration, """
                windows: [1m]
                alerts:
                  rules:
                    - {name: warm, kind: threshold, severity: low, measure: temp*, above: 30}
                    - {name: odd, kind: statistical, measure: temp*}
                """);
        page(robot);
        robot.clickOn("#rule-open");
        until(() -> !robot.lookup("warm \u2013 Limit").queryAll().isEmpty() && !robot.lookup("odd \u2013 not here: windows hold no anomaly scores").queryAll().isEmpty());
        assertThat(robot.lookup("#rule-name").queryAs(TextField.class).getText()).as("nothing was chosen yet").isEqualTo("too-hot");
        robot.clickOn("warm \u2013 Limit");
        until(() -> robot.lookup("#rule-name").queryAs(TextField.class).getText().equals("warm") && says(robot, "#rule-headline", "Would have raised")
                && !robot.lookup("#rule-table").<TableView<?>>query().getItems().isEmpty());
        write(robot, "#rule-above", "1000");
        until(() -> says(robot, "#rule-headline", "Would have raised nothing"));
        robot.clickOn("#rule-save");
        until(() -> says(robot, "#rule-saved", "Saved to"));
        assertThat(Files.readString(export)).contains("name: warm", "severity: low", "above: 1000");
    }

    @Test
    void a_file_that_is_no_configuration_changes_nothing_and_says_so(Operator robot) throws Exception {
        configuration = place.resolve("notes.yaml");
        Files.writeString(configuration, "- milk\n- bread\n");
        page(robot);
        write(robot, "#rule-above", "31.5");
        robot.push(KeyCode.CONTROL, KeyCode.R);
        until(() -> says(robot, "#rule-unread", "Cannot read rules of") && says(robot, "#rule-unread", "it is no configuration of a streamer"));
        assertThat(robot.lookup("#rule-above").queryAs(TextField.class).getText()).isEqualTo("31.5");
        assertThat(node(robot, "#rule-offers").isVisible()).isFalse();
    }
}
