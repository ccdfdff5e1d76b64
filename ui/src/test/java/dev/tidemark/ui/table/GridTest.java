package dev.tidemark.ui.table;

import javafx.scene.Scene;
import javafx.scene.control.TableView;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ApplicationExtension.class)
class GridTest {

    private TableView<Instant> view;

    @Start
    void show(Stage stage) {
        view = new TableView<>();
        Grid.prepare(view, "table.none");
        Grid.text(view, "table.commit.operation", 160, time -> "STREAMING UPDATE");
        Grid.time(view, "table.commit.time", time -> time);
        Grid.text(view, "table.commit.kind", 118, time -> "schema change");
        view.getItems().add(Instant.parse("2026-11-28T22:08:58Z"));
        stage.setScene(new Scene(view, 300, 200));
        stage.show();
    }

    @Test
    void a_time_is_written_whole_where_other_columns_are_cut_off(FxRobot robot) throws Exception {
        WaitForAsyncUtils.waitFor(90, TimeUnit.SECONDS, () -> robot.from(view).lookup(".text").<Text>queryAll().stream()
                .anyMatch(text -> text.getText().equals("2026-11-28 22:08:58")));
        assertThat(robot.from(view).lookup(".text").<Text>queryAll()).extracting(Text::getText).contains("2026-11-28 22:08:58");
    }
}
