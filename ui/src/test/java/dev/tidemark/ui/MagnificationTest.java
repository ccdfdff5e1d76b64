package dev.tidemark.ui;

import dev.tidemark.ui.theme.Magnification;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** An operator makes everything larger, because the wall is far, and smaller again. */
class MagnificationTest extends OperatorTest {

    @Start
    void begin(Stage shown) throws Exception {
        start(shown);
    }

    @Stop
    void end() {
        stop();
    }

    private static double height(Operator robot, String query) {
        Node node = node(robot, query);
        return node.localToScene(node.getBoundsInLocal()).getHeight();
    }

    private int kept() {
        return Settings.at(place.resolve("desktop.properties")).magnification();
    }

    @Test
    void keys_enlarge_all_of_the_window_at_once_and_it_is_remembered(Operator robot) {
        open(robot);
        double title = height(robot, "#title");
        double tick = height(robot, ".trend-tick");
        double figure = height(robot, "#kpi-rows .kpi-value");
        robot.push(KeyCode.CONTROL, KeyCode.PLUS).push(KeyCode.CONTROL, KeyCode.EQUALS);
        until(() -> Math.abs(height(robot, "#title") - 1.25 * title) < 1);
        assertThat(height(robot, ".trend-tick")).isCloseTo(1.25 * tick, within(1.0));
        assertThat(height(robot, "#kpi-rows .kpi-value")).isCloseTo(1.25 * figure, within(1.0));
        assertThat(kept()).isEqualTo(125);
        robot.push(KeyCode.CONTROL, KeyCode.MINUS);
        until(() -> kept() == 110);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT0);
        until(() -> Math.abs(height(robot, "#title") - title) < 0.01);
        assertThat(kept()).isEqualTo(Magnification.USUAL);
    }

    @Test
    void what_is_painted_has_as_many_pixels_as_it_covers(Operator robot) {
        open(robot);
        robot.push(KeyCode.CONTROL, KeyCode.ADD).push(KeyCode.CONTROL, KeyCode.ADD);
        until(() -> {
            ImageView picture = (ImageView) node(robot, ".trend-plot").lookup("ImageView");
            Bounds covered = picture.localToScene(picture.getBoundsInLocal());
            return picture.getImage() != null && Math.abs(picture.getImage().getWidth() - covered.getWidth()) < 1.5 && Math.abs(picture.getFitWidth() - covered.getWidth() / 1.25) < 1.5;
        });
        Canvas track = ((Parent) node(robot, ".travel #track")).getChildrenUnmodifiable().stream().filter(Canvas.class::isInstance).map(Canvas.class::cast).findFirst().orElseThrow();
        assertThat(track.getWidth()).isCloseTo(track.localToScene(track.getBoundsInLocal()).getWidth(), within(0.1));
    }

    @Test
    void it_is_never_larger_than_the_window_has_room_for_and_the_next_key_makes_it_smaller(Operator robot) {
        open(robot);
        for (int i = 0; i < 8; i++) {
            robot.push(KeyCode.CONTROL, KeyCode.PLUS);
        }
        double room = Math.min(stage.getScene().getWidth() / 1160, stage.getScene().getHeight() / 725);
        Node content = stage.getScene().getRoot().getChildrenUnmodifiable().get(0);
        until(() -> Math.abs(content.getLocalToSceneTransform().getMxx() - room) < 0.001);
        assertThat(content.getBoundsInParent().getWidth()).isCloseTo(stage.getScene().getWidth(), within(1.0));
        robot.push(KeyCode.CONTROL, KeyCode.MINUS);
        until(() -> content.getLocalToSceneTransform().getMxx() < room - 0.01);
    }

    @Test
    void menus_are_as_large_as_the_window_they_belong_to(Operator robot) {
        open(robot);
        robot.push(KeyCode.CONTROL, KeyCode.COMMA);
        until(() -> !robot.lookup("#prefer-size").queryAll().isEmpty());
        robot.clickOn("#prefer-size-3").clickOn("#preferences-done");
        until(() -> kept() == 125);
        robot.interact(() -> ((MenuButton) node(robot, "#split")).show());
        until(() -> Window.getWindows().stream().filter(PopupWindow.class::isInstance).flatMap(each -> each.getScene().getRoot().lookupAll(".menu-item .label").stream())
                .anyMatch(label -> label instanceof Label words && Math.abs(words.getFont().getSize() - 16.3) < 0.2));
        robot.push(KeyCode.ESCAPE);
    }
}
