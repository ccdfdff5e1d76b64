package dev.tidemark.ui.live;

import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.theme.Theme;
import dev.tidemark.ui.theme.Tiles;
import dev.tidemark.ui.travel.Mark;
import dev.tidemark.ui.travel.TravelModel;
import eu.hansolo.tilesfx.Tile;
import javafx.beans.value.ObservableValue;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The four figures on top of the page. */
final class TileStrip {

    private static final double MOST_AGE = 60;
    /** What makes old figures abnormal; a new column does not. */
    private static final Set<Notice.Kind> LATE = EnumSet.of(Notice.Kind.PIPELINE_STALLED, Notice.Kind.CANNOT_READ);

    private final LiveModel model;
    private final TravelModel travel;
    private final ObservableValue<Theme> theme;
    private final Sparkline rateCourse = new Sparkline(true);
    private final Sparkline rowsCourse = new Sparkline(false);
    private final StackPane ringPlace = new StackPane();
    private final StackPane gaugePlace = new StackPane();
    private final KpiCard rate = KpiCard.above(rateCourse);
    private final KpiCard devices = KpiCard.beside(ringPlace, 92);
    private final KpiCard fresh = KpiCard.beside(gaugePlace, 112);
    private final KpiCard rows = KpiCard.above(rowsCourse);
    private Tile ring;
    private Tile gauge;

    TileStrip(HBox place, LiveModel model, TravelModel travel, ObservableValue<Theme> theme) {
        this.model = model;
        this.travel = travel;
        this.theme = theme;
        rateCourse.themeProperty().bind(theme);
        rowsCourse.themeProperty().bind(theme);
        place.getChildren().addAll(rate, devices, fresh, rows);
        rate.setId("kpi-rate");
        devices.setId("kpi-devices");
        fresh.setId("kpi-fresh");
        rows.setId("kpi-rows");
        show();
    }

    /** Everything anew. */
    void show() {
        Frame frame = model.frameProperty().get();
        boolean windows = frame == null || frame.asked().shape().kind() == TableShape.Kind.WINDOWS;
        rate.name(Messages.text(windows ? "kpi.rate" : "kpi.rows.commit"));
        devices.name(Messages.text(windows ? "kpi.devices" : "kpi.series"));
        fresh.name(Messages.text("kpi.fresh"));
        rows.name(Messages.text("kpi.rows"));
        if (frame == null) {
            for (KpiCard card : List.of(rate, devices, fresh, rows)) {
                card.show("\u2013", "", "", false);
            }
            rateCourse.show(new double[0]);
            rowsCourse.show(new double[0]);
            return;
        }
        makeTiles();
        if (windows) {
            showRate(frame);
            showDevices(frame);
        } else {
            showCommit();
            showSeries(frame);
        }
        showRows(frame);
        tick();
    }

    /** What the commits tell; their list may come later than the charts. */
    void showCommits() {
        Frame frame = model.frameProperty().get();
        if (frame != null) {
            if (frame.asked().shape().kind() != TableShape.Kind.WINDOWS) {
                showCommit();
            }
            showRows(frame);
        }
    }

    /** Whether the figures are only what was last known; how old they are is told as before. */
    void fade(boolean faded) {
        for (KpiCard card : List.of(rate, devices, rows)) {
            card.setOpacity(faded ? 0.5 : 1);
        }
    }

    /** What depends on the time. */
    void tick() {
        if (gauge == null) {
            return;
        }
        boolean past = past();
        Freshness freshness = model.freshness();
        Optional<Duration> age = past ? travel.shown().map(mark -> Duration.between(mark.time(), model.nowProperty().get())) : freshness.age();
        boolean late = !past && (model.standing().is(Standing.State.VANISHED) || model.notices().stream().anyMatch(notice -> LATE.contains(notice.kind())));
        String figure = age.map(Format::age).orElse("\u2013");
        String word = past ? Messages.text("kpi.fresh.past")
                : freshness.cadence().map(each -> Messages.text("kpi.fresh.note", cadence(each))).orElseGet(() -> age.map(since -> lastAt(model.nowProperty().get().minus(since))).orElse(""));
        fresh.show(figure, "", word, late);
        // Beside a long figure it would say nothing, and have no room.
        gaugePlace.setVisible(!past && age.filter(each -> each.toHours() < 1).isPresent());
        // Full is well, as on the ring beside it: it empties while nothing comes.
        gauge.setValue(past ? 0 : Math.max(0, MOST_AGE - age.map(Duration::toMillis).orElse(0L) / 1000.0));
        gauge.setBarColor(late ? theme.getValue().warning() : past ? theme.getValue().faint() : theme.getValue().calm());
    }

