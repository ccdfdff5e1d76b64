package dev.tidemark.ui.travel;

import dev.tidemark.lake.Commit;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.theme.Drawing;
import dev.tidemark.ui.theme.Fonts;
import dev.tidemark.ui.theme.Theme;
import javafx.animation.PauseTransition;
import javafx.geometry.Point2D;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.TextAlignment;
import javafx.stage.PopupWindow;
import javafx.util.Duration;

import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/**
 * One mark a commit, as high as its rows are many, its kind told by colour and by shape; below, the line to scrub on. Where there
 * are more commits than pixels, those of a pixel share a mark, and the rarest kind among them is the one that shows.
 */
public final class CommitTrack extends Drawing {

    private static final double PAD = 9;
    private static final double BASE = 26;
    private static final double LINE = 35;
    private static final double LABELS = 47;
    private static final double HEIGHT = 54;

    private final Tooltip tip = new Tooltip();
    private final Rectangle pointed = new Rectangle(1, LINE);
    private final PauseTransition rest = new PauseTransition(Duration.millis(120));
    private List<Mark> marks = List.of();
    private List<NamedVersions.Named> names = List.of();
    private LongPredicate readable = version -> true;
    private long position = -1;
    private boolean live = true;
    private double pointer = -1;
    private LongConsumer onScrub = version -> { };

