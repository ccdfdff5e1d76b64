package dev.tidemark.ui;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A desktop that is up all day keeps nothing of what was closed. */
class ForgottenTest extends OperatorTest {

    private static final KeyCode[][] DIALOGS = {{KeyCode.CONTROL, KeyCode.K}, {KeyCode.CONTROL, KeyCode.E}, {KeyCode.CONTROL, KeyCode.COMMA}, {KeyCode.CONTROL, KeyCode.S},
            {KeyCode.CONTROL, KeyCode.B}, {KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O}, {KeyCode.SHIFT, KeyCode.SLASH}};

    @Start
    void begin(Stage shown) throws Exception {
        start(shown);
    }

    @Stop
    void end() {
        stop();
    }

    @Test
    void of_a_dialog_that_was_closed_nothing_is_kept_once_another_one_was_open(Operator robot) throws Exception {
        open(robot);
        Map<String, WeakReference<Node>> closed = new LinkedHashMap<>();
        for (KeyCode[] keys : DIALOGS) {
            closed.put(Arrays.toString(keys), shownAndClosed(robot, keys));
        }
        // The toolkit itself remembers the last one: where the keys were, and the mouse.
        shownAndClosed(robot, KeyCode.CONTROL, KeyCode.COMMA);
        // As does TestFX, of all that happened on the stage that was registered last.
        FxToolkit.registerStage(() -> stage);
        until(() -> {
            System.gc();
            assertThat(closed.entrySet().stream().filter(each -> each.getValue().get() != null).map(Map.Entry::getKey)).isEmpty();
            return true;
        });
    }

    private static WeakReference<Node> shownAndClosed(Operator robot, KeyCode... keys) {
        Parent scrim = (Parent) node(robot, "#scrim");
        robot.push(keys);
        until(scrim::isVisible);
        WeakReference<Node> shown = new WeakReference<>(scrim.getChildrenUnmodifiable().get(scrim.getChildrenUnmodifiable().size() - 1));
        robot.type(KeyCode.ESCAPE);
        until(() -> !scrim.isVisible());
        return shown;
    }
}
