package dev.tidemark.stream.decode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is known of devices beside their messages: where they are, what they are called, units and limits. Immutable, thread-safe. */
public final class Reference {

    /** Nothing is known. */
    public static final Reference NONE = new Reference(List.of());

    /**
     * One line of reference data.
     *
     * @param deviceId the device
     * @param location null if unknown
     * @param name     null if it has none
     * @param measure  what unit, low and high are of; null for all measures of the device that have no row of their own
     * @param unit     null if unknown
     * @param low      NaN if there is no limit
     * @param high     NaN if there is no limit
     */
    public record Row(String deviceId, String location, String name, String measure, String unit, double low, double high) {
    }

    /** What is known of a measure of a device; limits are NaN, and the unit null, where there are none. */
    public record Measure(String unit, double low, double high) {
    }

    /** What is known of a device. */
    public static final class Device {

        private String location;
        private String name;
        private final Map<String, Measure> measures = new HashMap<>();
        private Map<String, String> units = new HashMap<>();

        private Device() {
        }

        /** Where it is; null if unknown. */
        public String location() {
            return location;
        }

        /** What people call it; null if it has no name. */
        public String name() {
            return name;
        }

        /** What is known of a measure; null if nothing is. */
        public Measure measure(String measure) {
            Measure own = measures.get(measure);
            return own == null ? measures.get(null) : own;
        }

        /** Measure → unit, null the measure for all others. Devices with the same units share one instance. */
        Map<String, String> units() {
            return units;
        }
    }

    private final List<Row> rows;
    private final Map<String, Device> devices = new HashMap<>();

    /**
     * From rows of any order; a device may have several, one a measure.
     *
     * @throws IllegalArgumentException with a message for the user if two contradict each other
     */
    public Reference(List<Row> rows) {
        this.rows = List.copyOf(rows);
        for (Row row : rows) {
            add(row);
        }
        Map<Map<String, String>, Map<String, String>> shared = new HashMap<>();
        devices.values().forEach(device -> device.units = shared.computeIfAbsent(device.units, units -> units));
    }

    private void add(Row row) {
        Device device = devices.computeIfAbsent(row.deviceId, id -> new Device());
        device.location = same(row, "location", device.location, row.location);
        device.name = same(row, "name", device.name, row.name);
        if (row.measure == null && row.unit == null && Double.isNaN(row.low) && Double.isNaN(row.high)) {
            return;
        }
        Measure measure = new Measure(row.unit, row.low, row.high);
        Measure before = device.measures.putIfAbsent(row.measure, measure);
        if (before != null && !before.equals(measure)) {
            throw new IllegalArgumentException("two rows of device \"" + row.deviceId + "\"" + (row.measure == null ? "" : " and measure \"" + row.measure + "\"")
                    + " contradict each other (expected one)");
        }
        if (row.low > row.high) {
            throw new IllegalArgumentException("the limits of device \"" + row.deviceId + "\" are the wrong way round (expected low below high, actual "
                    + row.low + " and " + row.high + ")");
        }
        if (row.unit != null) {
            device.units.put(row.measure, row.unit);
        }
    }

    private static String same(Row row, String what, String before, String now) {
        if (before != null && now != null && !before.equals(now)) {
            throw new IllegalArgumentException("two rows of device \"" + row.deviceId + "\" contradict each other (expected one " + what + ", actual \"" + before
                    + "\" and \"" + now + "\")");
        }
        return before == null ? now : before;
    }

    /** What is known of a device; null if nothing is. */
    public Device device(String id) {
        return devices.get(id);
    }

    /** How many devices are known. */
    public int size() {
        return devices.size();
    }

    /** What it was made of. */
    public List<Row> rows() {
        return rows;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reference reference && rows.equals(reference.rows);
    }

    @Override
    public int hashCode() {
        return rows.hashCode();
    }
}
