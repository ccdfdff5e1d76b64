package dev.tidemark.stream.source;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Whether the other side of a source can be read, since when not, and why. Thread-safe. */
final class Outage {

    private final InstantSource clock;
    private Instant since;
    private String reason;

    Outage(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * It cannot be read now.
     *
     * @param why for the user, without a secret
     * @return whether that is news
     */
    synchronized boolean begin(String why) {
        boolean news = since == null;
        if (news) {
            since = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        }
        reason = why;
        return news;
    }

    /**
     * It can be read again.
     *
     * @return whether that is news
     */
    synchronized boolean end() {
        boolean news = since != null;
        since = null;
        reason = null;
        return news;
    }

    /** For the user, with the time in UTC; null if there is none. */
    synchronized String text() {
        return since == null ? null : "since " + since + ": " + reason;
    }
}
