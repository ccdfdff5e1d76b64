package dev.tidemark.ui.soak;

import dev.tidemark.ui.chart.TrendChart;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Cell;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.PopupWindow;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.Window;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What can be done to a window by mouse and keyboard, and a draw from it. What is done depends on the seed and on what is on screen. */
final class Repertoire {

    private static final KeyCode[][] KEYS = {{KeyCode.L}, {KeyCode.ESCAPE}, {KeyCode.SPACE}, {KeyCode.LEFT}, {KeyCode.RIGHT}, {KeyCode.CONTROL, KeyCode.Z},
            {KeyCode.CONTROL, KeyCode.E}, {KeyCode.A}, {KeyCode.SHIFT, KeyCode.A}, {KeyCode.S}, {KeyCode.U}, {KeyCode.O}, {KeyCode.C}, {KeyCode.V}, {KeyCode.M},
            {KeyCode.CONTROL, KeyCode.O}, {KeyCode.CONTROL, KeyCode.D}, {KeyCode.F11}, {KeyCode.SHIFT, KeyCode.SLASH}, {KeyCode.CONTROL, KeyCode.B},
            {KeyCode.CONTROL, KeyCode.S}, {KeyCode.CONTROL, KeyCode.COMMA}, {KeyCode.BACK_SPACE}, {KeyCode.END}, {KeyCode.HOME}, {KeyCode.PAGE_DOWN}, {KeyCode.ENTER},
            {KeyCode.TAB}, {KeyCode.SHIFT, KeyCode.TAB}, {KeyCode.UP}, {KeyCode.DOWN}, {KeyCode.CONTROL, KeyCode.A}, {KeyCode.CONTROL, KeyCode.F}, {KeyCode.DELETE}, {KeyCode.PLUS}, {KeyCode.MINUS}};
    private static final int PAGES = 6;
    private static final String[] WORDS = {"temp", "v 3", "v 12", "yesterday", "hall", "device-07", "0", "-1", "2026-11-21", "10.30", "live", "table", "dark", "export", "a",
            "zzzz", "5m", "1.5", "", "theme", "now", "sim", "99999999", "alerts", "gold live"};

    /** Something to do, more or less often. */
    private record Trick(int weight, Supplier<String> body) {
    }

    private final Stage stage;
    private final Hands hands;
    private final Random random;
    private final List<Trick> tricks = List.of(
            new Trick(26, this::clickSomething), new Trick(9, this::changePage), new Trick(14, this::pressSomething), new Trick(7, this::askPalette),
            new Trick(9, this::turnWheel), new Trick(8, this::dragOnChart), new Trick(4, this::clickOnChart), new Trick(7, this::scrub), new Trick(7, this::type), new Trick(3, this::resize),
            new Trick(5, this::scroll), new Trick(5, this::sweep), new Trick(2, this::rightClick), new Trick(4, this::chooseRange), new Trick(3, this::selectRow));

    Repertoire(Stage stage, Hands hands, long seed) {
        this.stage = stage;
        this.hands = hands;
        this.random = new Random(seed);
    }

    /** Does something, and says what. */
    String next() {
        int drawn = random.nextInt(tricks.stream().mapToInt(Trick::weight).sum());
        for (Trick trick : tricks) {
            drawn -= trick.weight();
            if (drawn < 0) {
                return trick.body().get();
            }
        }
        throw new IllegalStateException();
    }

    /** Shows every page once, and what lies above them. */
    void tour() {
        for (int page = PAGES; page > 0; page--) {
            hands.press(KeyCode.CONTROL, KeyCode.valueOf("DIGIT" + page));
        }
        for (KeyCode dialog : List.of(KeyCode.E, KeyCode.K, KeyCode.COMMA)) {
            hands.press(KeyCode.CONTROL, dialog);
            hands.press(KeyCode.ESCAPE);
        }
        hands.press(KeyCode.CONTROL, KeyCode.D);
        hands.press(KeyCode.CONTROL, KeyCode.D);
    }

    /** Closes what is open and goes back to the live page, for a measurement at the same place each time. */
    void home() {
        hands.rest();
        for (int i = 0; i < 4; i++) {
            hands.press(KeyCode.ESCAPE);
        }
        hands.press(KeyCode.CONTROL, KeyCode.DIGIT1);
        hands.press(KeyCode.CONTROL, KeyCode.DIGIT1);
        hands.press(KeyCode.ESCAPE);
    }

