package dev.tidemark.ui.live;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.LakeException;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.travel.Mark;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps an eye on a table and tells what is not as it should be, each thing apart from the others. Belongs to the thread that owns the screen. */
final class Watch {

    private static final int NAMES = 3;
    private static final int BEATS = 4;
    /** So long it is told that the schema has changed under the operator's eyes, from when the change can be seen. */
    private static final Duration SCHEMA_TOLD = Duration.ofMinutes(5);

    private final ObservableList<Notice> notices = FXCollections.observableArrayList();
    /** Kept: a view that nobody holds takes its listeners with it. */
    private final ObservableList<Notice> noticesView = FXCollections.unmodifiableObservableList(notices);
    private final Heartbeat heartbeat = new Heartbeat();
    private Optional<LakeException> trouble = Optional.empty();
    private Optional<String> warning = Optional.empty();
    private Optional<Mark> schemaChange = Optional.empty();
    private Instant schemaToldAt;

    /** Another table. What was said of the desktop itself stays. */
    void reset() {
        heartbeat.reset();
        notices.clear();
        trouble = Optional.empty();
        schemaChange = Optional.empty();
    }

    /** The commits that were there when it was opened. */
    void history(List<Mark> marks, Instant now) {
        marks.stream().skip(Math.max(0, marks.size() - BEATS)).forEach(mark -> heartbeat.beat(mark.time(), now));
    }

    /** Something was committed. */
    void alive(Instant writtenAt, Instant now) {
        heartbeat.beat(writtenAt, now);
    }

    /** A commit came while the table is watched. */
    void committed(Mark mark) {
        if (mark.kind() == Commit.Kind.SCHEMA) {
            schemaChange = Optional.of(mark);
            schemaToldAt = null;
        }
    }

    /** The table cannot be read now, or can be again. */
    void trouble(Optional<LakeException> told) {
        trouble = told;
    }

    /** Something that the tables do not tell. */
    void warn(String text) {
        warning = Optional.of(text);
    }

    /** When something was last written, and how to take that. */
    Freshness freshness(Instant now) {
        boolean rests = heartbeat.isAtRest(now);
        Optional<Duration> age = heartbeat.last().map(last -> Duration.between(last, now)).map(each -> each.isNegative() ? Duration.ZERO : each);
        return new Freshness(age, heartbeat.usual().filter(each -> !rests), heartbeat.last().filter(each -> rests));
    }

    /** What is not as it should be, as it was when it was last looked at. */
    ObservableList<Notice> notices() {
        return noticesView;
    }

    /**
     * Looks whether all is as it should be.
     *
     * @param live   what is shown of the newest version; empty while something else is
     * @param newest the newest version that what is shown can hold: of one before it nothing has changed
     */
    void look(Optional<Frame> live, long newest, Instant now) {
        List<Notice> found = found(live, newest, now);
        if (!found.equals(notices)) {
            notices.setAll(found);
        }
    }

    private List<Notice> found(Optional<Frame> live, long newest, Instant now) {
        List<Notice> found = new ArrayList<>();
        warning.ifPresent(text -> found.add(new Notice(Notice.Kind.ATTENTION, text)));
        // That a table is gone is told in place of its charts.
        trouble.filter(told -> told.reason() != LakeException.Reason.NOT_FOUND).ifPresent(told -> found.add(new Notice(Notice.Kind.CANNOT_READ, told.getMessage())));
        schemaChange.filter(mark -> mark.version() <= newest && isNew(now)).ifPresent(mark -> found.add(new Notice(Notice.Kind.SCHEMA_CHANGED, Messages.text("notice.schema", Format.whole(mark.version()), Format.clock(mark.time()) + " " + Format.zoneName(mark.time())))));
        live.filter(frame -> frame.stray() != null).ifPresent(frame -> found.add(new Notice(Notice.Kind.ATTENTION, Messages.text("notice.stray", frame.asked().timePath(), frame.stray()))));
        Optional<Duration> stalled = heartbeat.stalled(now);
        if (live.isPresent() && trouble.isEmpty()) {
            stalled.ifPresent(silence -> found.add(new Notice(Notice.Kind.PIPELINE_STALLED, Messages.text("notice.stalled", Format.age(silence)))));
        }
        // Where nothing comes at all, it is not the sensor that is silent.
        boolean othersGoOn = stalled.isEmpty() && !heartbeat.isAtRest(now);
        live.filter(frame -> frame.current() && othersGoOn).map(Frame::figures).filter(figures -> !figures.silent().isEmpty())
                .ifPresent(figures -> found.add(silent(figures)));
        return found;
    }

    /** Whoever looks at the past meanwhile hears of it when he is back. */
    private boolean isNew(Instant now) {
        schemaToldAt = schemaToldAt == null ? now : schemaToldAt;
        return Duration.between(schemaToldAt, now).compareTo(SCHEMA_TOLD) < 0;
    }

    private static Notice silent(Activity.Figures figures) {
        List<String> silent = figures.silent();
        String names = String.join(", ", silent.subList(0, Math.min(NAMES, silent.size())));
        return new Notice(Notice.Kind.SENSOR_SILENT, Messages.text(silent.size() > NAMES ? "notice.silent.many" : "notice.silent",
                silent.size(), figures.devices(), names, silent.size() - NAMES));
    }
}
