package dev.tidemark.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import dev.tidemark.ui.Operator;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.ImageView;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Two charts of one page, by mouse and key. */
@ExtendWith({ApplicationExtension.class, Operator.Shift.class})
class TrendChartTest {

    private final TimeView view = new TimeView(Plant.NOW, Plant.HOUR);
    private final CrosshairLink crosshair = new CrosshairLink();
    private TrendChart upper;
    private TrendChart lower;
    private VBox page;

    @Start
    void start(Stage stage) {
        upper = chart("upper");
        lower = chart("lower");
        page = new VBox(upper, lower);
        stage.setScene(new Scene(page, 900, 500));
        stage.show();
    }

    /** Room for the axes is made when they are painted: before, what is clicked on is somewhere else. */
    @BeforeEach
    void paint() throws TimeoutException {
        painted(upper, view.getRange());
        painted(lower, view.getRange());
    }

    private TrendChart chart(String id) {
        TrendChart chart = new TrendChart(view, crosshair);
        chart.setId(id);
        chart.setTitle("Temperature");
        chart.setSeries(List.of(new Series("a", "oven-2", "°F", 0), new Series("b", "oven-3", "°F", 1), new Series("c", "oven-4", "°F", 2)));
        chart.setData("a", Plant.windows(6, 60, Plant.MINUTE, Plant.NOW, 91, 4, 15, 18, 1));
        chart.setData("b", Plant.windows(7, 60, Plant.MINUTE, Plant.NOW, 74, 3, 30, 31, 1));
        chart.setData("c", Plant.windows(8, 60, Plant.MINUTE, Plant.NOW, 60, 3, 30, 31, 1));
        chart.setPrefSize(900, 250);
        return chart;
    }

    @Test
    void dragging_zooms_both_charts_into_the_range_and_backspace_takes_it_back(Operator robot) throws TimeoutException {
        Region plot = plot(upper);
        TimeRange before = view.getRange();
        robot.drag(at(plot, 0.25, 0.5)).dropTo(at(plot, 0.5, 0.6));

        TimeRange zoomed = view.getRange();
        assertThat(view.isFollowing()).isFalse();
        assertThat((double) zoomed.from() - before.from()).isCloseTo(0.25 * before.span(), offset(before.span() * 0.01));
        assertThat((double) zoomed.span()).isCloseTo(0.25 * before.span(), offset(before.span() * 0.01));
        painted(upper, zoomed);
        painted(lower, zoomed);

        robot.press(KeyCode.BACK_SPACE).release(KeyCode.BACK_SPACE);
        assertThat(view.getRange()).isEqualTo(before);
        assertThat(view.isFollowing()).isTrue();
        painted(lower, before);
    }

    @Test
    void an_instant_stands_at_the_same_place_in_charts_below_each_other(Operator robot) throws TimeoutException {
        painted(upper, view.getRange());
        double before = plot(upper).getLayoutX();
        robot.interact(() -> lower.setData("a", Plant.windows(6, 60, Plant.MINUTE, Plant.NOW, 1_234_567.5, 4, 15, 18, 1)));
        WaitForAsyncUtils.waitFor(90, TimeUnit.SECONDS, () -> plot(lower).getLayoutX() > before);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(plot(upper).getLayoutX()).isEqualTo(plot(lower).getLayoutX());

        robot.interact(() -> List.of(upper, lower).forEach(chart -> {
            chart.setSeries(List.of(new Series("d", "oven-5", "°F", 0)));
            chart.setData("d", Plant.windows(6, 60, Plant.MINUTE, Plant.NOW, 91, 4, 15, 18, 1));
        }));
        WaitForAsyncUtils.waitFor(90, TimeUnit.SECONDS, () -> plot(upper).getLayoutX() == before && plot(lower).getLayoutX() == before);
    }

