package dev.tidemark.ui.chart;

import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Micros;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.function.DoubleFunction;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Border;
import javafx.scene.layout.BorderStroke;
import javafx.scene.layout.BorderStrokeStyle;
import javafx.scene.layout.BorderWidths;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;

/** The card at the crosshair: the time, and for each visible series what is drawn there. Reuses its nodes. For the FX thread. */
final class ChartReadout extends GridPane {

    private static final double ROW = 18;
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss.SSS", Locale.ENGLISH);

    private record Row(Rectangle swatch, Text label, Text value, Text range, Text note) { }

    private final Text time = text("trend-readout-time");
    private final List<Row> rows = new ArrayList<>();
    private final Text more = text("trend-readout-note");
    private ChartPalette styled;

    ChartReadout() {
        getStyleClass().add("trend-readout");
        setManaged(false);
        setMouseTransparent(true);
        setVisible(false);
        setHgap(8);
        setVgap(3);
        setPadding(new Insets(8, 10, 8, 10));
        add(time, 0, 0, 5, 1);
    }

    /**
     * Fills the card.
     *
     * @param readings one for each line of the frame, null where there is none
     * @param marks    the marks under the crosshair
     * @param height   room there is; where it does not suffice, the lines nearest to {@code pointed} are told
     * @param pointed  the value under the pointer, NaN if the pointer is elsewhere
     */
    void show(Frame frame, long micros, List<Reading> readings, List<Mark> marks, double height, double pointed) {
        ChartPalette palette = frame.order().palette();
        boolean fine = frame.order().columns().micros() < 100_000;
        time.setText((fine ? MILLIS : SECONDS).format(at(micros)) + " " + Format.zoneName(at(micros).toInstant()));
        time.setFill(palette.text());
        restyle(palette);
        ValueFormat format = ValueFormat.ofReadings(frame.values());
        int[] told = nearest(readings, (int) Math.max(1, (height - 2 * ROW) / ROW) - marks.size(), pointed);
        int shown = told.length;
        rows(shown + marks.size());
        for (int i = 0; i < shown; i++) {
            PaintOrder.Line line = frame.order().lines().get(told[i]);
            Reading reading = readings.get(told[i]);
            Row row = rows.get(i);
            fill(row, palette, palette.series(line.series().colour()), Bead.of(line.series().colour(), palette.series().size()).sign() + line.series().label());
            String unit = line.series().unit().isEmpty() ? "" : "\u2009" + line.series().unit();
            DoubleFunction<String> text = value -> line.series().whole() && value == Math.rint(value) ? Format.counted(value) : format.format(value);
            row.value.setText(reading == null ? Messages.text("chart.readout.none") : text.apply(reading.value()) + unit);
            row.value.setFill(reading == null ? palette.muted() : palette.text());
            row.range.setText(reading == null || !reading.hasEnvelope() ? ""
                    : text.apply(reading.min()) + " \u2013 " + text.apply(reading.max()));
            row.note.setText(reading == null ? "" : note(reading));
            boolean open = reading != null && reading.provisional();
            row.swatch.setFill(open ? Color.TRANSPARENT : palette.series(line.series().colour()));
            row.swatch.setStroke(open ? palette.series(line.series().colour()) : null);
        }
        for (int i = 0; i < marks.size(); i++) {
            Row row = rows.get(shown + i);
            Color colour = palette.of(marks.get(i).severity());
            fill(row, palette, colour, marks.get(i).label());
            row.label.setFill(colour);
            row.value.setText("");
            row.range.setText("");
            row.note.setText("");
            row.swatch.setStroke(null);
        }
        getChildren().remove(more);
        if (readings.size() > shown) {
            more.setText(Messages.text("chart.readout.more", readings.size() - shown));
            more.setFill(palette.muted());
            add(more, 1, rows.size() + 1, 4, 1);
        }
    }

    private void restyle(ChartPalette palette) {
        if (palette != styled) {
            styled = palette;
            setBackground(new Background(new BackgroundFill(palette.surface().deriveColor(0, 1, 1, 0.94), new CornerRadii(6), null)));
            setBorder(new Border(new BorderStroke(palette.dateLine(), BorderStrokeStyle.SOLID, new CornerRadii(6), new BorderWidths(1))));
        }
    }

    /** A range of time in words. */
    static String range(TimeRange range) {
        return Messages.text("chart.range", SECONDS.format(at(range.from())), SECONDS.format(at(range.to())), Format.zoneName(Micros.instant(range.to())));
    }

    private static ZonedDateTime at(long micros) {
        return Micros.instant(micros).atZone(Format.zone());
    }

    /** Which readings to tell, in the order of the lines. */
    private static int[] nearest(List<Reading> readings, int room, double pointed) {
        if (readings.size() <= room) {
            return IntStream.range(0, readings.size()).toArray();
        }
        int most = Math.max(1, room - 1);
        return IntStream.range(0, readings.size()).boxed()
                .sorted(Comparator.comparingDouble(i -> readings.get(i) == null ? Double.MAX_VALUE
                        : Double.isNaN(pointed) ? i : Math.abs(readings.get(i).value() - pointed)))
                .limit(most).mapToInt(i -> i).sorted().toArray();
    }

    private static String note(Reading reading) {
        String behind = reading.samples() > 1 ? Messages.text("chart.readout.mean", reading.samples())
                : reading.count() >= 0 ? Messages.text("chart.readout.count", reading.count()) : "";
        String open = reading.provisional() ? Messages.text("chart.readout.open") : "";
        return Stream.of(behind, open).filter(word -> !word.isEmpty()).collect(Collectors.joining(", "));
    }

    private static void fill(Row row, ChartPalette palette, Color colour, String label) {
        row.swatch.setFill(colour);
        row.label.setText(label);
        row.label.setFill(palette.text());
        row.range.setFill(palette.muted());
        row.note.setFill(palette.muted());
    }

    private void rows(int wanted) {
        while (rows.size() > wanted) {
            Row row = rows.remove(rows.size() - 1);
            getChildren().removeAll(row.swatch, row.label, row.value, row.range, row.note);
        }
        while (rows.size() < wanted) {
            Row row = new Row(new Rectangle(8, 8), text("trend-readout-label"), text("trend-readout-value"),
                    text("trend-readout-range"), text("trend-readout-note"));
            row.swatch.setArcWidth(8);
            row.swatch.setArcHeight(8);
            rows.add(row);
            setHalignment(row.value, HPos.RIGHT);
            addRow(rows.size(), row.swatch, row.label, row.value, row.range, row.note);
        }
    }

    /** Puts the card beside a vertical line at {@code x}, on the side where there is room, within the given box. */
    void place(double x, double left, double top, double right) {
        applyCss();
        double width = Math.ceil(prefWidth(Region.USE_COMPUTED_SIZE));
        double height = Math.ceil(prefHeight(width));
        double at = x + 14 + width <= right ? x + 14 : Math.max(left, x - 14 - width);
        resizeRelocate(Math.round(at), Math.round(top), width, height);
    }

    private static Text text(String style) {
        Text text = new Text();
        text.getStyleClass().add(style);
        return text;
    }
}
