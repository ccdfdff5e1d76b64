package dev.tidemark.stream.status;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.log.Place;
import dev.tidemark.stream.pipeline.Figures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Leaves the status of a running streamer beside its tables, every second. Owns one thread until it is closed. What goes wrong here disturbs nothing. */
public final class StatusWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
    private static final int RATE_SECONDS = 10;

    private record Count(long millis, long events) {
    }

    private final StatusFile file;
    private final Figures figures;
    private final InstantSource clock;
    private final String host;
    private final String started;
    private final Deque<Count> counts = new ArrayDeque<>();
    private final ScheduledExecutorService timer;

    private StatusWriter(StatusFile file, Figures figures, InstantSource clock, ScheduledExecutorService timer) {
        this.file = file;
        this.figures = figures;
        this.clock = clock;
        this.timer = timer;
        this.host = host();
        this.started = clock.instant().toString();
    }

    /** Begins to write; for a lake that is not on a file system of this machine it does nothing. */
    public static StatusWriter start(Lake lake, Figures figures, InstantSource clock) {
        Place place = Place.of(lake.root());
        if (!place.isLocal()) {
            return new StatusWriter(null, figures, clock, null);
        }
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "status");
            thread.setDaemon(true);
            return thread;
        });
        StatusWriter writer = new StatusWriter(new StatusFile(place.path()), figures, clock, timer);
        timer.scheduleWithFixedDelay(() -> writer.write("running"), 1, 1, TimeUnit.SECONDS);
        return writer;
    }

    private void write(String state) {
        try {
            long now = clock.millis();
            counts.addLast(new Count(now, figures.events()));
            while (counts.size() > RATE_SECONDS + 1) {
                counts.removeFirst();
            }
            Count first = counts.getFirst();
            double perSecond = now > first.millis ? (counts.getLast().events - first.events) * 1_000.0 / (now - first.millis) : 0;
            file.write(Status.of(new Status.Process(ProcessHandle.current().pid(), host, started, clock.instant().toString(), state), figures, perSecond));
        } catch (IOException | RuntimeException e) {
            LOG.debug("Status not written", e);
        }
    }

    /** Name of this machine. */
    static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /** Ends, and leaves word that the run has ended. */
    @Override
    public void close() {
        if (timer == null) {
            return;
        }
        timer.shutdown();
        try {
            if (timer.awaitTermination(1, TimeUnit.SECONDS)) {
                write("ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
