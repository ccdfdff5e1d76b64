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
 * When to look again. On a local file system it is told of new files at once, and looks by itself too, since a network mount
 * tells nothing; on an object store it only looks. The longer nothing came, the less often. For one thread.
 */
final class Pace implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pace.class);

    private final Path folder;
    private final long shortest;
    private final long longest;
    private final long suspicion;
    private final long longSilence;
    private WatchService watcher;
    private WatchKey key;
    private long pause;
    private long lastMove = System.nanoTime();
    private long lastSuspicion = lastMove;
    private boolean longSilent;

    private Pace(Path folder, Duration shortest, Duration longest, Duration suspicion, Duration longSilence) {
        this.folder = folder;
        this.shortest = shortest.toNanos();
        this.longest = longest.toNanos();
        this.suspicion = suspicion.toNanos();
        this.longSilence = longSilence.toNanos();
        this.pause = this.shortest;
    }

    static Pace of(Place table) {
        return table.isLocal()
                ? new Pace(table.path().resolve(CommitLog.FOLDER), Duration.ofMillis(5), Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(10))
                : new Pace(null, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMinutes(1));
    }

    /** Something came: the next is likely near. */
    void moved() {
        pause = shortest;
        lastMove = System.nanoTime();
        lastSuspicion = lastMove;
    }

    /**
     * Waits until it is time to look again.
     *
     * @return whether it is time, too, to ask if something is wrong
     */
    boolean waitForNext() throws InterruptedException {
        watch();
        if (watcher == null) {
            TimeUnit.NANOSECONDS.sleep(pause);
        } else {
            WatchKey told = watcher.poll(pause, TimeUnit.NANOSECONDS);
            if (told != null) {
                told.pollEvents();
                if (!told.reset()) {
                    key = null;
                }
            }
        }
        pause = Math.min(longest, pause + pause / 2);
        long now = System.nanoTime();
        boolean suspicious = now - lastSuspicion >= suspicion;
        if (suspicious) {
            lastSuspicion = now;
            longSilent = now - lastMove >= longSilence;
            if (longSilent) {
                lastMove = now;
            }
        }
        return suspicious;
    }

    /** Whether nothing has come for so long that a listing is no burden; true once for each such time. */
    boolean isLongSilent() {
        return longSilent;
    }

    private void watch() {
        if (folder == null || key != null && key.isValid()) {
            return;
        }
        try {
            if (watcher == null) {
                watcher = folder.getFileSystem().newWatchService();
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