    public CommitTrack() {
        pointed.setManaged(false);
        pointed.setMouseTransparent(true);
        pointed.setVisible(false);
        getChildren().add(0, pointed);
        setMinSize(120, HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        setCursor(Cursor.HAND);
        setAccessibleRole(AccessibleRole.SLIDER);
        setAccessibleText(Messages.text("travel.track"));
        tip.setAnchorLocation(PopupWindow.AnchorLocation.CONTENT_BOTTOM_LEFT);
        rest.setOnFinished(event -> tell());
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::scrub);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::scrub);
        // Where it is let go counts, even if no step of the drag was heard on the way.
        addEventHandler(MouseEvent.MOUSE_RELEASED, event -> {
            if (event.getButton() == MouseButton.PRIMARY && !marks.isEmpty()) {
                onScrub.accept(versionAt(event.getX()));
            }
        });
        addEventHandler(MouseEvent.MOUSE_MOVED, this::hover);
        addEventHandler(MouseEvent.MOUSE_EXITED, event -> {
            pointer = -1;
            rest.stop();
            tip.hide();
            point();
        });
    }

    /** Hears the version that was clicked or dragged to. */
    public void setOnScrub(LongConsumer listener) {
        onScrub = listener;
    }

    /** Which versions can be read; the others are drawn as gone. Shown with the next commits. */
    void readable(LongPredicate offered) {
        readable = offered;
    }

    /** Marks the versions that have a name; shown with the next commits. */
    void name(List<NamedVersions.Named> named) {
        names = List.copyOf(named);
    }

    /** Shows these commits, oldest first, and where the desktop stands among them. */
    public void show(List<Mark> commits, long at, boolean follows) {
        marks = commits;
        position = at;
        live = follows;
        setAccessibleText(commits.isEmpty() ? null : Messages.text("travel.track", Long.toString(at), Long.toString(first()), Long.toString(last())));
        paint();
    }

    @Override
    protected double computePrefWidth(double height) {
        return 400;
    }

    private void scrub(MouseEvent event) {
        if (event.isPrimaryButtonDown() && !marks.isEmpty()) {
            onScrub.accept(versionAt(event.getX()));
            hover(event);
        }
    }

    private void hover(MouseEvent event) {
        pointer = event.getX();
        if (!marks.isEmpty()) {
            Mark mark = marks.get((int) (versionAt(pointer) - first()));
            tip.setText(describe(mark));
            if (tip.isShowing()) {
                tell();
            } else {
                rest.playFromStart();
            }
        }
        point();
    }

    /** The line under the pointer stands behind what is painted, so that thousands of marks are not painted again wherever the pointer goes. */
    private void point() {
        pointed.setVisible(pointer >= 0 && !marks.isEmpty());
        if (pointed.isVisible()) {
            pointed.setX(Math.round(x(versionAt(pointer))) - 0.5);
        }
    }

    /** Above the track: at the lower edge of the screen a tooltip of the usual kind comes up under the pointer, and takes the mouse away from a drag. */
    private void tell() {
        Point2D at = localToScreen(pointer, 0);
        if (at != null && tip.isShowing()) {
            tip.setAnchorX(at.getX());
            tip.setAnchorY(at.getY());
        } else if (at != null) {
            tip.show(this, at.getX(), at.getY());
        }
    }

    private String describe(Mark mark) {
        String kind = Messages.text("kind." + mark.kind());
        String what = mark.told();
        String name = names.stream().filter(named -> named.version() == mark.version()).map(named -> named.name() + "\n").findFirst().orElse("");
        return name + "v\u2009" + Format.whole(mark.version()) + "   " + Format.zoned(mark.time()) + "\n"
                + mark.operation() + "  (" + kind + ")" + (what.equals(kind) ? "" : "   " + what)
                + (readable.test(mark.version()) ? "" : "\n" + Messages.text("travel.unreadable"));
    }

    private long first() {
        return marks.get(0).version();
    }

    private long last() {
        return marks.get(marks.size() - 1).version();
    }

    private double x(long version) {
        double span = Math.max(1, last() - first());
        return PAD + (getWidth() - 2 * PAD) * (marks.size() == 1 ? 1 : (version - first()) / span);
    }

    private long versionAt(double x) {
        double share = (x - PAD) / Math.max(1, getWidth() - 2 * PAD);
        return first() + Math.round(Math.max(0, Math.min(1, share)) * (last() - first()));
    }

    @Override
    protected void paint(GraphicsContext g, Theme now) {
        g.clearRect(0, 0, getWidth(), getHeight());
        pointed.setFill(now.quiet());
        point();
        double end = getWidth() - PAD;
        g.setFill(now.trough());
        g.fillRoundRect(PAD, LINE - 1.5, Math.max(0, end - PAD), 3, 3, 3);
        if (marks.isEmpty() || end <= PAD) {
            return;
        }
        double here = x(Math.max(first(), Math.min(last(), position < 0 ? last() : position)));
        paintMarks(g, now, here);
        g.setFill(live ? now.accent().deriveColor(0, 1, 1, 0.55) : now.warning().deriveColor(0, 1, 1, 0.7));
        g.fillRoundRect(PAD, LINE - 1.5, here - PAD, 3, 3, 3);
        g.setFill(now.accent());
        for (NamedVersions.Named named : names) {
            if (named.version() >= first() && named.version() <= last()) {
                double at = x(named.version());
                g.fillPolygon(new double[] {at - 4, at + 4, at + 4, at, at - 4}, new double[] {LINE + 5, LINE + 5, LINE + 14, LINE + 11, LINE + 14}, 5);
            }
        }
        g.setFill(now.card());
        g.fillOval(here - 8, LINE - 8, 16, 16);
        g.setFill(live ? now.accent() : now.warning());
        g.fillOval(here - 6, LINE - 6, 12, 12);
        paintTimes(g, now, end);
    }

    private void paintMarks(GraphicsContext g, Theme now, double here) {
        long most = marks.stream().mapToLong(mark -> mark.change().size()).max().orElse(0);
        double room = (getWidth() - 2 * PAD) / marks.size();
        double width = room >= 6 ? 3 : room >= 3 ? 2 : 1.5;
        double painted = Double.NEGATIVE_INFINITY;
        int i = 0;
        while (i < marks.size()) {
            double x = x(marks.get(i).version());
            Mark shown = marks.get(i);
            long rows = shown.change().size();
            i++;
            while (i < marks.size() && x(marks.get(i).version()) - x < width + 0.5) {
                Mark next = marks.get(i++);
                rows = Math.max(rows, next.change().size());
                shown = rarity(next.kind()) > rarity(shown.kind()) ? next : shown;
            }
            if (x - painted >= width + 0.4) {
                g.setGlobalAlpha(!readable.test(shown.version()) ? 0.15 : x > here + 0.5 ? 0.35 : 1);
                paintMark(g, now, shown.kind(), x, width, most <= 0 || rows <= 0 ? 0 : Math.log1p(rows) / Math.log1p(most));
                painted = x;
            }
        }
        g.setGlobalAlpha(1);
    }

    private static int rarity(Commit.Kind kind) {
        return switch (kind) {
            case MAINTENANCE -> 0;
            case APPEND -> 1;
            case REWRITE -> 2;
            case CHANGE -> 3;
            case SCHEMA -> 4;
        };
    }

    private static void paintMark(GraphicsContext g, Theme now, Commit.Kind kind, double x, double width, double size) {
        double height = 5 + 14 * size;
        double top = BASE - height;
        Color colour = switch (kind) {
            case APPEND, MAINTENANCE -> now.faint();
            case REWRITE -> now.moved();
            case CHANGE -> now.warning();
            case SCHEMA -> now.chart().series(1);
        };
        g.setFill(kind == Commit.Kind.APPEND ? colour.deriveColor(0, 1, 1, 0.75) : colour);
        if (kind == Commit.Kind.MAINTENANCE) {
            g.fillOval(x - 1.5, BASE - 4, 3, 3);
            return;
        }
        g.fillRect(x - width / 2, top, width, height);
        double head = top - 1;
        switch (kind) {
            case REWRITE -> g.fillPolygon(new double[] {x, x + 3.5, x, x - 3.5}, new double[] {head - 6, head - 2.5, head + 1, head - 2.5}, 4);
            case CHANGE -> g.fillRect(x - 2.5, head - 4, 5, 5);
            case SCHEMA -> g.fillPolygon(new double[] {x, x + 4, x - 4}, new double[] {head - 6, head + 1, head + 1}, 3);
            default -> { }
        }
    }

    private void paintTimes(GraphicsContext g, Theme now, double end) {
        Instant from = marks.get(0).time();
        Instant to = marks.get(marks.size() - 1).time();
        boolean sameDay = Format.day(from).equals(Format.day(to));
        g.setFont(Fonts.TEXT.at(10.5));
        g.setFill(now.faint());
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.LEFT);
        g.fillText(sameDay ? Format.clock(from) : Format.day(from), PAD - 5, LABELS + 2);
        if (marks.size() > 1) {
            g.setTextAlign(TextAlignment.RIGHT);
            g.fillText(sameDay ? Format.clock(to) : Format.day(to), end + 5, LABELS + 2);
        }
    }
}