    private String clickSomething() {
        int times = random.nextInt(8) == 0 ? 2 : 1;
        return any(node -> node instanceof ButtonBase || node instanceof ComboBoxBase || node instanceof TextInputControl || node instanceof Hyperlink
                || node instanceof Cell<?> cell && !cell.isEmpty() || node.getStyleClass().contains("menu-item") || node.getStyleClass().contains("column-header")
                || node.getStyleClass().contains("thumb") || node.getOnMouseClicked() != null)
                .map(target -> {
                    hands.click(target.at(), MouseButton.PRIMARY, times);
                    return (times == 2 ? "double click on " : "click on ") + target.name();
                }).orElse("nothing to click");
    }

    private String rightClick() {
        return any(node -> node instanceof Cell<?> || node instanceof TrendChart || node instanceof TextInputControl).map(target -> {
            hands.click(target.at(), MouseButton.SECONDARY, 1);
            return "right click on " + target.name();
        }).orElse("nothing to click");
    }

    private String changePage() {
        int page = 1 + random.nextInt(PAGES);
        hands.press(KeyCode.CONTROL, KeyCode.valueOf("DIGIT" + page));
        return "page " + page;
    }

    private String pressSomething() {
        KeyCode[] keys = KEYS[random.nextInt(KEYS.length)];
        int times = random.nextInt(5) == 0 ? 5 : 1;
        for (int i = 0; i < times; i++) {
            hands.press(keys);
        }
        return "press " + List.of(keys) + (times > 1 ? " " + times + " times" : "");
    }

    private String askPalette() {
        String word = word();
        hands.press(KeyCode.CONTROL, KeyCode.K);
        hands.type(word);
        for (int i = random.nextInt(4); i > 0; i--) {
            hands.press(KeyCode.DOWN);
        }
        boolean choose = random.nextInt(4) > 0;
        hands.press(choose ? KeyCode.ENTER : KeyCode.ESCAPE);
        return "palette '" + word + "' " + (choose ? "chosen" : "left");
    }

    private String turnWheel() {
        int clicks = (random.nextInt(5) + 1) * (random.nextBoolean() ? 1 : -1);
        return any(TrendChart.class::isInstance).map(chart -> {
            hands.wheel(chart.at(), clicks);
            return "wheel " + clicks + " on " + chart.name();
        }).orElse("no chart");
    }

    private String dragOnChart() {
        MouseButton button = random.nextBoolean() ? MouseButton.PRIMARY : MouseButton.MIDDLE;
        return any(TrendChart.class::isInstance).map(chart -> {
            hands.drag(chart.at(), chart.another(random), button);
            return button + " drag on " + chart.name();
        }).orElse("no chart");
    }

    private String clickOnChart() {
        int times = 1 + random.nextInt(2);
        return any(TrendChart.class::isInstance).map(chart -> {
            hands.click(chart.at(), MouseButton.PRIMARY, times);
            return times + " click(s) on " + chart.name();
        }).orElse("no chart");
    }

    private String scrub() {
        return any(node -> node.getStyleClass().contains("commit-track") || "track".equals(node.getId())).map(track -> {
            if (random.nextBoolean()) {
                hands.drag(track.at(), track.another(random), MouseButton.PRIMARY);
                return "scrub";
            }
            hands.click(track.at(), MouseButton.PRIMARY, 1);
            return "click on the track";
        }).orElse("no track");
    }

    private String type() {
        String word = word();
        return any(TextInputControl.class::isInstance).map(field -> {
            hands.click(field.at(), MouseButton.PRIMARY, 1);
            hands.press(KeyCode.CONTROL, KeyCode.A);
            hands.type(word);
            if (random.nextBoolean()) {
                hands.press(KeyCode.ENTER);
            }
            return "type '" + word + "' into " + field.name();
        }).orElse("no field");
    }