    @Test
    void labels_of_times_that_have_gone_are_used_again(Operator robot) throws TimeoutException {
        painted(upper, view.getRange());
        ChartAxes axes = (ChartAxes) upper.getChildrenUnmodifiable().stream().filter(ChartAxes.class::isInstance).findFirst().orElseThrow();
        int labels = axes.getChildren().size();
        for (int hour = 1; hour <= 3; hour++) {
            TimeRange earlier = new TimeRange(Plant.NOW - (hour + 1) * Plant.HOUR, Plant.NOW - hour * Plant.HOUR);
            robot.interact(() -> view.show(earlier));
            painted(upper, earlier);
        }
        assertThat(axes.getChildren().size()).isLessThanOrEqualTo(labels + 2);
        // Below the plot stand the times of now and no others.
        List<String> times = axes.getChildren().stream().map(Text.class::cast).filter(text -> text.isVisible() && text.getY() > plot(upper).getLayoutY() + plot(upper).getHeight() + 1)
                .map(Text::getText).filter(text -> !text.equals(frame(upper).ticks().context())).toList();
        assertThat(times).isNotEmpty().isSubsetOf(frame(upper).ticks().ticks().stream().map(TimeTicks.Tick::label).toList());
    }

    @Test
    void a_chart_whose_series_are_all_hidden_does_not_say_that_there_is_no_data(Operator robot) throws TimeoutException {
        Label message = (Label) plot(upper).lookup(".trend-message");
        robot.interact(() -> upper.getSeries().forEach(each -> upper.setVisible(each.key(), false)));
        until(() -> message.isVisible() && message.getText().startsWith("All its series are hidden"));
        robot.interact(() -> upper.getSeries().forEach(each -> upper.setVisible(each.key(), true)));
        until(() -> !message.isVisible());
    }

    @Test
    void a_double_click_takes_a_step_back(Operator robot) {
        TimeRange before = view.getRange();
        robot.interact(() -> view.show(new TimeRange(Plant.NOW - Plant.HOUR / 2, Plant.NOW)));
        robot.moveTo(at(plot(lower), 0.5, 0.5)).doubleClickOn(MouseButton.PRIMARY);
        assertThat(view.getRange()).isEqualTo(before);
    }

    @Test
    void a_click_zooms_nowhere(Operator robot) {
        TimeRange before = view.getRange();
        robot.clickOn(at(plot(upper), 0.5, 0.5));
        assertThat(view.getRange()).isEqualTo(before);
        assertThat(view.isFollowing()).isTrue();
        assertThat(upper.isFocused()).isTrue();
    }

    @Test
    void the_wheel_zooms_around_the_pointer_and_its_turns_are_one_step(Operator robot) throws TimeoutException {
        TimeRange before = view.getRange();
        Region plot = plot(upper);
        painted(upper, before);
        // One right after the other: what comes more than half a second later is another turn.
        robot.interact(() -> {
            turn(plot, 0.75, 40);
            turn(plot, 0.75, 40);
        });
        TimeRange after = view.getRange();
        assertThat(after.span()).isLessThan(before.span());
        long anchor = before.from() + (long) (before.span() * 0.75);
        assertThat((anchor - after.from()) / (double) after.span()).isCloseTo(0.75, offset(0.01));
        robot.interact(view::undo);
        assertThat(view.getRange()).isEqualTo(before);
    }

    @Test
    void shift_drag_pans_and_keeps_the_span(Operator robot) {
        TimeRange before = view.getRange();
        Region plot = plot(upper);
        robot.press(KeyCode.SHIFT).drag(at(plot, 0.3, 0.5)).moveTo(at(plot, 0.5, 0.5)).drop().release(KeyCode.SHIFT);
        assertThat(view.getRange().span()).isEqualTo(before.span());
        assertThat((double) before.from() - view.getRange().from()).isCloseTo(0.2 * before.span(), offset(before.span() * 0.01));
        robot.interact(view::undo);
        assertThat(view.getRange()).isEqualTo(before);
        assertThat(view.undoableProperty().get()).isFalse();
    }

    @Test
    void arrows_pan_and_zoom_and_end_goes_live(Operator robot) {
        TimeRange before = view.getRange();
        robot.interact(upper::requestFocus);
        robot.press(KeyCode.SHIFT, KeyCode.LEFT).release(KeyCode.LEFT, KeyCode.SHIFT);
        assertThat((double) before.from() - view.getRange().from()).isCloseTo(0.1 * before.span(), offset(2.0));
        robot.press(KeyCode.PLUS).release(KeyCode.PLUS);
        assertThat((double) view.getRange().span()).isCloseTo(0.8 * before.span(), offset(2.0));
        robot.press(KeyCode.END).release(KeyCode.END);
        assertThat(view.isFollowing()).isTrue();
    }

