package dev.tidemark.stream.window;

import dev.tidemark.stream.state.StateReader;
import dev.tidemark.stream.state.StateWriter;

/**
 * Count, sum, mean, spread, extremes, first and last of some values. Two can be merged into what one would have been. Mutable, owned by
 * one window.
 *
 * <p>Mean and squared deviations by the update of B. P. Welford, "Note on a Method for Calculating Corrected Sums of Squares and
 * Products", Technometrics 4 (1962); merging by T. F. Chan, G. H. Golub, R. J. LeVeque, "Updating Formulae and a Pairwise Algorithm for
 * Computing Sample Variances", Stanford STAN-CS-79-773 (1979).
 */
final class Aggregate {

    private long count;
    private double sum;
    private double mean;
    private double deviations;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double first;
    private double last;
    private long firstTime = Long.MAX_VALUE;
    private long lastTime = Long.MIN_VALUE;
    private String unit;

    /** Adds a value of a time. Of values at the same time, the one added first is the first and the one added last the last. */
    void add(double value, long time) {
        if (count++ == 0) {
            mean = value;
            first = value;
            firstTime = time;
        } else {
            double distance = value - mean;
            mean += distance / count;
            deviations += distance * (value - mean);
            if (time < firstTime) {
                first = value;
                firstTime = time;
            }
        }
        sum += value;
        if (value < min) {
            min = value;
        }
        if (value > max) {
            max = value;
        }
        if (time >= lastTime) {
            last = value;
            lastTime = time;
        }
    }

    /** Takes in another, which counts as added after everything that is here. The other one stays as it is. */
    void merge(Aggregate other) {
        if (other.count == 0) {
            return;
        }
        long both = count + other.count;
        double distance = other.mean - mean;
        if (count == 0) {
            mean = other.mean;
            deviations = other.deviations;
        } else {
            mean += distance * ((double) other.count / both);
            deviations += other.deviations + distance * distance * ((double) count * other.count / both);
        }
        count = both;
        sum += other.sum;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        if (other.firstTime < firstTime) {
            first = other.first;
            firstTime = other.firstTime;
        }
        if (other.lastTime >= lastTime) {
            last = other.last;
            lastTime = other.lastTime;
        }
        if (unit == null) {
            unit = other.unit;
        }
    }

    /** Notes the values' unit; null leaves it as it is. */
    void unit(String newest) {
        if (newest != null) {
            unit = newest;
        }
    }

    /** Time of the earliest value. */
    long firstTime() {
        return firstTime;
    }

    /** Time of the latest value. */
    long lastTime() {
        return lastTime;
    }

    WindowRow row(String window, long start, long end, Subject subject, int measure) {
        return new WindowRow(window, start, end, subject.grain, subject.deviceId, subject.location, subject.measure(measure), unit, count, mean, min, max, sum,
                Math.sqrt(deviations / count), first, last, lastTime);
    }

    void write(StateWriter out) {
        out.number(count);
        out.number(sum);
        out.number(mean);
        out.number(deviations);
        out.number(min);
        out.number(max);
        out.number(first);
        out.number(last);
        out.number(firstTime);
        out.number(lastTime);
        out.text(unit);
    }

    static Aggregate read(StateReader in) {
        Aggregate aggregate = new Aggregate();
        aggregate.count = in.longNumber();
        aggregate.sum = in.doubleNumber();
        aggregate.mean = in.doubleNumber();
        aggregate.deviations = in.doubleNumber();
        aggregate.min = in.doubleNumber();
        aggregate.max = in.doubleNumber();
        aggregate.first = in.doubleNumber();
        aggregate.last = in.doubleNumber();
        aggregate.firstTime = in.longNumber();
        aggregate.lastTime = in.longNumber();
        aggregate.unit = in.text();
        return aggregate;
    }
}