    private String resize() {
        if ("Monocle".equals(System.getProperty("glass.platform"))) {
            // It paints into a buffer of the size before.
            return "no size of its own";
        }
        Rectangle2D screen = FxCall.of(() -> Screen.getPrimary().getBounds());
        double width = 1024 + random.nextDouble() * Math.min(860, screen.getWidth() - 1024);
        double height = 640 + random.nextDouble() * Math.min(540, screen.getHeight() - 640);
        FxCall.run(() -> {
            stage.setWidth(width);
            stage.setHeight(height);
        });
        return String.format(Locale.ROOT, "size %.0fx%.0f", width, height);
    }

    private String scroll() {
        int clicks = (random.nextInt(6) + 1) * (random.nextInt(3) > 0 ? 1 : -1);
        return any(node -> node instanceof ListView || node instanceof TableView || node instanceof ScrollPane).map(list -> {
            hands.wheel(list.at(), clicks);
            return "scroll " + clicks + " in " + list.name();
        }).orElse("nothing to scroll");
    }

    private String sweep() {
        return any(node -> true).map(from -> {
            for (int i = 0; i < 6; i++) {
                hands.move(from.another(random));
            }
            return "sweep over " + from.name();
        }).orElse("nothing there");
    }

    private String chooseRange() {
        return any(node -> node instanceof ButtonBase && node.getId() != null && node.getId().startsWith("range-")).map(range -> {
            hands.click(range.at(), MouseButton.PRIMARY, 1);
            return "range " + range.name();
        }).orElse("no ranges");
    }

    private String selectRow() {
        return any(node -> node instanceof IndexedCell<?> cell && !cell.isEmpty()).map(row -> {
            hands.click(row.at(), MouseButton.PRIMARY, 1);
            KeyCode[] moves = {KeyCode.DOWN, KeyCode.UP, KeyCode.PAGE_DOWN, KeyCode.ENTER, KeyCode.END};
            for (int i = random.nextInt(4); i > 0; i--) {
                hands.press(moves[random.nextInt(moves.length)]);
            }
            return "rows of " + row.name();
        }).orElse("no rows");
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    /** A node that is seen, and a point of it on the screen. */
    private record Target(String name, Bounds bounds, Point2D at) {
        Point2D another(Random random) {
            return new Point2D(bounds.getMinX() + random.nextDouble() * bounds.getWidth(), bounds.getMinY() + random.nextDouble() * bounds.getHeight());
        }
    }

    /** One of those that are seen; what pops up goes first, as a rule. */
    private Optional<Target> any(Predicate<Node> wanted) {
        boolean onlyPopups = random.nextInt(4) > 0;
        int draw = random.nextInt(1 << 20);
        double x = random.nextDouble();
        double y = random.nextDouble();
        return FxCall.of(() -> {
            List<Node> found = new ArrayList<>();
            List<Window> windows = Window.getWindows().stream().filter(Window::isShowing).toList();
            List<Window> popups = windows.stream().filter(PopupWindow.class::isInstance).filter(window -> !(window instanceof javafx.scene.control.Tooltip)).toList();
            for (Window window : onlyPopups && !popups.isEmpty() ? popups : windows) {
                collect(window.getScene().getRoot(), wanted, found);
            }
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Node node = found.get(draw % found.size());
            Bounds bounds = node.localToScreen(node.getLayoutBounds());
            return bounds == null ? Optional.empty() : Optional.of(new Target(name(node), bounds,
                    new Point2D(bounds.getMinX() + 1 + x * Math.max(0, bounds.getWidth() - 2), bounds.getMinY() + 1 + y * Math.max(0, bounds.getHeight() - 2))));
        });
    }

    private static void collect(Node node, Predicate<Node> wanted, List<Node> found) {
        if (!node.isVisible() || node.isDisabled()) {
            return;
        }
        if (wanted.test(node) && node.getLayoutBounds().getWidth() > 2 && node.getLayoutBounds().getHeight() > 2) {
            found.add(node);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, wanted, found));
        }
    }

    private static String name(Node node) {
        String text = node instanceof javafx.scene.control.Labeled labeled && labeled.getText() != null && !labeled.getText().isBlank() ? " '" + labeled.getText().lines().findFirst().orElse("") + "'" : "";
        return node.getClass().getSimpleName() + (node.getId() == null ? "" : "#" + node.getId()) + node.getStyleClass() + text;
    }
}
