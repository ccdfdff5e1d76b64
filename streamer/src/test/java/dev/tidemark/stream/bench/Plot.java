package dev.tidemark.stream.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Small charts below one another as one SVG: lines over days. */
final class Plot {

    private static final int WIDTH = 860;
    private static final int HEIGHT = 120;
    private static final int LEFT = 70;
    private static final int GAP = 46;
    private static final String[] COLOURS = {"#2563a8", "#b45309", "#0f766e", "#7c3aed", "#be123c", "#4d7c0f"};

    private final List<String> panels = new ArrayList<>();

    /**
     * Adds a chart.
     *
     * @param days  where the points lie
     * @param lines name → one value a point
     */
    Plot add(String title, double[] days, Map<String, double[]> lines) {
        double top = Math.max(1e-9, lines.values().stream().flatMapToDouble(java.util.Arrays::stream).max().orElse(1)) * 1.15;
        double last = Math.max(1e-9, days.length == 0 ? 1 : days[days.length - 1]);
        int y = 30 + panels.size() * (HEIGHT + GAP);
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(Locale.ROOT, "<text x='%d' y='%d' font-weight='600'>%s</text>%n", LEFT, y - 8, title));
        for (int tick = 0; tick <= 2; tick++) {
            double at = y + HEIGHT - HEIGHT * tick / 2.3;
            svg.append(String.format(Locale.ROOT, "<line x1='%d' y1='%.1f' x2='%d' y2='%.1f' stroke='#8886' stroke-width='1'/><text x='%d' y='%.1f' text-anchor='end' fill='#777'>%s</text>%n",
                    LEFT, at, LEFT + WIDTH, at, LEFT - 6, at + 4, number(top * tick / 2.3)));
        }
        for (int day = 0; day <= last; day += 5) {
            svg.append(String.format(Locale.ROOT, "<text x='%.1f' y='%d' text-anchor='middle' fill='#777'>%d</text>%n", LEFT + WIDTH * day / last, y + HEIGHT + 14, day));
        }
        int number = 0;
        int legend = LEFT + WIDTH;
        for (Map.Entry<String, double[]> line : lines.entrySet()) {
            StringBuilder points = new StringBuilder();
            for (int i = 0; i < days.length; i++) {
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", LEFT + WIDTH * days[i] / last, y + HEIGHT - HEIGHT * line.getValue()[i] / top));
            }
            String colour = COLOURS[number++ % COLOURS.length];
            svg.append(String.format(Locale.ROOT, "<polyline points='%s' fill='none' stroke='%s' stroke-width='1.5'/>%n", points.toString().strip(), colour));
            legend -= 7 * line.getKey().length() + 12;
            svg.append(String.format(Locale.ROOT, "<text x='%d' y='%d' fill='%s'>%s</text>%n", legend, y - 8, colour, line.getKey()));
        }
        panels.add(svg.toString());
        return this;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 || value == Math.rint(value) ? "%,.0f" : "%.1f", value);
    }

    String svg() {
        return String.format(Locale.ROOT, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='12' fill='#444'>%n<rect width='100%%' height='100%%' fill='#fff'/>%n",
                LEFT + WIDTH + 20, 30 + panels.size() * (HEIGHT + GAP)) + String.join("", panels) + "</svg>\n";
    }
}
