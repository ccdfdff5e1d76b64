package dev.tidemark.stream.window;

import java.util.Arrays;

/** All devices at one location. */
final class Location extends Subject {

    private Aggregate[] sum = new Aggregate[0];
    private boolean summing;

    Location(String name, int specs) {
        super(WindowRow.LOCATION, null, name, specs);
    }

    /** Adds a device's part of a window to the sum. Returns whether it is the first. */
    boolean add(Device.Part part) {
        boolean first = !summing;
        summing = true;
        for (int number = 0; number < part.device.measures(); number++) {
            Aggregate aggregate = part.get(number);
            if (aggregate != null) {
                sumOf(part.device.atLocation(number)).merge(aggregate);
            }
        }
        return first;
    }

    private Aggregate sumOf(int measure) {
        if (measure >= sum.length) {
            sum = Arrays.copyOf(sum, measures());
        }
        if (sum[measure] == null) {
            sum[measure] = new Aggregate();
        }
        return sum[measure];
    }

    /** The sum of the measure with this number, null if there is none. */
    Aggregate sum(int measure) {
        return measure < sum.length ? sum[measure] : null;
    }

    /** The next {@link #add} begins a new sum. */
    void clear() {
        Arrays.fill(sum, null);
        summing = false;
    }
}
