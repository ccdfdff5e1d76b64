package dev.tidemark.ui;

import dev.tidemark.ui.live.Standing;
import javafx.scene.Node;
import javafx.scene.image.ImageView;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** In what order the window opens. How long it takes is measured elsewhere. */
class OpeningTest extends OperatorTest {

    private final List<String> seen = new ArrayList<>();

    @Start
    void begin(Stage shown) throws Exception {
        prepare(shown);
    }

    @Stop
    void end() {
        stop();
    }

    @Test
    void the_frame_is_on_screen_before_the_page_is_made_and_the_data_come_last(Operator robot) {
        robot.interact(() -> {
            window.open(Optional.of(place.toString()), Optional.empty(), Optional.empty());
            opening();
        });
        until(() -> seen.size() == 3);
        assertThat(seen).containsExactly("shown, page not made, nothing painted", "FRAME, page not made, nothing painted", "DATA, page made, painted");
    }

    @Test
    void an_answer_that_is_there_before_the_frame_waits_for_it(Operator robot) {
        robot.interact(() -> window.open(Optional.of(place.toString()), Optional.empty(), Optional.empty()));
        until(() -> window.live().standing().is(Standing.State.SHOWN));
        robot.interact(this::opening);
        until(() -> seen.size() == 3);
        assertThat(seen).containsExactly("shown, page not made, nothing painted", "FRAME, page not made, nothing painted", "DATA, page made, painted");
        assertThat(robot.lookup(".trend-chart").queryAll()).hasSize(2);
        assertThat(node(robot, "#page-live").getPseudoClassStates()).anyMatch(state -> state.getPseudoClassName().equals("selected"));
    }

    @Test
    void without_a_lake_the_page_comes_after_the_frame_too(Operator robot) {
        robot.interact(this::opening);
        until(() -> says(robot, ".state-title", "Open a lake to begin"));
        assertThat(seen).containsExactly("shown, page not made, nothing painted", "FRAME, page not made, nothing painted");
    }

    private void opening() {
        new Opening(window, stage, sight -> note(sight.toString())).begin(() -> note("shown"));
    }

    private void note(String what) {
        Node page = stage.getScene().lookup("#live-page");
        Node chart = stage.getScene().lookup(".trend-chart");
        boolean painted = chart != null && chart.lookupAll(".image-view").stream().anyMatch(node -> ((ImageView) node).getImage() != null);
        seen.add(what + ", page " + (page == null ? "not made" : "made") + ", " + (painted ? "painted" : "nothing painted"));
        assertThat(stage.isShowing()).isTrue();
    }
}
