package dev.tidemark.ui.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** When something was last written to the tables, and whether that is longer ago than it used to be. Not thread-safe. */
final class Heartbeat {

    private static final int REMEMBERED = 32;
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(30);
    private static final int PATIENCE = 5;

    private final NavigableSet<Instant> beats = new TreeSet<>();

    /** A commit; in any order, because what is shown may be known before what came before it. */
    void beat(Instant writtenAt) {
        beats.add(writtenAt);
        if (beats.size() > REMEMBERED) {
            beats.pollFirst();
        }
    }

    /** Another table. */
    void reset() {
        beats.clear();
    }

    /** The newest commit. */
    Optional<Instant> last() {
        return beats.isEmpty() ? Optional.empty() : Optional.of(beats.last());
    }

    /** The usual time between commits; empty until there were a few. */
    Optional<Duration> usual() {
        if (beats.size() < 3) {
            return Optional.empty();
        }
        Instant[] times = beats.toArray(new Instant[0]);
        Duration[] between = new Duration[times.length - 1];
        for (int i = 0; i < between.length; i++) {
            between[i] = Duration.between(times[i], times[i + 1]);
        }
        Arrays.sort(between);
        return Optional.of(between[between.length / 2]);
    }

    /**
     * How long nothing has come although commits used to come oftener: five times their usual distance, and at least 30 s.
     * Empty while all is well, and for a table that nobody was seen writing to.
     */
    Optional<Duration> stalled(Instant now) {
        if (usual().isEmpty()) {
            return Optional.empty();
        }
        Duration silence = Duration.between(beats.last(), now);
        Duration patience = usual().get().multipliedBy(PATIENCE);
        patience = patience.compareTo(LEAST_PATIENCE) > 0 ? patience : LEAST_PATIENCE;
        return silence.compareTo(patience) > 0 ? Optional.of(silence) : Optional.empty();
    }
}
