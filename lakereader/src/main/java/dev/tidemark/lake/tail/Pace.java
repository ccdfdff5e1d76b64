package dev.tidemark.lake.tail;

import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When to look again. On a local file system it is told of new files at once, whatever the folder holds, and looks by itself too, since a network mount
 * tells nothing; on an object store it only looks. The longer nothing came, the less often, and least where being told has proved good. For one thread.
 */
final class Pace implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pace.class);

    private static final int TRUSTED_UNTIL = 3;
    private static final int LONGEST_SILENCE = 60;
    private static final long LONGEST_IF_TOLD = Duration.ofSeconds(1).toNanos();

    private final Path folder;
    private final long shortest;
    private final long longest;
    private final long suspicion;
    private final long longSilence;
    private WatchService watcher;
    private WatchKey key;
    private boolean listens = true;
    private boolean told;
    /** How often in a row something was found without being told of it. */
    private int untold = TRUSTED_UNTIL;
    private long pause;
    private long lastMove = System.nanoTime();
    private long lastSuspicion = lastMove;
    private boolean longSilent;
    private long silence;

    private Pace(Path folder, Duration shortest, Duration longest, Duration suspicion, Duration longSilence) {
        this.folder = folder;
        this.shortest = shortest.toNanos();
        this.longest = longest.toNanos();
        this.suspicion = suspicion.toNanos();
        this.longSilence = longSilence.toNanos();
        this.silence = this.longSilence;
        this.pause = this.shortest;
    }

    static Pace of(Place table) {
        return table.isLocal()
                ? new Pace(table.path().resolve(CommitLog.FOLDER), Duration.ofMillis(5), Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(10))
                : new Pace(null, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMinutes(1));
    }

    /** Something came: the next is likely near. */
    void moved() {
        // It can be found a moment before it is told of.
        untold += told ? 0 : 1;
        pause = shortest;
        lastMove = System.nanoTime();
        lastSuspicion = lastMove;
        silence = longSilence;
    }

    /**
     * Waits until it is time to look again.
     *
     * @return whether it is time, too, to ask if something is wrong
     */
    boolean waitForNext() throws InterruptedException {
        watch();
        told = false;
        if (watcher == null) {
            TimeUnit.NANOSECONDS.sleep(pause);
        } else {
            WatchKey signal = watcher.poll(pause, TimeUnit.NANOSECONDS);
            if (signal != null) {
                signal.pollEvents();
                told = true;
                untold = 0;
                if (!signal.reset()) {
                    key = null;
                }
            }
        }
        pause = Math.min(key != null && untold < TRUSTED_UNTIL ? LONGEST_IF_TOLD : longest, pause + pause / 2);
        long now = System.nanoTime();
        boolean suspicious = now - lastSuspicion >= suspicion;
        if (suspicious) {
            lastSuspicion = now;
            longSilent = now - lastMove >= silence;
            if (longSilent) {
                // The longer it was in vain, the later again.
                lastMove = now;
                silence = Math.min(2 * silence, LONGEST_SILENCE * longSilence);
            }
        }
        return suspicious;
    }

    /** Whether nothing has come for so long that looking further is no burden; true once for each such time. */
    boolean isLongSilent() {
        return longSilent;
    }

    private void watch() {
        if (folder == null || !listens || key != null && key.isValid()) {
            return;
        }
        try {
            if (watcher == null) {
                watcher = folder.getFileSystem().newWatchService();
            }
            if (watcher.getClass().getSimpleName().startsWith("Polling")) {
                // Where the system has nothing to tell of new files (macOS), Java lists the folder again and again.
                watcher.close();
                watcher = null;
                listens = false;
                return;
            }
            key = folder.register(watcher, StandardWatchEventKinds.ENTRY_CREATE);
        } catch (IOException | UnsupportedOperationException e) {
            // Not there yet, or no watches left on this machine: looking by itself is enough.
            LOG.debug("Cannot watch {}: {}", folder, e.toString());
            key = null;
        }
    }

    @Override
    public void close() {
        if (watcher != null) {
            try {
                watcher.close();
            } catch (IOException e) {
                LOG.debug("Cannot close the watch of {}", folder, e);
            }
        }
    }
}
