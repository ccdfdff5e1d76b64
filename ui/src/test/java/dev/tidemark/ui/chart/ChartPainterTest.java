package dev.tidemark.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;

class ChartPainterTest {

    private static final int WIDTH = 600;
    private static final int HEIGHT = 200;
    private static final ChartPalette BARE = new ChartPalette(Color.TRANSPARENT, Color.TRANSPARENT, Color.WHITE, Color.WHITE, Color.BLACK,
            Color.WHITE, 0.5, 0, List.of(Color.RED, Color.BLUE), Color.LIME, Color.LIME, Color.LIME, Color.LIME);

    private final int[] pixels = new int[WIDTH * HEIGHT];
    private final ChartPainter painter = new ChartPainter(() -> 0);

    @Test
    void a_missing_window_leaves_its_pixels_empty() {
        SeriesData data = Plant.windows(1, 60, Plant.MINUTE, Plant.NOW, 50, 5, 20, 25, 0);
        Frame frame = painter.paint(order(List.of(line(0, data)), List.of(), Plant.HOUR), pixels);
        double before = frame.order().columns().x(data.time(19));
        double after = frame.order().columns().x(data.time(20));
        assertThat(after - before).isGreaterThan(50);
        for (int x = (int) before + 4; x < after - 4; x++) {
            assertThat(painted(x)).as("column %d", x).isZero();
        }
        assertThat(painted((int) before - 5)).isPositive();
        assertThat(painted((int) after + 5)).isPositive();
    }

    @Test
    void a_provisional_end_is_dashed_and_hollow() {
        SeriesWriter writer = new SeriesWriter(Plant.MINUTE);
        for (int i = 40; i > 20; i--) {
            writer.append(Plant.NOW - i * Plant.MINUTE, 50);
        }
        writer.provisional(new long[] {Plant.NOW - Plant.MINUTE * 20, Plant.NOW - Plant.MINUTE * 10}, new double[] {50, 50}, null, null, null);
        SeriesData data = writer.snapshot();
        PaintOrder order = order(List.of(line(0, data)), List.of(), Plant.HOUR);
        Frame frame = painter.paint(order, pixels);
        int centre = (int) frame.y(50);
        int ring = (int) Math.floor(order.columns().x(Plant.NOW - Plant.MINUTE * 20));
        assertThat(pixels[centre * WIDTH + ring] >>> 24).as("inside the ring").isLessThan(90);
        int settled = gaps(order.columns().x(Plant.NOW - Plant.MINUTE * 40), order.columns().x(Plant.NOW - Plant.MINUTE * 22), centre);
        assertThat(settled).as("settled").isZero();
    }

    @Test
    void dashes_leave_holes() {
        SeriesWriter writer = new SeriesWriter(0);
        writer.append(Plant.NOW - 50 * Plant.MINUTE, 50);
        writer.provisional(new long[] {Plant.NOW - 10 * Plant.MINUTE}, new double[] {50}, null, null, null);
        PaintOrder order = order(List.of(line(0, writer.snapshot())), List.of(), Plant.HOUR);
        Frame frame = painter.paint(order, pixels);
        assertThat(gaps(order.columns().x(Plant.NOW - 48 * Plant.MINUTE), order.columns().x(Plant.NOW - 12 * Plant.MINUTE), (int) frame.y(50)))
                .isBetween(20, 60);
    }

    @Test
    void a_spike_of_one_sample_in_a_million_is_seen() {
        int n = 1_000_000;
        long[] time = new long[n];
        double[] value = new double[n];
        for (int i = 0; i < n; i++) {
            time[i] = Plant.NOW - (n - i) * 3_600L;
            value[i] = 10;
        }
        value[n / 2] = 90;
        PaintOrder order = order(List.of(line(0, SeriesData.of(3_600, time, value, null, null, null))), List.of(), Plant.HOUR);
        Frame frame = painter.paint(order, pixels);
        int x = (int) order.columns().x(time[n / 2]);
        assertThat(frame.values().high()).isGreaterThanOrEqualTo(90);
        for (int y = (int) frame.y(85); y < frame.y(20); y++) {
            assertThat(pixels[y * WIDTH + x] >>> 24).as("row %d", y).isPositive();
        }
    }

    @Test
    void a_single_sample_is_a_dot() {
        SeriesData one = SeriesData.of(0, new long[] {Plant.NOW - 30 * Plant.MINUTE}, new double[] {3}, null, null, null);
        PaintOrder order = order(List.of(line(0, one)), List.of(), Plant.HOUR);
        painter.paint(order, pixels);
        assertThat(painted((int) order.columns().x(one.time(0)))).isGreaterThan(2);
    }

    @Test
    void the_first_series_lies_on_top() {
        SeriesData same = Plant.wander(3, 100, 36 * Plant.SECOND, Plant.NOW, 5, 1, 0);
        painter.paint(order(List.of(line(0, same), line(1, same)), List.of(), Plant.HOUR), pixels);
        long red = 0;
        long blue = 0;
        for (int pixel : pixels) {
            red += pixel >>> 16 & 255;
            blue += pixel & 255;
        }
        assertThat(red).isGreaterThan(4 * blue);
    }

