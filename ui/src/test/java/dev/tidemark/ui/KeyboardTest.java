package dev.tidemark.ui;

import dev.tidemark.ui.chart.TrendChart;
import dev.tidemark.ui.text.Tip;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import org.testfx.util.WaitForAsyncUtils;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever has no mouse, or does not see the screen, gets everywhere: Tab is pressed through each page, and what takes the focus is looked at. */
class KeyboardTest extends OperatorTest {

    private static final int MOST = 120;

    @Start
    void begin(Stage shown) throws Exception {
        start(shown);
    }

    @Stop
    void end() {
        stop();
    }

    /** What took the focus, one after the other, each once; and whether that could be seen. */
    private Map<Node, Boolean> walk(Operator robot) {
        Map<Node, Boolean> visited = new LinkedHashMap<>();
        robot.interact(() -> window.focusFirst());
        Node previous = null;
        WritableImage before = null;
        for (int i = 0; i < MOST; i++) {
            robot.type(KeyCode.TAB);
            Node owner = stage.getScene().getFocusOwner();
            if (previous != null) {
                visited.put(previous, differ(before, picture(robot, previous)));
            }
            if (owner == null || visited.containsKey(owner)) {
                break;
            }
            previous = owner;
            before = picture(robot, owner);
        }
        return visited;
    }

    private WritableImage picture(Operator robot, Node node) {
        WritableImage[] taken = new WritableImage[1];
        robot.interact(() -> {
            Bounds place = node.localToScene(node.getLayoutBounds());
            SnapshotParameters part = new SnapshotParameters();
            part.setFill(Color.BLACK);
            part.setViewport(new Rectangle2D(place.getMinX() - 4, place.getMinY() - 4, place.getWidth() + 8, place.getHeight() + 8));
            taken[0] = stage.getScene().getRoot().snapshot(part, null);
        });
        return taken[0];
    }

