package dev.tidemark.stream.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Small charts below one another as one SVG: lines over days, on a background of its own, light or dark as the reader's. */
final class Plot {

    private static final int WIDTH = 860;
    private static final int HEIGHT = 110;
    private static final int LEFT = 70;
    private static final int RIGHT = 24;
    private static final int TOP = 58;
    private static final int GAP = 58;
    private static final int COLOURS = 6;
    private static final String STYLE = """
            .back{fill:#fff;stroke:#d5dae0}.t{fill:#1f2933;font-weight:600}.h{fill:#1f2933;font-weight:700;font-size:15px}.a{fill:#5b6770}.g{stroke:#e3e7eb}
            .l{fill:none;stroke-width:1.6;stroke-linejoin:round}
            .c0{stroke:#1d6fb8}.c1{stroke:#c2570c}.c2{stroke:#0b7d69}.c3{stroke:#7c3aed}.c4{stroke:#c0264e}.c5{stroke:#5b7a12}
            .n0{fill:#1d6fb8}.n1{fill:#c2570c}.n2{fill:#0b7d69}.n3{fill:#7c3aed}.n4{fill:#c0264e}.n5{fill:#5b7a12}
            @media (prefers-color-scheme:dark){
            .back{fill:#11181f;stroke:#2b3640}.t,.h{fill:#e6ebef}.a{fill:#9aa7b2}.g{stroke:#25303a}
            .c0{stroke:#6cb2f0}.c1{stroke:#f0a05c}.c2{stroke:#4cc9ae}.c3{stroke:#b79bf7}.c4{stroke:#f2839f}.c5{stroke:#b2cf5f}
            .n0{fill:#6cb2f0}.n1{fill:#f0a05c}.n2{fill:#4cc9ae}.n3{fill:#b79bf7}.n4{fill:#f2839f}.n5{fill:#b2cf5f}}
            """;

    private final String heading;
    private final List<String> panels = new ArrayList<>();

    /** @param heading stands above all charts */
    Plot(String heading) {
        this.heading = heading;
    }

    /**
     * Adds a chart.
     *
     * @param days  where the points lie
     * @param lines name → one value a point
     */
    Plot add(String title, double[] days, Map<String, double[]> lines) {
        double step = step(lines.values().stream().flatMapToDouble(Arrays::stream).max().orElse(1));
        double top = 3 * step;
        double last = Math.max(1e-9, days.length == 0 ? 1 : days[days.length - 1]);
        int y = TOP + panels.size() * (HEIGHT + GAP);
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(Locale.ROOT, "<text x='%d' y='%d' class='t'>%s</text>%n", LEFT, y - 10, title));
        for (int tick = 0; tick <= 3; tick++) {
            double at = y + HEIGHT - HEIGHT * tick / 3.0;
            svg.append(String.format(Locale.ROOT, "<line x1='%d' y1='%.1f' x2='%d' y2='%.1f' class='g'/><text x='%d' y='%.1f' text-anchor='end' class='a'>%s</text>%n",
                    LEFT, at, LEFT + WIDTH, at, LEFT - 8, at + 4, number(step * tick, step)));
        }
        int every = last <= 6 ? 1 : 5;
        for (int day = 0; day <= last + 0.3; day += every) {
            svg.append(String.format(Locale.ROOT, "<text x='%.1f' y='%d' text-anchor='middle' class='a'>%s</text>%n", LEFT + WIDTH * Math.min(day, last) / last, y + HEIGHT + 16,
                    day == 0 ? "day 0" : Integer.toString(day)));
        }
        int number = 0;
        double legend = LEFT + WIDTH;
        for (Map.Entry<String, double[]> line : lines.entrySet()) {
            StringBuilder points = new StringBuilder();
            for (int i = 0; i < days.length; i++) {
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", LEFT + WIDTH * days[i] / last, y + HEIGHT - HEIGHT * Math.min(1, line.getValue()[i] / top)));
            }
            int colour = number++ % COLOURS;
            svg.append(String.format(Locale.ROOT, "<polyline points='%s' class='l c%d'/>%n", points.toString().strip(), colour));
            if (lines.size() > 1) {
                svg.append(String.format(Locale.ROOT, "<text x='%.0f' y='%d' text-anchor='end' class='n%d'>%s</text>%n", legend, y - 10, colour, line.getKey()));
                legend -= 6.6 * line.getKey().length() + 14;
            }
        }
        panels.add(svg.toString());
        return this;
    }

    /** A third of the axis: 1, 2, 3 or 5 times a power of ten, so that the largest value lies below its end. */
    private static double step(double largest) {
        double third = Math.max(1e-9, largest) / 3;
        double power = Math.pow(10, Math.floor(Math.log10(third)));
        for (double times : new double[] {1, 2, 3, 5}) {
            if (times * power >= third) {
                return times * power;
            }
        }
        return 10 * power;
    }

    private static String number(double value, double step) {
        return String.format(Locale.ROOT, step >= 1 ? "%,.0f" : step >= 0.1 ? "%.1f" : "%.2f", value);
    }

    String svg() {
        int width = LEFT + WIDTH + RIGHT;
        int height = TOP + panels.size() * (HEIGHT + GAP) - 16;
        return String.format(Locale.ROOT, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d' font-family='system-ui,sans-serif' font-size='12'>%n<style>%s</style>%n"
                        + "<rect x='0.5' y='0.5' width='%d' height='%d' rx='8' class='back'/>%n<text x='%d' y='26' class='h'>%s</text>%n", width, height, width, height, STYLE.strip(),
                width - 1, height - 1, LEFT, heading) + String.join("", panels) + "</svg>\n";
    }
}