    private static String lastAt(Instant time) {
        return Messages.text("kpi.fresh.last", Format.zonedMinute(time));
    }

    private static String cadence(Duration each) {
        return each.toMillis() < 1000 ? Math.max(10, each.toMillis() / 10 * 10) + "\u2009ms"
                : each.toSeconds() < 10 ? String.format(Locale.ROOT, "%.1f\u2009s", each.toMillis() / 1000.0) : Format.age(each);
    }

    /** The tile library takes long to load: it does so when there is something to show, not before the window. */
    private void makeTiles() {
        if (ring == null) {
            Tiles tiles = new Tiles(theme);
            ring = tiles.ring();
            gauge = tiles.gauge(MOST_AGE);
            ringPlace.getChildren().add(ring);
            gaugePlace.getChildren().add(gauge);
            // A half ring sits in the lower half of its tile.
            gauge.setTranslateY(-12);
            theme.addListener((property, before, now) -> show());
        }
    }

    /** Whether what was newest in it was of its time: now, or that of the version that is shown. */
    private boolean isCurrent(Frame frame) {
        return past() ? travel.mark(frame.version()).filter(mark -> Reader.current(frame.figures().newest(), Micros.of(mark.time()), frame.asked().windowMicros())).isPresent() : frame.current();
    }

    private boolean past() {
        return !travel.position().follows();
    }

    private void showRate(Frame frame) {
        double[] course = frame.figures().perMinute();
        if (course.length == 0) {
            rate.show("\u2013", "", Messages.text("kpi.rate.none"), false);
        } else {
            rate.show(Format.brief(course[course.length - 1]), "", Messages.text(!isCurrent(frame) ? "kpi.rate.note.past" : past() ? "kpi.rate.note.then" : "kpi.rate.note",
                    Format.brief(Arrays.stream(course).max().orElse(0))), false);
        }
        rateCourse.show(course);
    }

    private void showDevices(Frame frame) {
        Activity.Figures figures = frame.figures();
        boolean current = isCurrent(frame);
        int silent = current ? figures.silent().size() : 0;
        int active = figures.devices() - silent;
        devices.show(Format.whole(active), figures.devices() == 0 ? "" : Messages.text("kpi.devices.of", Format.whole(figures.devices())),
                figures.devices() == 0 ? Messages.text("kpi.devices.none")
                        : silent > 0 ? Messages.text(past() ? "kpi.devices.silent.then" : "kpi.devices.silent", silent)
                        : Messages.text(!current ? "kpi.devices.past" : past() ? "kpi.devices.then" : "kpi.devices.all"), silent > 0);
        ring.setValue(figures.devices() == 0 ? 0 : (double) active / figures.devices());
        ring.setBarColor(silent > 0 ? theme.getValue().warning() : theme.getValue().calm());
    }

    private void showCommit() {
        double[] came = RowCourse.came(travel.marks());
        double[] sorted = came.clone();
        Arrays.sort(sorted);
        rate.show(travel.shown().map(Mark::change).filter(change -> change.growth() != null).map(change -> Format.brief(change.added())).orElse("\u2013"), "",
                came.length == 0 ? "" : Messages.text("kpi.rows.commit.note", Format.brief(sorted[sorted.length / 2]), came.length), false);
        rateCourse.show(came);
    }

    private void showSeries(Frame frame) {
        long with = model.series().rows().size();
        devices.show(Format.whole(with), "", frame.asked().split() == null ? Messages.text("kpi.series.alone")
                : Messages.text("kpi.series.note", frame.asked().split()), false);
        ring.setValue(with == 0 ? 0 : 1 - (double) model.series().hidden().size() / with);
        ring.setBarColor(theme.getValue().calm());
    }

    private void showRows(Frame frame) {
        Optional<Mark> mark = travel.mark(frame.version());
        rows.show(frame.rows() < 0 ? "\u2013" : frame.rows() < 10_000_000 ? Format.whole(frame.rows()) : Format.brief(frame.rows()), "",
                mark.map(Mark::change).map(change -> change.added() < 0 || frame.rows() < 0 ? Messages.text("kpi.rows.unknown")
                        : change.spelled().isEmpty() ? Messages.text("kpi.rows.none") : Messages.text("kpi.rows.note", change.spelled())).orElse(""), false);
        rowsCourse.show(RowCourse.held(travel.marks(), frame.version(), frame.rows()));
    }
}