    @Test
    void a_click_into_the_legend_hides_and_shows_a_series(Operator robot) throws TimeoutException {
        robot.clickOn(item(robot, upper, "a"));
        assertThat(upper.isVisible("a")).isFalse();
        assertThat(lower.isVisible("a")).as("the other chart").isTrue();
        until(() -> lines(upper) == 2);
        robot.clickOn(item(robot, upper, "b"));
        until(() -> lines(upper) == 1);
        robot.clickOn(item(robot, upper, "a"));
        assertThat(upper.isVisible("a")).isTrue();
        until(() -> lines(upper) == 2);
    }

    @Test
    void a_double_click_into_the_legend_shows_a_series_alone_and_another_one_all(Operator robot) {
        robot.doubleClickOn(item(robot, upper, "b"));
        assertThat(List.of(upper.isVisible("a"), upper.isVisible("b"), upper.isVisible("c"))).containsExactly(false, true, false);
        robot.doubleClickOn(item(robot, upper, "b"));
        assertThat(List.of(upper.isVisible("a"), upper.isVisible("b"), upper.isVisible("c"))).containsExactly(true, true, true);
    }

    @Test
    void the_legend_works_by_keyboard(Operator robot) {
        robot.interact(() -> item(robot, upper, "c").requestFocus());
        robot.press(KeyCode.SPACE).release(KeyCode.SPACE);
        assertThat(upper.isVisible("c")).isFalse();
        assertThat(item(robot, upper, "c").isSelected()).isFalse();
        robot.press(KeyCode.ENTER).release(KeyCode.ENTER);
        assertThat(upper.isVisible("c")).isTrue();
        robot.press(KeyCode.ALT).press(KeyCode.ENTER).release(KeyCode.ENTER).release(KeyCode.ALT);
        assertThat(List.of(upper.isVisible("a"), upper.isVisible("b"), upper.isVisible("c"))).containsExactly(false, false, true);
    }

    @Test
    void the_crosshair_of_one_chart_shows_in_all_and_leaves_with_the_pointer(Operator robot) throws TimeoutException {
        painted(upper, view.getRange());
        painted(lower, view.getRange());
        robot.moveTo(at(plot(upper), 0.5, 0.5));
        assertThat(crosshair.getTime()).isNotNull();
        until(() -> readout(lower).isVisible() && readout(upper).isVisible());
        assertThat(texts(readout(lower))).contains("oven-2", "oven-3", "oven-4").anyMatch(t -> t.endsWith("UTC")).anyMatch(t -> t.startsWith("n "));
        robot.moveTo(at(upper, 0.5, 0.02));
        assertThat(crosshair.getTime()).isNull();
        assertThat(readout(lower).isVisible()).isFalse();
    }

    @Test
    void a_provisional_window_is_told_as_such(Operator robot) throws TimeoutException {
        painted(upper, view.getRange());
        robot.interact(() -> crosshair.setTime(Plant.NOW));
        until(() -> texts(readout(upper)).contains("n 20, provisional"));
    }

    @Test
    void an_empty_range_says_so(Operator robot) throws TimeoutException {
        TimeRange empty = new TimeRange(Plant.NOW - 10 * Plant.DAY, Plant.NOW - 9 * Plant.DAY);
        robot.interact(() -> view.show(empty));
        painted(upper, empty);
        assertThat(message(upper)).isEqualTo("No data in this range");
        robot.interact(view::undo);
        until(() -> message(upper).isEmpty());
    }

    @Test
    void new_data_are_painted_without_anyone_touching_the_view(Operator robot) throws TimeoutException {
        painted(upper, view.getRange());
        SeriesWriter writer = new SeriesWriter(Plant.MINUTE);
        writer.append(Plant.NOW - Plant.MINUTE, 300);
        SeriesData data = writer.snapshot();
        robot.interact(() -> upper.setData("a", data));
        until(() -> frame(upper).order().lines().get(0).data() == data);
        assertThat(frame(upper).values().high()).isGreaterThanOrEqualTo(300);
    }

