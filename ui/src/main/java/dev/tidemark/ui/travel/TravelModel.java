package dev.tidemark.ui.travel;

import dev.tidemark.lake.Versions;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The versions that can be travelled to, oldest first, and the position among them. Belongs to the thread that owns
 * the screen. Only versions whose log is left are ever offered.
 */
public final class TravelModel {

    /** So many commits, the newest, can be travelled to: some 40 MB, three days of a commit a second. */
    static final int MOST = 250_000;

    private final ObservableList<Mark> marks = FXCollections.observableArrayList();
    /** Kept: a view that nobody holds takes its listeners with it. */
    private final ObservableList<Mark> marksView = FXCollections.unmodifiableObservableList(marks);
    private final ReadOnlyObjectWrapper<Position> position = new ReadOnlyObjectWrapper<>(Position.LIVE);
    private final ReadOnlyIntegerWrapper newer = new ReadOnlyIntegerWrapper();
    private final BooleanProperty playing = new SimpleBooleanProperty();
    /** The commit that is shown while not live; stays known when the log forgets it. */
    private Mark pinned;
    /** What can be read of the versions up to {@link #looked}; null while that is not known. */
    private Versions readable;
    private long looked;
    private final ReadOnlyIntegerWrapper seen = new ReadOnlyIntegerWrapper();

    /** The commits, oldest first, without holes in their versions. */
    public ObservableList<Mark> marks() {
        return marksView;
    }

    /** Where the desktop stands. */
    public ReadOnlyObjectProperty<Position> positionProperty() {
        return position.getReadOnlyProperty();
    }

    public Position position() {
        return position.get();
    }

    /** Commits that came after what is shown. */
    public ReadOnlyIntegerProperty newerProperty() {
        return newer.getReadOnlyProperty();
    }

    /** Whether the bar steps on by itself; {@link #tick()} is the step. */
    public BooleanProperty playingProperty() {
        return playing;
    }

    /** The commit that is shown, if any is known. */
    public Optional<Mark> shown() {
        if (position.get().follows()) {
            return marks.isEmpty() ? Optional.empty() : Optional.of(last());
        }
        return Optional.of(pinned);
    }

    /** The commit of a version, if it can be travelled to. */
    public Optional<Mark> mark(long version) {
        return offers(version) ? known(version) : Optional.empty();
    }

    /** Whether a version can be travelled to, as far as is known: the log and all its data files are there. */
    public boolean offers(long version) {
        // What came after the last look is there.
        return readable == null || version > looked || readable.contains(version);
    }

    /** Which versions can really be read; without it, all of the history are taken for readable. */
    public void readable(Versions versions) {
        readable = versions;
        looked = versions.runs().isEmpty() ? -1 : versions.runs().get(versions.runs().size() - 1).to();
        seen.set(seen.get() + 1);
    }

    /** Changes when it is known anew which versions can be read. */
    public ReadOnlyIntegerProperty readableProperty() {
        return seen.getReadOnlyProperty();
    }

    private Optional<Mark> known(long version) {
        if (marks.isEmpty() || version < marks.get(0).version() || version > last().version()) {
            return Optional.empty();
        }
        return Optional.of(marks.get((int) (version - marks.get(0).version())));
    }

    /** The last commit at or before a time, if it can be travelled to. */
    public Optional<Mark> at(Instant time) {
        Mark found = null;
        for (Mark mark : marks) {
            found = mark.time().isAfter(time) ? found : mark;
        }
        return Optional.ofNullable(found).filter(mark -> offers(mark.version()));
    }

    /** The history read anew. The position stays where it is, even at a version that is offered no more. */
    public void history(List<Mark> commits) {
        marks.setAll(commits.subList(Math.max(0, commits.size() - MOST), commits.size()));
        count();
    }

    /** Another table: nothing is known of it yet. */
    public void clear() {
        playing.set(false);
        position.set(Position.LIVE);
        readable = null;
        marks.clear();
        count();
    }

    /** A new commit. One that is already known is ignored. */
    public void committed(Mark mark) {
        if (marks.isEmpty() || mark.version() == last().version() + 1) {
            marks.add(mark);
            if (marks.size() > MOST) {
                // Many at once, so that it is seldom.
                marks.remove(0, MOST / 10);
            }
        } else if (mark.version() > last().version()) {
            // The commits between are gone: what lies before the hole cannot be reached step by step any more.
            marks.setAll(List.of(mark));
        }
        count();
    }

    /** To the newest version, and on with it. */
    public void goLive() {
        playing.set(false);
        position.set(Position.LIVE);
        count();
    }

    /** Stops where it is; from the past this is where it is already. */
    public void hold() {
        playing.set(false);
        if (position.get().follows() && !marks.isEmpty()) {
            pinned = last();
            position.set(Position.HELD);
            count();
        }
    }

    /** Stops where something stood that is still shown: at its version, or at the newest if it followed. */
    public void hold(Position shown) {
        if (shown instanceof Position.At at) {
            goTo(at.version());
        } else if (position.get() instanceof Position.At) {
            goLive();
        }
        hold();
    }

    /** To a version; one that is not offered is brought to the nearest that is. */
    public void goTo(long version) {
        if (marks.isEmpty()) {
            return;
        }
        long near = nearest(Math.max(marks.get(0).version(), Math.min(last().version(), version)));
        Position target = new Position.At(near);
        if (!target.equals(position.get())) {
            pinned = known(near).orElseThrow();
            position.set(target);
            count();
        }
    }

    /** To the version so many steps later (negative: earlier). Past the newest one lies live. */
    public void step(int versions) {
        if (shown().isEmpty() || position.get().follows() && versions > 0) {
            return;
        }
        long target = shown().get().version() + versions;
        while (!offers(target) && target >= marks.get(0).version() && target <= last().version()) {
            target += Integer.signum(versions);
        }
        if (target < marks.get(0).version() && !offers(marks.get(0).version())) {
            return;
        }
        if (target > last().version()) {
            goLive();
        } else {
            goTo(target);
        }
    }

    /** The space bar: live stops, held goes on, the past plays or stops playing. */
    public void toggle() {
        if (position.get() instanceof Position.Live) {
            hold();
        } else if (position.get() instanceof Position.Held) {
            goLive();
        } else {
            playing.set(!playing.get());
        }
    }

    /** One beat of playing. */
    public void tick() {
        if (playing.get()) {
            step(1);
        }
    }

    /** The nearest version that can be read; the newest always can. */
    private long nearest(long version) {
        for (long away = 0; away <= marks.size(); away++) {
            if (version - away >= marks.get(0).version() && offers(version - away)) {
                return version - away;
            }
            if (version + away <= last().version() && offers(version + away)) {
                return version + away;
            }
        }
        return last().version();
    }

    private Mark last() {
        return marks.get(marks.size() - 1);
    }

    private void count() {
        newer.set(marks.isEmpty() ? 0 : shown().map(mark -> (int) Math.max(0, last().version() - mark.version())).orElse(0));
    }
}
