package dev.tidemark.ui.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How fresh a table is. Immutable.
 *
 * @param age     how long ago something was last written to it; empty if that is not known
 * @param cadence the usual time between commits; empty until there were a few, and at rest
 * @param rest    when the last commit was, if nobody has written for so long that nothing more is expected; empty of any other table
 */
public record Freshness(Optional<Duration> age, Optional<Duration> cadence, Optional<Instant> rest) {
}
