package dev.tidemark.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RasterTest {

    private static final int SIZE = 40;
    private static final int WHITE = 0xffffffff;
    private final int[] pixels = new int[SIZE * SIZE];
    private final Raster raster = new Raster();

    RasterTest() {
        raster.begin(pixels, SIZE, SIZE);
    }

    @Test
    void a_level_line_covers_as_many_pixels_as_it_is_thick() {
        raster.line(-10, 20, 50, 20, 1);
        raster.flush(WHITE);
        assertThat(column(10)).isCloseTo(2.0, offset(0.05));
        assertThat(alpha(10, 19)).isEqualTo(255);
        assertThat(alpha(10, 20)).isEqualTo(255);
        assertThat(alpha(10, 18)).isZero();
    }

    @Test
    void a_line_between_pixel_rows_is_spread_over_both() {
        raster.line(-10, 20.5, 50, 20.5, 0.5);
        raster.flush(WHITE);
        assertThat(alpha(10, 20)).isEqualTo(255);
        assertThat(alpha(10, 19) + alpha(10, 21)).isZero();
    }

    @Test
    void a_line_is_as_thick_at_every_angle() {
        for (double degrees = 0; degrees < 180; degrees += 7.5) {
            raster.begin(pixels, SIZE, SIZE);
            double dx = Math.cos(Math.toRadians(degrees)) * 12;
            double dy = Math.sin(Math.toRadians(degrees)) * 12;
            raster.line(20 - dx, 20 - dy, 20 + dx, 20 + dy, 0.8);
            raster.flush(WHITE);
            assertThat(total()).as("at %s degrees", degrees).isCloseTo(24 * 1.6 + Math.PI * 0.64, offset(1.6));
        }
    }

    @Test
    void joints_of_a_translucent_line_do_not_add_up() {
        for (int i = 0; i < 10; i++) {
            raster.line(i * 4, 20, i * 4 + 4, 20, 1);
        }
        raster.flush(0x80ffffff);
        for (int x = 2; x < 38; x++) {
            assertThat(alpha(x, 20)).isBetween(126, 130);
        }
    }

    @Test
    void an_area_covers_exactly_what_lies_between_its_edges() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            raster.begin(pixels, SIZE, SIZE);
            double topLeft = random.nextDouble() * 20;
            double topRight = random.nextDouble() * 20;
            double bottomLeft = 20 + random.nextDouble() * 20;
            double bottomRight = 20 + random.nextDouble() * 20;
            raster.area(5, topLeft, topRight, bottomLeft, bottomRight, WHITE, false);
            assertThat(column(5)).isCloseTo((bottomLeft + bottomRight - topLeft - topRight) / 2, offset(0.15));
        }
    }

    @Test
    void a_thin_area_still_shows() {
        raster.area(5, 10.4, 10.4, 10.6, 10.6, WHITE, false);
        assertThat(column(5)).isCloseTo(0.2, offset(0.02));
    }

    @Test
    void a_ring_is_hollow_even_where_a_line_runs_through_it() {
        raster.line(0, 20, 40, 20, 1);
        raster.ring(20.5, 20.5, 5, 1.5);
        raster.flush(WHITE);
        assertThat(alpha(20, 20)).isZero();
        assertThat(alpha(16, 20)).isGreaterThan(200);
        assertThat(alpha(5, 20)).isEqualTo(255);
    }

    @Test
    void what_lies_outside_is_cut_off() {
        raster.line(-1e9, -1e9, 1e9, 1e9, 1);
        raster.disc(-100, 500, 20);
        raster.area(-1, 0, 0, 40, 40, WHITE, false);
        raster.area(40, 0, 0, 40, 40, WHITE, false);
        raster.area(3, -1e12, -1e12, 1e12, 1e12, WHITE, false);
        raster.rectangle(-5, -5, 2, 2, WHITE);
        raster.flush(WHITE);
        assertThat(alpha(3, 39)).isEqualTo(255);
        assertThat(alpha(1, 1)).isEqualTo(255);
    }

    @Test
    void colours_are_premultiplied_and_blend_over_what_is_there() {
        raster.rectangle(0, 0, 10, 10, 0x80ff0000);
        int once = pixels[0];
        assertThat(once >>> 24).isBetween(127, 129);
        assertThat(once >>> 16 & 255).isBetween(127, 129);
        assertThat(once & 0xffff).isZero();
        raster.rectangle(0, 0, 10, 10, 0xff00ff00);
        assertThat(pixels[0]).isEqualTo(0xff00ff00);
    }

    private int alpha(int x, int y) {
        return pixels[y * SIZE + x] >>> 24;
    }

    private double column(int x) {
        double sum = 0;
        for (int y = 0; y < SIZE; y++) {
            sum += alpha(x, y) / 255.0;
        }
        return sum;
    }

    private double total() {
        double sum = 0;
        for (int x = 0; x < SIZE; x++) {
            sum += column(x);
        }
        return sum;
    }
}
