package dev.tidemark.stream.cli;

import dev.tidemark.stream.decode.Decoded;
import dev.tidemark.stream.pipeline.Figures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows how far a run is: one line that changes on a terminal, else a line in the log every ten seconds. Owns one thread until it is closed. */
final class Progress implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final double NANOS = 1e9;

    private final Terminal terminal;
    private final Figures figures;
    private final long began = System.nanoTime();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private long eventsBefore;
    private long nanosBefore = began;
    private long ended;

    Progress(Terminal terminal, Figures figures) {
        this.terminal = terminal;
        this.figures = figures;
        if (terminal.interactive()) {
            timer.scheduleWithFixedDelay(this::show, 500, 500, TimeUnit.MILLISECONDS);
        } else {
            timer.scheduleWithFixedDelay(this::log, 10, 10, TimeUnit.SECONDS);
        }
    }

    private void show() {
        terminal.progress(line());
    }

    private void log() {
        if (figures.events() != eventsBefore) {
            LOG.info("{}", line());
        }
    }

    private String line() {
        long now = System.nanoTime();
        long events = figures.events();
        double rate = (events - eventsBefore) / Math.max(1e-3, (now - nanosBefore) / NANOS);
        eventsBefore = events;
        nanosBefore = now;
        return String.format(Locale.ROOT, "%,d events, %,.0f/s%s, %,d rejected, %,d duplicates, %,d late, %,d commits, watermark %s%s", events, rate, waiting(),
                figures.rejected(), figures.duplicates(), figures.late(), figures.commits(), watermark(), figures.outages().isEmpty() ? "" : ", no connection");
    }

    private String waiting() {
        long messages = figures.partitions().stream().mapToLong(partition -> Math.max(0, partition.lag())).sum();
        return messages == 0 ? "" : String.format(Locale.ROOT, ", %,d waiting", messages);
    }

    private String watermark() {
        return figures.watermark() == Long.MIN_VALUE ? "-"
                : Instant.EPOCH.plus(figures.watermark(), ChronoUnit.MICROS).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** What the run did, for the end; some lines. */
    String summary() {
        double seconds = ((ended == 0 ? System.nanoTime() : ended) - began) / NANOS;
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%,d messages read in %.1f s (%,.0f/s)", figures.events(), seconds, figures.events() / Math.max(1e-3, seconds)));
        if (figures.recovered() > 0) {
            text.append(String.format(Locale.ROOT, ", and %,d that bronze/events held from before", figures.recovered()));
        }
        text.append(String.format(Locale.ROOT, "%n%,d = %,d readings (%,d late) + %,d rejected + %,d duplicates%n", figures.events() + figures.recovered(),
                figures.accepted(), figures.late(), figures.rejected(), figures.duplicates()));
        for (Decoded.Reason reason : Decoded.Reason.values()) {
            if (figures.rejected(reason) > 0) {
                text.append(String.format(Locale.ROOT, "  rejected: %,d %s%n", figures.rejected(reason), reason.name().toLowerCase(Locale.ROOT)));
            }
        }
        text.append(String.format(Locale.ROOT, "%,d commits, watermark %s%n", figures.commits(), watermark()));
        return text.toString();
    }

    @Override
    public void close() {
        if (ended != 0) {
            return;
        }
        ended = System.nanoTime();
        timer.shutdownNow();
        try {
            timer.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (terminal.interactive()) {
            terminal.err().print(Terminal.WIPE);
            terminal.err().flush();
        }
    }
}
