package dev.tidemark.ui;

import dev.tidemark.ui.theme.Theme;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Paint;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;

import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** From dark to light and back, with everything that lies above the window. */
class ThemeTest extends OperatorTest {

    @Start
    void begin(Stage shown) throws Exception {
        start(shown);
    }

    @Stop
    void end() {
        stop();
    }

    @Test
    void a_menu_that_is_open_closes_when_the_theme_changes_and_has_its_colours_when_it_is_opened_again(Operator robot) {
        open(robot);
        robot.clickOn("#settings");
        until(() -> menuColours(robot).contains(Theme.DARK.text()));
        robot.interact(() -> choose(robot, "theme-LIGHT"));
        until(() -> Window.getWindows().stream().noneMatch(ContextMenu.class::isInstance));
        robot.clickOn("#settings");
        until(() -> menuColours(robot).contains(Theme.LIGHT.text()));
        assertThat(menuColours(robot)).doesNotContain(Theme.DARK.text());
        robot.type(KeyCode.ESCAPE);
    }

    @Test
    void a_page_that_is_not_shown_when_the_theme_changes_has_its_colours_when_it_is_shown_again(Operator robot) {
        open(robot);
        robot.clickOn("#page-rules");
        Node page = window.pages().view(window.pages().shownProperty().get());
        Label title = (Label) page.lookup(".section-title");
        until(() -> title.getTextFill().equals(Theme.DARK.text()));
        robot.clickOn("#page-live").interact(() -> choose(robot, "theme-LIGHT"));
        assertThat(page.getScene()).isNull();
        robot.clickOn("#page-rules");
        until(() -> page.isVisible() && page.getScene() != null && title.getTextFill().equals(Theme.LIGHT.text()));
    }

    private static void choose(Operator robot, String theme) {
        ((MenuButton) node(robot, "#settings")).getItems().stream().filter(item -> theme.equals(item.getId())).findFirst().orElseThrow().fire();
    }

    private static Set<Paint> menuColours(Operator robot) {
        return robot.lookup(".context-menu .menu-item .label").queryAllAs(Label.class).stream().map(Label::getTextFill).collect(Collectors.toSet());
    }
}