    @Test
    void lines_whose_colour_is_there_already_carry_beads_that_stay_in_their_place_while_the_view_slides() {
        long[] time = new long[120];
        double[] value = new double[120];
        for (int i = 0; i < 120; i++) {
            time[i] = Plant.NOW - (120 - i) * Plant.MINUTE / 2;
            value[i] = 50;
        }
        SeriesData flat = SeriesData.of(0, time, value, null, null, null);
        List<Integer> plain = beads(order(List.of(line(1, flat)), List.of(), Plant.HOUR));
        PaintOrder order = order(List.of(line(2, flat)), List.of(), Plant.HOUR);
        List<Integer> before = beads(order);
        assertThat(plain).isEmpty();
        assertThat(before).hasSizeBetween(4, 12);
        Columns later = new Columns(order.columns().first() + 7, order.columns().micros(), WIDTH);
        List<Integer> after = beads(new PaintOrder(later, HEIGHT, 1, order.lines(), List.of(), List.of(), BARE));
        assertThat(after).containsAll(before.stream().map(x -> x - 7).filter(x -> x > 4).toList());
    }

    /** Left ends of what stands out above a level line. */
    private List<Integer> beads(PaintOrder order) {
        Frame frame = new ChartPainter(() -> 0).paint(order, pixels);
        int above = (int) Math.round(frame.y(50)) - 4;
        List<Integer> found = new ArrayList<>();
        for (int x = 1; x < WIDTH; x++) {
            boolean there = pixels[above * WIDTH + x] >>> 24 > 100;
            if (there && (found.isEmpty() || x - found.get(found.size() - 1) > 12)) {
                found.add(x);
            }
        }
        return found;
    }

    @Test
    void a_limit_near_the_data_is_in_view_and_one_far_away_does_not_flatten_them() {
        SeriesData data = Plant.wander(3, 100, 36 * Plant.SECOND, Plant.NOW, 90, 3, 0);
        double high = 90;
        for (int i = 0; i < data.size(); i++) {
            high = Math.max(high, data.value(i));
        }
        Frame near = painter.paint(order(List.of(line(0, data)), List.of(new Limit("high", high + 0.5, Severity.HIGH)), Plant.HOUR), pixels);
        assertThat(near.values().high()).isGreaterThanOrEqualTo(high + 0.5);
        Frame far = new ChartPainter(() -> 0).paint(order(List.of(line(0, data)), List.of(new Limit("high", 900, Severity.HIGH)), Plant.HOUR), pixels);
        assertThat(far.values().high()).isLessThan(200);
    }

    @Test
    void a_range_without_samples_says_that_it_is_empty() {
        Frame frame = painter.paint(order(List.of(line(0, SeriesData.EMPTY)), List.of(), Plant.HOUR), pixels);
        assertThat(frame.empty()).isTrue();
        assertThat(frame.scaled()).isFalse();
        for (int pixel : pixels) {
            assertThat(pixel).isZero();
        }
    }

    @Test
    void the_same_order_gives_the_same_pixels() {
        PaintOrder order = order(List.of(line(0, Plant.windows(1, 600, Plant.SECOND, Plant.NOW, 50, 5, 20, 25, 3))), List.of(), Plant.HOUR / 4);
        painter.paint(order, pixels);
        int[] first = pixels.clone();
        painter.paint(order, pixels);
        assertThat(pixels).isEqualTo(first);
    }

    @Test
    void of_waiting_requests_only_the_newest_is_painted() {
        Queue<Runnable> thread = new ArrayDeque<>();
        PaintLane lane = new PaintLane(thread::add);
        List<Integer> painted = new ArrayList<>();
        lane.submit(() -> painted.add(1));
        lane.submit(() -> painted.add(2));
        lane.submit(() -> painted.add(3));
        assertThat(thread).hasSize(1);
        thread.remove().run();
        lane.submit(() -> painted.add(4));
        thread.remove().run();
        assertThat(painted).containsExactly(3, 4);
    }

    private static PaintOrder.Line line(int colour, SeriesData data) {
        return new PaintOrder.Line(new Series("s" + colour, "s", "", colour), data, false);
    }

    private static PaintOrder order(List<PaintOrder.Line> lines, List<Limit> limits, long span) {
        return new PaintOrder(Columns.of(new TimeRange(Plant.NOW - span, Plant.NOW), WIDTH), HEIGHT, 1, lines, limits, List.of(), BARE);
    }

    private int painted(int x) {
        int count = 0;
        for (int y = 0; y < HEIGHT; y++) {
            count += pixels[y * WIDTH + x] >>> 24 > 0 ? 1 : 0;
        }
        return count;
    }

    private int gaps(double fromX, double toX, int y) {
        int gaps = 0;
        boolean open = false;
        for (int x = (int) fromX; x < toX; x++) {
            boolean empty = pixels[y * WIDTH + x] >>> 24 < 60 && pixels[(y - 1) * WIDTH + x] >>> 24 < 60;
            gaps += empty && !open ? 1 : 0;
            open = empty;
        }
        return gaps;
    }
}
