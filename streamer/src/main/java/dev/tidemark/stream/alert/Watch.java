package dev.tidemark.stream.alert;

/**
 * A rule made ready for one measure in one unit: how far a value is beyond the limit. Shared by all devices; {@link #limit} and {@link #band} are those of the value
 * judged last.
 */
abstract class Watch {

    final Rule rule;
    /** Unique among the watches of a measure, and the same after a restart with the same rules. */
    final int slot;
    double limit;
    double band;

    Watch(Rule rule, int slot) {
        this.rule = rule;
        this.slot = slot;
    }

    /** How far the value of a device's measure is beyond the limit; negative within, minus infinity if it cannot be told. */
    abstract double excess(double value, long time, WatchedDevice device, int measure);

    /** What the limit is compared with: the value, or what is made of it. */
    double shown(double value) {
        return value;
    }

    /** Above a limit, or below. */
    static final class Level extends Watch {

        private final boolean above;

        Level(Rule rule, int slot, boolean above, double limit, double band) {
            super(rule, slot);
            this.above = above;
            this.limit = limit;
            this.band = band;
        }

        boolean isAbove() {
            return above;
        }

        @Override
        double excess(double value, long time, WatchedDevice device, int measure) {
            return above ? value - limit : limit - value;
        }
    }

    /** A rise against the lowest value of late. From zero there is no telling by how many percent. */
    static final class Rise extends Watch {

        private final Rule.Spike spike;

        Rise(Rule.Spike spike, int slot) {
            super(spike, slot);
            this.spike = spike;
        }

        @Override
        double excess(double value, long time, WatchedDevice device, int measure) {
            double lowest = device.lows.since(measure, time - spike.within());
            device.lows.add(measure, value, time);
            if (!(lowest != 0) || lowest != lowest) {
                limit = Double.NaN;
                band = 0;
                return Double.NEGATIVE_INFINITY;
            }
            double size = Math.abs(lowest) / 100;
            limit = lowest + Math.max(size * spike.percent(), spike.least());
            band = size * spike.deadBand();
            return value - limit;
        }
    }

    /** A high anomaly score. */
    static final class Anomaly extends Watch {

        private final int[] left;
        private double score;

        /** @param left how many more series may be scored, in the only element */
        Anomaly(Rule.Statistical rule, int slot, int[] left) {
            super(rule, slot);
            this.left = left;
            this.limit = rule.score();
            this.band = rule.deadBand();
        }

        @Override
        double excess(double value, long time, WatchedDevice device, int measure) {
            Track track = device.tracks.get(measure);
            if (track.score == null) {
                if (left[0] == 0) {
                    return Double.NEGATIVE_INFINITY;
                }
                left[0]--;
                track.score = new AnomalyScore();
            }
            score = track.score.next(value);
            return score - limit;
        }

        @Override
        double shown(double value) {
            return score;
        }
    }
}
