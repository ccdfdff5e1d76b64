package dev.tidemark.stream.window;

/**
 * One row of {@code gold/windows} or {@code gold/live}: one aggregate of one measure over one window. Times are microseconds since
 * 1970-01-01T00:00Z.
 *
 * @param window        name of the window ({@code 1m}, {@code 5m/1m}, {@code session-10m})
 * @param start         first instant of the window
 * @param end           first instant after it
 * @param grain         {@code device} or {@code location}
 * @param deviceId      null where the grain is location
 * @param location      null if unknown
 * @param unit          null if unknown
 * @param stddev        of the population
 * @param first         value of the earliest event; of two at the same time, the one that came first (in the location
 *                      grain of tumbling and sliding windows, of two devices at the same time, the one whose id sorts first)
 * @param last          value of the latest event; of two at the same time, the one that came last (in the location
 *                      grain of tumbling and sliding windows, of two devices at the same time, the one whose id sorts last)
 * @param lastEventTime time of the latest event
 */
public record WindowRow(String window, long start, long end, String grain, String deviceId, String location,
                        String measure, String unit, long count, double avg, double min, double max, double sum,
                        double stddev, double first, double last, long lastEventTime) {

    /** {@link #grain} of a row about one device. */
    public static final String DEVICE = "device";

    /** {@link #grain} of a row about all devices at one location. */
    public static final String LOCATION = "location";
}
