package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Severity;
import dev.tidemark.ui.text.Messages;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells of new alerts outside the window: a short sound, and a notice of the system. Not more often than every five seconds: what came meanwhile
 * is seen on the list. A flood ({@link Floods}) is told once; while it lasts only what is critical is told, so that nobody turns the sound off
 * for good. Belongs to one thread.
 */
public final class Bell {

    /** What is heard and seen. Its methods return at once. */
    public interface Voice {
        /** A notice of the system. */
        void notice(String title, String text);

        /** A sound; more of it for what is more severe. */
        void sound(Severity worst);

        /** Finds out whether there is something to be heard with, without a sound; {@link #silent()} tells it a moment later. */
        default void look() {
        }

        /** Why nothing is heard, as far as that was found out; empty otherwise. */
        default Optional<String> silent() {
            return Optional.empty();
        }

        /** Why no notice is seen, as far as that was found out; empty otherwise. */
        default Optional<String> unseen() {
            return Optional.empty();
        }
    }

    private static final Duration REST = Duration.ofSeconds(5);
    private static final Duration SPAN = Duration.ofNanos(Floods.SPAN * 1000);

    private final InstantSource clock;
    private final Voice voice;
    private final Supplier<Loudness> loudness;
    /** When alerts came, as far as that counts for a flood. */
    private final Deque<Instant> recent = new ArrayDeque<>();
    private boolean flood;
    private Instant rang = Instant.MIN;

    /** @param loudness how loud it is at the moment */
    public Bell(InstantSource clock, Voice voice, Supplier<Loudness> loudness) {
        this.clock = clock;
        this.voice = voice;
        this.loudness = loudness;
    }

    /** Tells of these, unless it is mute, they are too slight, or it has told enough. @return whether it did */
    public boolean ring(List<Alert> raised) {
        Instant now = clock.instant();
        boolean begins = count(raised.size(), now);
        Loudness how = loudness.get();
        List<Alert> told = raised.stream().filter(alert -> alert.severity().compareTo(how.from()) >= 0).toList();
        if (told.isEmpty() || !how.sound() && !how.notice()) {
            return false;
        }
        Alert worst = told.stream().max(Comparator.comparing(Alert::severity)).orElseThrow();
        boolean rests = rang != Instant.MIN && Duration.between(rang, now).compareTo(REST) < 0;
        if (!begins && (rests || flood && worst.severity() != Severity.CRITICAL)) {
            return false;
        }
        rang = now;
        if (how.notice()) {
            String severity = SeverityMark.name(worst.severity());
            String title = begins ? Messages.text("alerts.bell.flood", recent.size())
                    : told.size() == 1 ? Messages.text("alerts.bell.one", severity) : Messages.text("alerts.bell", told.size(), severity);
            voice.notice(title, begins ? Messages.text("alerts.bell.flood.text", worst.message()) : worst.message());
        }
        if (how.sound()) {
            voice.sound(worst.severity());
        }
        return true;
    }

    /** What tells. */
    public Voice voice() {
        return voice;
    }

    /** What it is like, as loud as it is set. */
    public void tryOut(Loudness how) {
        if (how.notice()) {
            voice.notice(Messages.text("alerts.bell.try"), Messages.text("alerts.bell.try.text"));
        }
        if (how.sound()) {
            voice.sound(how.from());
        }
    }

    /** Whether a flood begins with these. */
    private boolean count(int raised, Instant now) {
        for (int i = 0; i < raised; i++) {
            recent.add(now);
        }
        while (!recent.isEmpty() && Duration.between(recent.peek(), now).compareTo(SPAN) >= 0) {
            recent.remove();
        }
        boolean before = flood;
        flood = recent.size() > Floods.MOST || flood && recent.size() >= Floods.OVER;
        return flood && !before;
    }
}
