package dev.tidemark.stream.pipeline;

/**
 * When something that costs time is due again: never sooner than an interval, and so seldom that it takes no more than a share of the time. One that took
 * unusually long (the first of all, say) does not count: the shorter of the last two does. Pure: times are nanoseconds of any clock that
 * never goes back.
 */
final class Cadence {

    private final long interval;
    private long due;
    private long costBefore;

    /**
     * @param interval shortest time from the end of one to the beginning of the next
     * @param first    when it is due for the first time
     */
    Cadence(long interval, long first) {
        this.interval = interval;
        this.due = first;
    }

    /** Time until it is due; 0 or less if it is. */
    long remaining(long now) {
        return due - now;
    }

    /**
     * It was done.
     *
     * @param share how many times longer than it takes the pause is at least
     */
    void done(long cost, long ended, int share) {
        due = ended + Math.max(interval, Math.min(cost, costBefore) * share);
        costBefore = cost;
    }
}
