package dev.tidemark.lake.azure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Asks again what may be asked again, a few times and not for long, and says so. Thread-safe. */
final class Attempts {

    /** A request that changes nothing if it is made twice. */
    interface Request<T> {
        T send() throws IOException;
    }

    /** How to wait. */
    interface Waiting {
        void sleep(Duration time) throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
    /** How often at most. */
    static final int MOST = 6;
    /** How long after the first try none is begun any more. */
    static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Waiting ASLEEP = pause -> TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    private static volatile Waiting waitingNow = ASLEEP;
    private static final long HINTS_APART = TimeUnit.SECONDS.toNanos(5);

    private final String account;
    private final Runnable refused;
    private final LongSupplier nanos;
    private final Waiting waiting;
    private final AtomicLong hintAt;

    /** @param refused called when the account does not accept the token; null if none is used */
    Attempts(String account, Runnable refused) {
        this(account, refused, System::nanoTime, pause -> waitingNow.sleep(pause));
    }

    /** Has all wait another way from now on; null for the usual. For tests: Hadoop makes those who wait. */
    static void waitBy(Waiting other) {
        waitingNow = other == null ? ASLEEP : other;
    }

    Attempts(String account, Runnable refused, LongSupplier nanos, Waiting waiting) {
        this.account = account;
        this.refused = refused;
        this.nanos = nanos;
        this.waiting = waiting;
        this.hintAt = new AtomicLong(nanos.getAsLong());
    }

    /** The answer, after as many tries as it takes; what the last one threw if that were too many. */
    <T> T ask(Request<T> request) throws IOException {
        long began = nanos.getAsLong();
        boolean renewed = false;
        for (int tries = 1; ; tries++) {
            try {
                return request.send();
            } catch (IOException e) {
                if (AzureFailure.status(e) == 401 && refused != null && !renewed) {
                    renewed = true;
                    refused.run();
                    continue;
                }
                Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries - 1, 5));
                // Many readers that were turned away together should not come back together.
                pause = pause.plus(pause.multipliedBy(Thread.currentThread().getId() % 8).dividedBy(16));
                if (!AzureFailure.isPassing(e) || tries >= MOST || nanos.getAsLong() - began + pause.toNanos() > LONGEST.toNanos()) {
                    throw e;
                }
                hint(e, pause, tries);
                rest(pause);
            }
        }
    }

    private void hint(IOException e, Duration pause, int tries) {
        long now = nanos.getAsLong();
        long due = hintAt.get();
        if (now - due >= 0 && hintAt.compareAndSet(due, now + HINTS_APART)) {
            LOG.warn("Storage account {} keeps us waiting: {}. Asking again in {} ms ({} of {})", account, AzureFailure.brief(e), pause.toMillis(), tries + 1, MOST);
        }
    }

    private void rest(Duration pause) throws IOException {
        try {
            waiting.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted while waiting for storage account " + account).initCause(e);
        }
    }
}
