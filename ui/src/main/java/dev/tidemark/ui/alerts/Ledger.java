package dev.tidemark.ui.alerts;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.append.Appender;
import dev.tidemark.ui.task.Tasks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Writes down what operators do: first on this computer, then in {@code ops/acks} of the lake. What the lake does not take waits here and is
 * handed in again and again; a row that was written twice has one id. Methods are called on the thread that owns the screen, which hears the
 * answers too; the writing is done on a lane.
 */
final class Ledger implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final Duration AGAIN = Duration.ofSeconds(10);

    /** Hears how the writing goes. */
    interface Listener {
        /** So many things wait on this computer ({@code waiting}), because of this; 0 and "" when the lake holds all. */
        void kept(int waiting, String problem);
    }

    private final Tasks tasks;
    private final Tasks lane;
    private final Outbox outbox;
    private final Appender appender;
    private final InstantSource clock;
    private final Listener listener;
    private boolean waits;
    private Instant tried = Instant.MIN;

    Ledger(Lake lake, Outbox outbox, Tasks tasks, InstantSource clock, Listener listener) {
        this.tasks = tasks;
        this.lane = tasks.lane("tidemark-acks");
        this.outbox = outbox;
        this.appender = ActTable.appender(lake, clock);
        this.clock = clock;
        this.listener = listener;
    }

    /** Writes down. */
    void record(List<Act> acts) {
        lane.start(() -> {
            try {
                outbox.keep(acts);
            } catch (IOException e) {
                LOG.warn("Cannot keep what an operator did in {}", outbox.folder(), e);
                directly(acts, e);
                return;
            }
            handIn();
        });
    }

    /** Tries again what waits, if it is time to. */
    void tick() {
        Instant now = clock.instant();
        if (waits && Duration.between(tried, now).compareTo(AGAIN) >= 0) {
            tried = now;
            lane.start(this::handIn);
        }
    }

    /** Hands in what an earlier run of the desktop could not. */
    void resume() {
        lane.start(this::handIn);
    }

    /** Where this computer cannot keep it, the lake must take it at once. */
    private void directly(List<Act> acts, IOException why) {
        try {
            appender.append(ActTable.rows(acts));
        } catch (LakeException problem) {
            told(acts.size(), problem.getMessage() + " (and " + outbox.folder() + " cannot be written either: " + why.getMessage() + ")");
        }
    }

    private void handIn() {
        List<Act> acts = outbox.waiting();
        if (acts.isEmpty()) {
            told(0, "");
            return;
        }
        try {
            appender.append(ActTable.rows(acts));
            outbox.handedIn(acts);
            told(0, "");
        } catch (LakeException problem) {
            LOG.info("{} things wait in {}: {}", acts.size(), outbox.folder(), problem.getMessage());
            told(acts.size(), problem.getMessage());
        } catch (IOException e) {
            // They are in the lake; written again they are the same.
            LOG.warn("Cannot tidy up {}", outbox.folder(), e);
            told(0, "");
        }
    }

    private void told(int waiting, String problem) {
        tasks.onScreen(() -> {
            waits = waiting > 0;
            tried = waits ? clock.instant() : tried;
            listener.kept(waiting, problem);
        });
    }

    @Override
    public void close() {
        // What is being written is finished first.
        lane.start(lane::close);
    }
}
