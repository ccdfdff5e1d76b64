package dev.tidemark.stream.alert;

import dev.tidemark.stream.decode.Shape;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** One device: when it was heard last, and a track for each of its measures. What a payload's leaves mean is worked out once for each {@link Shape}. */
final class WatchedDevice {

    private static final int MOST_SHAPES = 64;
    private static final Mapping NOTHING = new Mapping(null, 0, new int[0], new Watch[0][]);

    /** What its pauses shrink by with every reading: a long one of long ago must not hide a silence. */
    private static final int FADING = 50;
    /** No pause teaches more than so many times what was usual: an outage is not the rule. */
    private static final int MOST_GROWTH = 4;

    final String id;
    String location;
    /** Event time of the newest reading; {@link Long#MIN_VALUE} if none is known. */
    long last = Long.MIN_VALUE;
    /** Longest pause of late, microseconds; 0 if it has not paused yet. */
    long pause;
    /** Whether it is to be missed when it is silent. */
    final boolean missed;
    Latch silence;
    Latch status;
    final List<Track> tracks = new ArrayList<>(2);
    /** Of the same measures as {@link #tracks}. */
    final Lows lows = new Lows();
    /** How many latches its tracks have: those that there are must hear every value. */
    int latches;

    private Mapping newest = NOTHING;
    /** Null until there is a second shape. */
    private Map<Shape, Mapping> mappings;

    /** What the measures of a shape are to one device: the numbers of their tracks, and what they are watched by. */
    record Mapping(Shape shape, long limits, int[] track, Watch[][] watches) {
    }

    WatchedDevice(String id, boolean missed) {
        this.id = id;
        this.missed = missed;
    }

    /** What the leaves of a shape are to this device, as of the present limits. */
    Mapping mapping(Shape shape, Watches watches) {
        if (newest.shape != shape || newest.limits != watches.version()) {
            newest = other(shape, watches);
        }
        return newest;
    }

    private Mapping other(Shape shape, Watches watches) {
        if (newest == NOTHING) {
            return map(shape, watches);
        }
        if (mappings == null || mappings.size() >= MOST_SHAPES) {
            mappings = new IdentityHashMap<>(4);
        }
        mappings.put(newest.shape, newest);
        return mappings.compute(shape, (key, known) -> known != null && known.limits == watches.version() ? known : map(shape, watches));
    }

    private Mapping map(Shape shape, Watches watches) {
        int[] track = new int[shape.measures().size()];
        for (int i = 0; i < track.length; i++) {
            track[i] = number(shape.measures().get(i));
        }
        return new Mapping(shape, watches.version(), track, watches.of(id, shape));
    }

    /** The number of a measure's track. */
    int number(String measure) {
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).measure.equals(measure)) {
                return i;
            }
        }
        tracks.add(new Track(measure));
        lows.measures(tracks.size());
        return tracks.size() - 1;
    }

    /** The latch of a measure and a rule. */
    Latch latch(Track track, int slot) {
        Latch known = track.latch(slot);
        return known == null ? put(track, slot, new Latch()) : known;
    }

    Latch put(Track track, int slot, Latch latch) {
        track.put(slot, latch);
        latches++;
        return latch;
    }

    void release(Track track, Latch latch) {
        track.release(latch);
        latches--;
    }

    /** Event time after which it is missed. */
    long deadline(Rule.MissingData rule) {
        return last + Math.max(rule.after(), rule.pauses() * pause);
    }

    /** The device was heard at this time, later than the last one. */
    void heard(long time, Rule.MissingData rule) {
        if (last != Long.MIN_VALUE) {
            long gap = time - last;
            long usual = Math.max(pause, rule.pauses() == 0 ? rule.after() : rule.after() / rule.pauses());
            pause = Math.max(pause - pause / FADING, pause == 0 ? gap : Math.min(gap, MOST_GROWTH * usual));
        }
        last = time;
    }
}