    private static boolean differ(WritableImage one, WritableImage other) {
        int width = (int) Math.min(one.getWidth(), other.getWidth());
        int height = (int) Math.min(one.getHeight(), other.getHeight());
        int found = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                found += one.getPixelReader().getArgb(x, y) != other.getPixelReader().getArgb(x, y) ? 1 : 0;
            }
        }
        return found > 8;
    }

    private static boolean isSeen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return node.getLayoutBounds().getWidth() > 0;
    }

    private static void all(Node node, List<Node> found) {
        found.add(node);
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> all(child, found));
        }
    }

    private Set<Node> traversable() {
        return WaitForAsyncUtils.waitForAsyncFx(30_000, () -> all().stream().filter(node -> node.isFocusTraversable() && !node.isDisabled() && isSeen(node)).collect(Collectors.toSet()));
    }

    private List<Node> all() {
        List<Node> found = new ArrayList<>();
        all(stage.getScene().getRoot(), found);
        return found;
    }

    /** What a screen reader calls it. */
    private String name(Node node) {
        if (node.getAccessibleText() != null && !node.getAccessibleText().isBlank()) {
            return node.getAccessibleText();
        }
        if (node instanceof Labeled labeled && labeled.getText() != null && !labeled.getText().isBlank()) {
            return labeled.getText();
        }
        if (node instanceof TextInputControl input && input.getPromptText() != null && !input.getPromptText().isBlank()) {
            return input.getPromptText();
        }
        Object told = node instanceof Control ? null : node.queryAccessibleAttribute(AccessibleAttribute.TEXT);
        if (told != null && !told.toString().isBlank()) {
            return told.toString();
        }
        return all().stream().filter(other -> other instanceof Label label && label.getLabelFor() == node).map(other -> ((Label) other).getText()).findFirst().orElse("");
    }

    /** Whether arrow keys lead to it from another choice that Tab reaches. */
    private static boolean isChoice(Node node, Set<Node> visited) {
        return node instanceof ToggleButton toggle && toggle.getToggleGroup() != null && toggle.getToggleGroup().getToggles().stream().anyMatch(visited::contains);
    }

    private static String tell(Node node) {
        return node.getClass().getSimpleName() + " " + (node.getId() == null ? node.getStyleClass() : "#" + node.getId());
    }

    /** Within one parent, the next lies to the right of the one before it in its row, or below it. */
    private static List<String> outOfOrder(List<Node> visited) {
        List<String> wrong = new ArrayList<>();
        for (int i = 1; i < visited.size(); i++) {
            Bounds one = visited.get(i - 1).localToScene(visited.get(i - 1).getLayoutBounds());
            Bounds next = visited.get(i).localToScene(visited.get(i).getLayoutBounds());
            boolean row = next.getMinY() < one.getMaxY() - 2 && one.getMinY() < next.getMaxY() - 2;
            if (visited.get(i - 1).getParent() == visited.get(i).getParent() && (row ? next.getMinX() < one.getMinX() : next.getMinY() < one.getMinY())) {
                wrong.add(tell(visited.get(i - 1)) + " before " + tell(visited.get(i)));
            }
        }
        return wrong;
    }

    private void audit(Operator robot, int page) {
        open(robot);
        robot.push(KeyCode.CONTROL, KeyCode.valueOf("DIGIT" + page));
        Node[] shown = new Node[1];
        until(() -> {
            shown[0] = window.pages().view(window.pages().shownProperty().get());
            return window.pages().all().indexOf(window.pages().shownProperty().get()) == page - 1 && isSeen(shown[0]);
        });
        robot.interact(() -> stage.getScene().getRoot().layout());
        Set<Node> there = traversable();
        Map<Node, Boolean> visited = walk(robot);
        // What came while Tab was pressed may have come where it had been already: then once more.
        for (int round = 0; !there.equals(traversable()); round++) {
            assertThat(round).as("what is there changes all the time").isLessThan(10);
            there = traversable();
            visited = walk(robot);
        }
        assertThat(visited).as("controls that Tab reaches").hasSizeGreaterThan(8).hasSizeLessThan(MOST);
        assertThat(visited.keySet().stream().filter(node -> name(node).isBlank()).map(KeyboardTest::tell).toList()).as("without an accessible name").isEmpty();
        assertThat(visited.keySet().stream().filter(node -> node.getAccessibleRole() == null && !(node instanceof Control)).map(KeyboardTest::tell).toList())
                .as("without a role").isEmpty();
        assertThat(visited.entrySet().stream().filter(entry -> !entry.getValue()).map(entry -> tell(entry.getKey())).toList()).as("whose focus cannot be seen").isEmpty();
        assertThat(outOfOrder(List.copyOf(visited.keySet()))).as("out of order").isEmpty();

        List<Node> nodes = all();
        Bounds window = new BoundingBox(0, 0, stage.getScene().getWidth(), stage.getScene().getHeight());
        Set<Node> reached = visited.keySet();
        Set<String> missed = there.stream().filter(node -> !reached.contains(node) && !isChoice(node, reached)
                        && window.contains(node.localToScene(node.getLayoutBounds()).getCenterX(), node.localToScene(node.getLayoutBounds()).getCenterY()))
                .map(KeyboardTest::tell).collect(Collectors.toCollection(LinkedHashSet::new));
        assertThat(missed).as("that Tab does not reach").isEmpty();
        assertThat(nodes.stream().filter(node -> node instanceof ButtonBase button && isSeen(button) && (button.getText() == null || button.getText().isBlank())
                        && (Tip.of(button).isEmpty() || button.getAccessibleText() == null))
                .map(KeyboardTest::tell).toList()).as("pictures without tooltip and accessible text").isEmpty();
    }

    @Test
    void the_live_page(Operator robot) {
        audit(robot, 1);
    }

    @Test
    void the_table_page(Operator robot) {
        audit(robot, 2);
    }

    @Test
    void the_page_of_alerts(Operator robot) {
        audit(robot, 3);
    }

    @Test
    void the_page_that_compares(Operator robot) {
        audit(robot, 4);
    }

    @Test
    void the_page_of_rules(Operator robot) {
        audit(robot, 5);
    }

    @Test
    void the_page_of_sources(Operator robot) {
        audit(robot, 6);
    }

    @Test
    void a_dialog_keeps_the_keys_to_itself_and_gives_them_back(Operator robot) {
        open(robot);
        robot.push(KeyCode.CONTROL, KeyCode.E);
        until(() -> !robot.lookup("#export-dialog").queryAll().isEmpty());
        Node dialog = robot.lookup("#export-dialog").query();
        for (int i = 0; i < 40; i++) {
            robot.type(KeyCode.TAB);
            Node owner = stage.getScene().getFocusOwner();
            assertThat(dialog.lookupAll("*")).as(tell(owner)).contains(owner);
            assertThat(name(owner)).as(tell(owner)).isNotBlank();
        }
        robot.type(KeyCode.ESCAPE);
        until(() -> robot.lookup("#export-dialog").queryAll().isEmpty());
    }

    @Test
    void space_presses_the_button_that_was_reached_by_tab_and_pauses_otherwise(Operator robot) {
        open(robot);
        robot.interact(() -> window.focusFirst());
        for (int i = 0; i < MOST && !"range-1h".equals(id()); i++) {
            robot.type(KeyCode.TAB);
        }
        robot.type(KeyCode.SPACE);
        until(() -> window.live().question().range() != null);
        assertThat(says(robot, "#badgeText", "PAUSED")).isFalse();
        robot.clickOn("#title").type(KeyCode.SPACE);
    }

    @Test
    void arrow_keys_choose_among_several_without_travelling_in_time(Operator robot) {
        open(robot);
        robot.interact(() -> window.focusFirst());
        for (int i = 0; i < MOST && !id().equals("side-latest"); i++) {
            robot.type(KeyCode.TAB);
        }
        robot.type(KeyCode.RIGHT);
        assertThat(id()).isEqualTo("side-commits");
        until(() -> says(robot, ".rows .label", "+240 rows"));
        robot.type(KeyCode.LEFT);
        assertThat(id()).isEqualTo("side-latest");
        assertThat(says(robot, "#badgeText", "LIVE")).isTrue();
        for (int i = 0; i < 6 && !id().equals("series"); i++) {
            robot.type(KeyCode.TAB);
        }
        robot.type(KeyCode.DOWN).type(KeyCode.ENTER);
        until(() -> window.live().series().hidden().size() == 1);
    }

    private String id() {
        Node owner = stage.getScene().getFocusOwner();
        return owner == null || owner.getId() == null ? "" : owner.getId();
    }

    @Test
    void a_point_of_a_chart_is_walked_to_and_asked_about_by_keys_alone(Operator robot) {
        open(robot);
        robot.interact(() -> window.focusFirst());
        for (int i = 0; i < MOST && !(stage.getScene().getFocusOwner() instanceof TrendChart); i++) {
            robot.type(KeyCode.TAB);
        }
        TrendChart chart = (TrendChart) stage.getScene().getFocusOwner();
        until(() -> chart.queryAccessibleAttribute(AccessibleAttribute.TEXT) != null);
        until(() -> {
            robot.type(KeyCode.LEFT);
            return chart.queryAccessibleAttribute(AccessibleAttribute.TEXT).toString().contains(" at 2026-11-21 ");
        });
        String first = chart.queryAccessibleAttribute(AccessibleAttribute.TEXT).toString();
        robot.type(KeyCode.LEFT);
        until(() -> !chart.queryAccessibleAttribute(AccessibleAttribute.TEXT).toString().equals(first));
        String second = chart.queryAccessibleAttribute(AccessibleAttribute.TEXT).toString();
        robot.type(KeyCode.DOWN);
        assertThat(chart.queryAccessibleAttribute(AccessibleAttribute.TEXT).toString()).isNotEqualTo(second);
        assertThat(says(robot, "#badgeText", "LIVE")).isTrue();
        robot.type(KeyCode.ENTER);
        until(() -> node(robot, "#provenance").isVisible());
        robot.type(KeyCode.ESCAPE);
        until(() -> !chart.queryAccessibleAttribute(AccessibleAttribute.TEXT).toString().contains(" at 2026-11-21 "));
    }
}
