package dev.tidemark.ui;

import dev.tidemark.lake.export.Manifest;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** An operator takes data away with him. */
class ExportTest extends OperatorTest {

    @Start
    void begin(Stage shown) throws Exception {
        start(shown);
    }

    @Stop
    void end() {
        stop();
    }

    private static boolean isOpen(Operator robot) {
        return !robot.lookup("#export-dialog").queryAll().isEmpty();
    }

    @Test
    void the_button_and_enter_write_what_is_on_screen(Operator robot) throws Exception {
        open(robot);
        robot.clickOn("#exportButton");
        until(() -> isOpen(robot) && says(robot, "#export-about", "gold/windows") && says(robot, "#export-note", "116 rows"));
        robot.type(KeyCode.ENTER);
        until(() -> says(robot, ".toast .label", "116 rows written") && !isOpen(robot));
        assertThat(Files.readAllLines(export)).hasSize(117);
        assertThat(Manifest.read(Manifest.beside(export)).rows()).isEqualTo(116);
        robot.clickOn("Close");
        until(() -> !node(robot, ".toast").isVisible());
    }

    @Test
    void from_the_table_page_the_whole_table_is_meant(Operator robot) throws Exception {
        open(robot);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
        until(() -> node(robot, "#table-page").isVisible());
        robot.push(KeyCode.CONTROL, KeyCode.E);
        until(() -> says(robot, "#export-note", "348 rows"));
        robot.clickOn("#export-write");
        until(() -> says(robot, ".toast .label", "348 rows written"));
        assertThat(Files.readAllLines(export)).hasSize(349);
    }

    @Test
    void a_query_is_written_down_for_a_spreadsheet_at_a_version_of_the_past(Operator robot) throws Exception {
        open(robot);
        robot.type(KeyCode.LEFT);
        until(() -> says(robot, "#badgeText", "AS OF v 1"));
        robot.push(KeyCode.CONTROL, KeyCode.E);
        until(() -> says(robot, "#export-about", "v 1"));
        robot.clickOn("#export-scope-2");
        robot.interact(() -> robot.lookup("#export-where").queryAs(TextField.class).clear());
        robot.clickOn("#export-where").write("measure = 'vibration' and device_id = ");
        until(() -> says(robot, "#export-note", "Cannot understand") && robot.lookup("#export-write").queryAs(Button.class).isDisabled());
        robot.write("'hall-a-1'");
        until(() -> says(robot, "#export-note", "20 rows"));
        robot.clickOn("#export-decimal-1").clickOn("#export-times-1").clickOn("#export-bom").clickOn("#export-gzip").clickOn("#export-manifest");
        robot.clickOn("#export-write");
        until(() -> says(robot, ".toast .label", "20 rows written"));
        List<String> lines;
        try (GZIPInputStream unpacked = new GZIPInputStream(Files.newInputStream(export))) {
            lines = new String(unpacked.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).lines().toList();
        }
        assertThat(lines).hasSize(21);
        assertThat(lines.get(0)).startsWith("\ufeffwindow;window_start");
        assertThat(lines.get(1)).contains(";2026-11-21 09:30:00;").containsPattern(";\\d+,\\d+;");
        assertThat(Manifest.beside(export)).doesNotExist();
    }

    @Test
    void where_nothing_can_be_written_the_window_says_so_and_offers_another_place(Operator robot) throws Exception {
        open(robot);
        Path good = export;
        export = Path.of("/dev/full");
        robot.push(KeyCode.CONTROL, KeyCode.E);
        until(() -> says(robot, "#export-note", "116 rows"));
        robot.clickOn("#export-manifest").clickOn("#export-write");
        until(() -> says(robot, ".toast .label", "No space left on device") && says(robot, ".toast .label", "make room or choose another place"));
        export = good;
        robot.clickOn("#export-elsewhere");
        until(() -> says(robot, ".toast .label", "116 rows written"));
        assertThat(Files.readAllLines(good)).hasSize(117);
    }

    @Test
    void escape_exports_nothing(Operator robot) {
        open(robot);
        robot.push(KeyCode.CONTROL, KeyCode.E);
        until(() -> isOpen(robot));
        robot.type(KeyCode.ESCAPE);
        until(() -> !isOpen(robot));
        assertThat(export).doesNotExist();
    }
}
