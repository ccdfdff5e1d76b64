package dev.tidemark.stream.alert;

import java.util.List;
import java.util.Map;

import static dev.tidemark.stream.config.InvalidSetting.require;

/**
 * What raises an alert. Every rule has a name of its own, a severity, and what keeps it from flapping: it is raised when it is violated for a
 * {@link #delay}, and cleared when the value is back by more than a dead band for a {@link #clearDelay}. Immutable.
 */
public sealed interface Rule {

    /** The name, unique among the rules. */
    String name();

    /** What it is about. */
    AlertKind kind();

    /** How soon somebody must act. */
    Severity severity();

    /** For how long it must be violated until it is raised. */
    Delay delay();

    /** For how long it must not be violated until it is cleared. */
    Delay clearDelay();

    /**
     * A measure is above or below a limit. With neither limit it stands for those of the reference data ({@link Limits}).
     *
     * @param measure  which measures
     * @param above    raised above; NaN for never
     * @param below    raised below; NaN for never
     * @param unit     of limits and dead band; readings in another unit of temperature are compared in theirs ({@link Rules#temperatureUnit} for those that
     *                 name none). Null: the readings' own
     * @param deadBand how far the value must be back within the limit
     */
    record Threshold(String name, Severity severity, MeasurePattern measure, double above, double below, String unit, double deadBand, Delay delay,
                     Delay clearDelay) implements Rule {
        public Threshold {
            require(deadBand >= 0, "dead-band", "negative (expected 0 or more, actual " + deadBand + ")");
            require(!(above <= below), "above", "not above the lower limit (expected more than " + below + ", actual " + above + ")");
        }

        @Override
        public AlertKind kind() {
            return AlertKind.THRESHOLD;
        }
    }

    /**
     * A measure rose against its lowest value within a time.
     *
     * @param measure  which measures
     * @param except   but not these
     * @param percent  raised at a rise by more than that, of the lowest value's size
     * @param within   microseconds that count
     * @param least    a rise by no more than this, in the measure's unit, is none: near zero every change is a large part
     * @param deadBand how many percent the rise must be back within the limit
     */
    record Spike(String name, Severity severity, MeasurePattern measure, List<MeasurePattern> except, double percent, long within, double least, double deadBand,
                 Delay delay, Delay clearDelay) implements Rule {
        public Spike {
            except = List.copyOf(except);
            require(percent > 0, "percent", "not positive (expected such as 20, actual " + percent + ")");
            require(within > 0, "within", "too short (expected a time span such as 1m)");
            require(least >= 0, "least", "negative (expected 0 or more, actual " + least + ")");
            require(deadBand >= 0, "dead-band", "negative (expected 0 or more, actual " + deadBand + ")");
        }

        boolean watches(String name) {
            return measure.matches(name) && except.stream().noneMatch(pattern -> pattern.matches(name));
        }

        @Override
        public AlertKind kind() {
            return AlertKind.SPIKE;
        }
    }

    /**
     * Nothing came from a known device.
     *
     * @param device which devices
     * @param after  microseconds of event time without a reading after which it is raised
     * @param pauses and after that many times the device's own longest pause of late; 0 to count {@code after} alone
     * @param forget microseconds after which a silent device is not known any more: it was taken away
     */
    record MissingData(String name, Severity severity, MeasurePattern device, long after, int pauses, long forget, Delay clearDelay) implements Rule {
        public MissingData {
            require(after > 0, "after", "too short (expected a time span such as 5m)");
            require(pauses >= 0 && pauses <= 100, "pauses", "impossible (expected 0 to 100, actual " + pauses + ")");
            require(forget > after, "forget", "too short (expected longer than after)");
        }

        @Override
        public AlertKind kind() {
            return AlertKind.MISSING_DATA;
        }

        @Override
        public Delay delay() {
            return Delay.NONE;
        }
    }

    /**
     * A device reports one of these words as its status.
     *
     * @param words lower-case word → severity
     */
    record Status(String name, Map<String, Severity> words, Delay delay, Delay clearDelay) implements Rule {
        public Status {
            words = Map.copyOf(words);
            require(!words.isEmpty(), "words", "no word (expected such as error: high)");
        }

        @Override
        public AlertKind kind() {
            return AlertKind.STATUS;
        }

        @Override
        public Severity severity() {
            return words.values().stream().max(Severity::compareTo).orElse(Severity.HIGH);
        }
    }

    /**
     * The anomaly score of a measure is high: {@link AnomalyScore}.
     *
     * @param measure  which measures
     * @param score    raised above; about 1 is ordinary
     * @param most     how many pairs of device and measure are watched at most: those that come first
     * @param deadBand how far the score must be back below
     */
    record Statistical(String name, Severity severity, MeasurePattern measure, double score, int most, double deadBand, Delay delay, Delay clearDelay)
            implements Rule {
        public Statistical {
            require(score > 0, "score", "not positive (expected such as 3, actual " + score + ")");
            require(most >= 1 && most <= 10_000, "most", "impossible (expected 1 to 10000, actual " + most + ")");
            require(deadBand >= 0, "dead-band", "negative (expected 0 or more, actual " + deadBand + ")");
        }

        @Override
        public AlertKind kind() {
            return AlertKind.STATISTICAL;
        }
    }

    /**
     * {@code silver/readings} got a new column, or a field no longer fits its own.
     *
     * @param clearAfter microseconds of arrival time without another such reading after which it is cleared
     */
    record SchemaDrift(String name, Severity severity, long clearAfter) implements Rule {
        public SchemaDrift {
            require(clearAfter > 0, "clear-after", "too short (expected a time span such as 1h)");
        }

        @Override
        public AlertKind kind() {
            return AlertKind.SCHEMA_DRIFT;
        }

        @Override
        public Delay delay() {
            return Delay.NONE;
        }

        @Override
        public Delay clearDelay() {
            return Delay.NONE;
        }
    }
}
