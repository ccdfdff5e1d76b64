package dev.tidemark.ui;

import dev.tidemark.ui.alerts.Loudness;
import dev.tidemark.ui.chart.Severity;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.theme.Theme;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;

import static org.assertj.core.api.Assertions.assertThat;

/** What the operator prefers, and the ways of looking that are worth coming back to. */
class PreferencesTest extends OperatorTest {

    private final TimeZone zone = TimeZone.getDefault();

    @Start
    void begin(Stage shown) throws Exception {
        // A computer that keeps UTC has no zone of its own to choose.
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        start(shown);
    }

    @Stop
    void end() {
        TimeZone.setDefault(zone);
        Format.zoneProperty().set(ZoneOffset.UTC);
        stop();
    }

    @Test
    void preferences_hold_at_once_and_are_remembered(Operator robot) {
        open(robot);
        robot.push(KeyCode.CONTROL, KeyCode.COMMA);
        until(() -> !robot.lookup("#preferences").queryAll().isEmpty());
        robot.clickOn("#prefer-theme-1").clickOn("#prefer-zone-1").clickOn("#prefer-range-2");
        until(() -> stage.getScene().getStylesheets().contains(Theme.LIGHT.stylesheet().address()));
        robot.clickOn("#preferences-done");
        until(() -> robot.lookup("#preferences").queryAll().isEmpty());
        Settings kept = Settings.at(place.resolve("desktop.properties"));
        assertThat(kept.firstRange()).isEqualTo(new Question.Last(Duration.ofHours(1)));
        assertThat(kept.text("zone")).contains("local");
    }

    @Test
    void alerts_are_told_as_loud_as_it_is_chosen_and_mute_is_seen_and_ended_by_key_and_click(Operator robot) {
        open(robot);
        robot.push(KeyCode.CONTROL, KeyCode.COMMA);
        until(() -> !robot.lookup("#preferences").queryAll().isEmpty());
        robot.clickOn("#prefer-try");
        until(() -> heard.equals(List.of("This is how alerts are told", "LOW")));
        robot.clickOn("#prefer-sound").clickOn("#prefer-severity-2").clickOn("#prefer-try");
        until(() -> heard.equals(List.of("This is how alerts are told", "LOW", "This is how alerts are told")));
        assertThat(Settings.at(place.resolve("desktop.properties")).loudness()).isEqualTo(new Loudness(false, true, Severity.HIGH));
        assertThat(node(robot, "#prefer-cannot").isVisible()).isFalse();
        silent = Optional.of("it has no device for sound");
        until(() -> node(robot, "#prefer-cannot").isVisible() && says(robot, "#prefer-cannot", "No sound on this computer: it has no device for sound"));
        robot.clickOn("#prefer-mute").clickOn("#preferences-done");
        until(() -> node(robot, "#muted").isVisible());
        robot.type(KeyCode.M);
        until(() -> !node(robot, "#muted").isVisible());
        robot.type(KeyCode.M);
        until(() -> node(robot, "#muted").isVisible());
        robot.clickOn("#muted");
        until(() -> !node(robot, "#muted").isVisible());
        assertThat(Settings.at(place.resolve("desktop.properties")).muted()).isFalse();
    }

    @Test
    void a_workspace_brings_table_measures_and_range_back(Operator robot) {
        open(robot);
        robot.clickOn("#measures").clickOn("#measure-vibration").type(KeyCode.ESCAPE).clickOn("#range-1h");
        until(() -> window.live().frameProperty().get().asked().measures().equals(List.of("temperature"))
                && new Question.Last(Duration.ofHours(1)).equals(window.live().frameProperty().get().asked().wanted()));
        robot.push(KeyCode.CONTROL, KeyCode.S);
        until(() -> node(robot, "#name-field").isFocused());
        robot.write("Night shift").type(KeyCode.ENTER);
        robot.clickOn("#page-sources");
        until(() -> !robot.lookup("#show-gold-live").queryAll().isEmpty());
        robot.clickOn("#show-gold-live");
        until(() -> says(robot, "#path", "gold / live"));
        robot.push(KeyCode.CONTROL, KeyCode.K);
        until(() -> node(robot, "#palette-query").isFocused());
        robot.write("nights").type(KeyCode.ENTER);
        until(() -> says(robot, "#path", "gold / windows") && window.live().frameProperty().get() != null
                && window.live().frameProperty().get().asked().measures().equals(List.of("temperature"))
                && new Question.Last(Duration.ofHours(1)).equals(window.live().frameProperty().get().asked().wanted()));
    }
}
