package dev.tidemark.ui;

import dev.tidemark.ui.task.Tasks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Writes to the log how long after the start of the process there was something to see. Belongs to the FX thread. */
final class StartTimes {

    private static final Logger LOG = LoggerFactory.getLogger(StartTimes.class);

    private final Tasks tasks;
    private final InstantSource clock;

    StartTimes(Tasks tasks, InstantSource clock) {
        this.tasks = tasks;
        this.clock = clock;
    }

    /** This can be seen now. */
    void tell(Opening.Sight sight) {
        Instant seen = clock.instant();
        String what = switch (sight) {
            case FRAME -> "First frame";
            case DATA -> "First data";
        };
        tasks.start(() -> LOG.info("{} {} ms after the start", what, sinceStart(seen)));
    }

    /** By Java's own start time: that of the process is known on Linux to the second only. */
    private static long sinceStart(Instant until) {
        return Duration.between(Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()), until).toMillis();
    }
}
