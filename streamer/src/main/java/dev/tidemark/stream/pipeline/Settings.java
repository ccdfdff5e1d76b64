package dev.tidemark.stream.pipeline;

import dev.tidemark.stream.config.InvalidSetting;
import dev.tidemark.stream.window.TimeSpan;
import dev.tidemark.stream.window.WindowSpec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static dev.tidemark.stream.config.InvalidSetting.require;

/**
 * How the streamer works. Immutable; impossible values are refused when it is made.
 *
 * @param windows          the windows to aggregate over
 * @param watermarkDelay   how much later than a newer event an event may come and still be in time
 * @param idleTimeout      how long a source partition may bring nothing before it no longer holds the watermark
 * @param duplicateHorizon how far behind the watermark duplicates are recognised
 * @param commitInterval   the tables are committed no more often than this, unless rows or bytes demand it
 * @param commitRows       messages after which the tables are committed at the latest
 * @param commitBytes      bytes of gathered rows after which the tables are committed at the latest
 * @param liveInterval     {@code gold/live} is replaced no more often than this
 */
public record Settings(List<WindowSpec> windows, TimeSpan watermarkDelay, TimeSpan idleTimeout, TimeSpan duplicateHorizon,
                       TimeSpan commitInterval, int commitRows, long commitBytes, TimeSpan liveInterval) {

    /** What holds where nothing is configured. */
    public static final Settings DEFAULT = new Settings(
            List.of(WindowSpec.parse("1m"), WindowSpec.parse("5m"), WindowSpec.parse("1h")),
            TimeSpan.parse("10s"), TimeSpan.parse("30s"), TimeSpan.parse("10m"),
            TimeSpan.parse("2s"), 200_000, 64L << 20, TimeSpan.parse("50ms"));

    public Settings {
        windows = List.copyOf(windows);
        require(!windows.isEmpty(), "windows", "no window (expected at least one, such as 1m)");
        Set<String> names = new HashSet<>();
        for (WindowSpec window : windows) {
            require(names.add(window.name()), "windows", "window named twice (expected each once, actual " + window.name() + ")");
        }
        require(idleTimeout.micros() > 0, "idle-timeout", "too short (expected more than 0s, actual " + idleTimeout + ")");
        if (duplicateHorizon.micros() < watermarkDelay.micros()) {
            throw new InvalidSetting("duplicate-horizon", "watermark-delay",
                    "shorter than the watermark delay (expected at least " + watermarkDelay + ", actual " + duplicateHorizon + ")");
        }
        require(commitInterval.millis() >= 10, "commit-interval", "too short (expected at least 10ms, actual " + commitInterval + ")");
        require(commitRows >= 1, "commit-rows", "too few (expected at least 1, actual " + commitRows + ")");
        require(commitBytes >= 1 << 10, "commit-bytes", "too few (expected at least 1024, actual " + commitBytes + ")");
        require(liveInterval.millis() >= 10, "live-interval", "too short (expected at least 10ms, actual " + liveInterval + ")");
    }
}
