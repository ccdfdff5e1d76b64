package dev.tidemark.lake;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a followed table does: when something was last committed, when its log last answered, and what stands in the way. Immutable.
 *
 * @param version      the last version heard of; -1 for none
 * @param committedAt  when that was committed, by its file; {@link Instant#EPOCH} if there is none or it is not known yet
 * @param answeredAt   when the log last answered, with a commit or without; before the first answer, when the tail began
 * @param problem      why it cannot be read now
 * @param problemSince since when, if there is a problem
 * @param ended        whether the tail has ended because its listener failed; the problem says how
 */
public record Pulse(long version, Instant committedAt, Instant answeredAt, Optional<LakeException> problem, Optional<Instant> problemSince, boolean ended) {

    /** A store that has not answered for so long is taken for unreachable, though no error has come yet. */
    public static final Duration HANGING = Duration.ofSeconds(20);

    /** What an operator must tell apart. */
    public enum State {
        /** Commits come. */
        FLOWING,
        /** The table can be read, but nobody commits: look at the writer. */
        STALLED,
        /** The table cannot be read: look at the store, or at {@link Pulse#problem}. Whether the writer goes on is not known. */
        UNREADABLE,
        /** The tail's own listener failed: nothing is heard any more, whatever the table does. */
        ENDED
    }

    /**
     * What that means at a time.
     *
     * @param patience how long a writer may be silent
     */
    public State state(Instant now, Duration patience) {
        if (ended) {
            return State.ENDED;
        }
        if (problem.isPresent() || isHanging(now)) {
            return State.UNREADABLE;
        }
        return Duration.between(committedAt, now).compareTo(patience) > 0 ? State.STALLED : State.FLOWING;
    }

    private boolean isHanging(Instant now) {
        return Duration.between(answeredAt, now).compareTo(HANGING) > 0;
    }

    /** Since when it is in the state that it has at a time: the last commit of a flowing or stalled table, else when reading first failed. */
    public Instant since(Instant now) {
        return problemSince.orElse(isHanging(now) ? answeredAt : committedAt);
    }
}