    @Test
    void the_theme_changes_at_run_time(Operator robot) throws TimeoutException {
        painted(upper, view.getRange());
        robot.interact(() -> upper.setPalette(ChartPalette.light()));
        until(() -> frame(upper).order().palette().equals(ChartPalette.light()));
        ImageView picture = (ImageView) plot(upper).getChildrenUnmodifiable().get(0);
        WritableImage image = (WritableImage) picture.getImage();
        boolean found = false;
        Color wanted = ChartPalette.light().series(0);
        for (int y = 0; y < image.getHeight() && !found; y++) {
            for (int x = 0; x < image.getWidth() && !found; x++) {
                Color c = image.getPixelReader().getColor(x, y);
                found = Math.abs(c.getRed() - wanted.getRed()) + Math.abs(c.getGreen() - wanted.getGreen())
                        + Math.abs(c.getBlue() - wanted.getBlue()) < 0.05 && c.getOpacity() > 0.95;
            }
        }
        assertThat(found).isTrue();
    }

    @Test
    void the_picture_has_the_device_pixels_of_the_plot(Operator robot) throws TimeoutException {
        painted(upper, view.getRange());
        robot.interact(() -> upper.setRenderScale(2));
        until(() -> frame(upper).order().scale() == 2);
        Region plot = plot(upper);
        ImageView picture = (ImageView) plot.getChildrenUnmodifiable().get(0);
        assertThat(picture.getImage().getWidth()).isEqualTo(2 * plot.getWidth());
        assertThat(picture.getFitWidth()).isEqualTo(plot.getWidth());
        assertThat(picture.getFitHeight()).isEqualTo(plot.getHeight());
    }

    @Test
    void a_chart_that_left_the_window_no_longer_paints(Operator robot) throws TimeoutException {
        painted(lower, view.getRange());
        Frame last = frame(lower);
        robot.interact(() -> page.getChildren().remove(lower));
        TimeRange range = new TimeRange(Plant.NOW - Plant.HOUR / 2, Plant.NOW);
        robot.interact(() -> view.show(range));
        painted(upper, range);
        assertThat(frame(lower)).isSameAs(last);
        robot.interact(() -> page.getChildren().add(lower));
        painted(lower, range);
    }

    @Test
    void a_screen_reader_is_told_what_is_shown(Operator robot) {
        robot.interact(() -> upper.setVisible("b", false));
        assertThat((String) upper.queryAccessibleAttribute(AccessibleAttribute.TEXT))
                .contains("Temperature", "oven-2, oven-4", "21 Nov 2026", "live").doesNotContain("oven-3");
    }

    private static Region plot(TrendChart chart) {
        return (Region) chart.lookup(".trend-plot");
    }

    private static Frame frame(TrendChart chart) {
        return ((PlotPane) plot(chart)).frame();
    }

    private static int lines(TrendChart chart) {
        return frame(chart).order().lines().size();
    }

    private static ChartReadout readout(TrendChart chart) {
        return (ChartReadout) chart.lookup(".trend-readout");
    }

    private static String message(TrendChart chart) {
        Label label = (Label) chart.lookup(".trend-message");
        return label.isVisible() ? label.getText() : "";
    }

    private static List<String> texts(ChartReadout readout) {
        return readout.getChildren().stream().filter(Text.class::isInstance).map(n -> ((Text) n).getText()).toList();
    }

    private static ToggleButton item(Operator robot, TrendChart chart, String key) {
        return (ToggleButton) robot.from(chart).lookup("#legend-" + key).query();
    }

    private static Point2D at(Region node, double x, double y) {
        return node.localToScreen(node.getWidth() * x, node.getHeight() * y);
    }

    /** A turn of the wheel; the robot's direction differs between platforms. */
    private static void turn(Region plot, double x, double delta) {
        Point2D scene = plot.localToScene(plot.getWidth() * x, 50);
        plot.fireEvent(new ScrollEvent(ScrollEvent.SCROLL, scene.getX(), scene.getY(), scene.getX(), scene.getY(), false, false, false, false, false, false,
                0, delta, 0, delta, ScrollEvent.HorizontalTextScrollUnits.NONE, 0, ScrollEvent.VerticalTextScrollUnits.LINES, 1, 0, null));
    }

    private static void painted(TrendChart chart, TimeRange range) throws TimeoutException {
        until(() -> frame(chart) != null && frame(chart).order().columns().equals(Columns.of(range, frame(chart).order().columns().count()))
                && frame(chart).order().columns().count() == (int) plot(chart).getWidth());
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(90, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
