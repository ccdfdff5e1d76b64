package dev.tidemark.ui.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * When something was last written to the tables, and how to take that nothing came since. One rule, by the distance of the commits alone: nothing
 * is wrong for five times their usual distance; then writing has stalled, for whoever saw it stop, until something comes. What was found so, and
 * not written to for more than a day, is at rest: that is no news. Not thread-safe.
 */
final class Heartbeat {

    private static final int REMEMBERED = 32;
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(30);
    private static final int PATIENCE = 5;
    private static final Duration AT_REST = Duration.ofDays(1);

    private final NavigableSet<Instant> beats = new TreeSet<>();
    private boolean foundAtRest;

    /** A commit that is heard of now; in any order, because what is shown may be known before what came before it. */
    void beat(Instant writtenAt, Instant now) {
        beats.add(writtenAt);
        if (beats.size() > REMEMBERED) {
            beats.pollFirst();
        }
        foundAtRest = isLong(now);
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
     * Empty while all is well, for a table that nobody was seen writing to, and for one at rest.
     */
    Optional<Duration> stalled(Instant now) {
        return usual().map(each -> silence(now)).filter(silence -> silence.compareTo(patience()) > 0 && !isAtRest(now));
    }

    /** Whether nobody has written for so long that nothing more is expected. */
    boolean isAtRest(Instant now) {
        return isLong(now) && (foundAtRest || usual().isEmpty());
    }

    private boolean isLong(Instant now) {
        return !beats.isEmpty() && silence(now).compareTo(AT_REST) > 0 && silence(now).compareTo(patience()) > 0;
    }

    private Duration silence(Instant now) {
        return Duration.between(beats.last(), now);
    }

    private Duration patience() {
        return usual().map(each -> each.multipliedBy(PATIENCE)).filter(patience -> patience.compareTo(LEAST_PATIENCE) > 0).orElse(LEAST_PATIENCE);
    }
}
