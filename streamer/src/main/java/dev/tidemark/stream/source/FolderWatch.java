package dev.tidemark.stream.source;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The thread that notices what appears in a {@link FileDrop}. The operating system tells it of changes where it can (it cannot on network
 * shares), and it looks by itself now and then.
 */
final class FolderWatch implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    /** Pause between two looks when nothing was told, milliseconds; while a file is being written, the shorter one. */
    private static final long PAUSE = 2_000;
    private static final long PAUSE_WRITING = 100;
    /** A look may take at most one part in so many of the thread's time. */
    private static final int SHARE = 20;

    private final FileDrop drop;
    private final Runnable arrived;
    private final Thread thread;
    private final WatchService service;
    private final Map<Path, WatchKey> watched = new HashMap<>();

    FolderWatch(FileDrop drop, Runnable arrived) {
        this.drop = drop;
        this.arrived = arrived;
        this.thread = new Thread(this, "watch " + drop.name());
        this.thread.setDaemon(true);
        WatchService made = null;
        try {
            made = FileSystems.getDefault().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            LOG.info("No change notices for {} ({}): it is looked at every {} ms instead", drop.name(), e.getMessage(), PAUSE);
        }
        this.service = made;
    }

    void start() {
        thread.start();
    }

    /** Ends the thread. */
    void close() {
        thread.interrupt();
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                LOG.debug("Closing the watch on {}", drop.name(), e);
            }
        }
    }

    @Override
    public void run() {
        Set<String> before = Set.of();
        Map<String, Folder.Entry> restingBefore = Map.of();
        boolean failed = false;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long start = System.nanoTime();
                long pause = PAUSE;
                try {
                    Folder.Look look = drop.look();
                    failed = false;
                    watch(look.folders());
                    boolean changed = !look.resting().equals(restingBefore) || !look.writing().equals(before);
                    restingBefore = look.resting();
                    before = look.writing().keySet();
                    pause = look.writing().isEmpty() ? PAUSE : PAUSE_WRITING;
                    if (changed) {
                        arrived.run();
                    }
                } catch (IOException e) {
                    if (!failed) {
                        LOG.warn("Cannot look into {} at the moment: {}", drop.name(), e.toString());
                    }
                    failed = true;
                }
                long spent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                Thread.sleep(spent * SHARE + 1);
                await(Math.max(0, pause - spent * SHARE));
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            // Closed.
        }
    }

    private void await(long millis) throws InterruptedException {
        if (service == null) {
            Thread.sleep(millis);
            return;
        }
        WatchKey key = service.poll(millis, TimeUnit.MILLISECONDS);
        while (key != null) {
            key.pollEvents();
            key.reset();
            key = service.poll();
        }
    }

    private void watch(Set<Path> folders) {
        if (service == null) {
            return;
        }
        for (Path gone : new HashSet<>(watched.keySet())) {
            if (!folders.contains(gone) || !watched.get(gone).isValid()) {
                watched.remove(gone).cancel();
            }
        }
        for (Path folder : folders) {
            if (!watched.containsKey(folder)) {
                try {
                    watched.put(folder, folder.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE));
                } catch (IOException e) {
                    LOG.debug("No change notices for {}", folder, e);
                }
            }
        }
    }
}
