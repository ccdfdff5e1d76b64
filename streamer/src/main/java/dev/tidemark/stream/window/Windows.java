package dev.tidemark.stream.window;

import dev.tidemark.stream.decode.Reading;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The aggregator: readings and a watermark in, window rows out. The same readings in the same order with the same watermarks give the same rows to the
 * bit; what a location gets does not depend on the order in which its devices came. Times are microseconds since
 * 1970-01-01T00:00Z. Not thread-safe.
 */
public final class Windows {

    private final List<WindowSpec> specs;
    private final List<TreeMap<Long, Pane>> panes = new ArrayList<>();
    private final Map<String, Device> devices = new HashMap<>();
    private long watermark;

    /**
     * Windows that end at or before the watermark count as closed already: an aggregator is rebuilt by giving it the readings again.
     *
     * @param watermark where to begin, {@link Watermarks#NONE} for the beginning of time
     * @throws IllegalArgumentException with a message for the user for windows that are not supported
     */
    public Windows(List<WindowSpec> specs, long watermark) {
        for (WindowSpec spec : specs) {
            if (spec.kind() == WindowSpec.Kind.SESSION) {
                throw new IllegalArgumentException("session windows are not available yet (expected a tumbling or sliding window such as 5m or 5m/1m, actual \""
                        + spec.name() + "\")");
            }
            panes.add(new TreeMap<>());
        }
        this.specs = List.copyOf(specs);
        this.watermark = watermark;
    }

    /** One open window: the devices' parts in it. */
    private static final class Pane {

        private final List<Device.Part> parts = new ArrayList<>();
        private boolean sorted = true;

        void add(Device.Part part) {
            parts.add(part);
            sorted = false;
        }

        List<Device.Part> inOrder() {
            if (!sorted) {
                parts.sort((a, b) -> Device.ORDER.compare(a.device, b.device));
                sorted = true;
            }
            return parts;
        }
    }

    /**
     * Adds a reading to all its windows that are still open.
     *
     * @return whether it is late: at least one of its windows is closed
     */
    public boolean add(Reading reading) {
        Device device = device(reading.deviceId(), reading.location());
        Device.Mapping mapping = device == null ? null : device.mapping(reading.shape());
        long time = reading.eventTime();
        boolean late = false;
        for (int i = 0; i < specs.size(); i++) {
            WindowSpec spec = specs.get(i);
            for (long start = spec.latestStart(time); start > time - spec.length(); start -= spec.step()) {
                if (start + spec.length() <= watermark) {
                    late = true;
                    break;
                }
                if (device == null) {
                    device = begin(reading.deviceId(), reading.location());
                    mapping = device.mapping(reading.shape());
                }
                Device.Part part = device.find(i, start);
                if (part == null) {
                    part = device.begin(i, start);
                    panes.get(i).computeIfAbsent(start, s -> new Pane()).add(part);
                }
                part.add(mapping, reading);
            }
        }
        return late;
    }

    private Device device(String id, String location) {
        Device device = devices.get(id);
        while (device != null && !Objects.equals(device.location, location)) {
            device = device.elsewhere;
        }
        return device;
    }

    private Device begin(String id, String location) {
        Device device = new Device(id, location, specs.size());
        device.elsewhere = devices.put(id, device);
        return device;
    }

    private void forget(Device gone) {
        Device device = devices.get(gone.id);
        if (device == gone) {
            if (gone.elsewhere == null) {
                devices.remove(gone.id);
            } else {
                devices.put(gone.id, gone.elsewhere);
            }
            return;
        }
        while (device.elsewhere != gone) {
            device = device.elsewhere;
        }
        device.elsewhere = gone.elsewhere;
    }

    /** Where time stands: windows that end at or before it are closed. */
    public long watermark() {
        return watermark;
    }

    /**
     * Moves the watermark, never back, and closes the windows that end at or before it. Their rows come in the order
     * of the windows as configured, start, grain (devices first), device and location, measure.
     */
    public void advance(long newWatermark, Consumer<WindowRow> closed) {
        if (newWatermark <= watermark) {
            return;
        }
        watermark = newWatermark;
        for (int i = 0; i < specs.size(); i++) {
            TreeMap<Long, Pane> open = panes.get(i);
            while (!open.isEmpty() && open.firstKey() + specs.get(i).length() <= watermark) {
                long start = open.firstKey();
                Pane pane = open.pollFirstEntry().getValue();
                emit(specs.get(i), start, pane, closed);
                for (Device.Part part : pane.parts) {
                    if (part.device.end(i, start)) {
                        forget(part.device);
                    }
                }
            }
        }
    }

    /** Closes every open window: the watermark goes to the end of the last one. */
    public void closeAll(Consumer<WindowRow> closed) {
        long end = watermark;
        for (int i = 0; i < specs.size(); i++) {
            if (!panes.get(i).isEmpty()) {
                end = Math.max(end, panes.get(i).lastKey() + specs.get(i).length());
            }
        }
        advance(end, closed);
    }

    /** The rows of the windows that are open now, in the order of {@link #advance}. */
    public void open(Consumer<WindowRow> rows) {
        for (int i = 0; i < specs.size(); i++) {
            WindowSpec spec = specs.get(i);
            panes.get(i).forEach((start, pane) -> emit(spec, start, pane, rows));
        }
    }

    private static void emit(WindowSpec spec, long start, Pane pane, Consumer<WindowRow> rows) {
        TreeMap<String, TreeMap<String, Aggregate>> locations = new TreeMap<>();
        for (Device.Part part : pane.inOrder()) {
            Device device = part.device;
            TreeMap<String, Aggregate> location = device.location == null ? null
                    : locations.computeIfAbsent(device.location, l -> new TreeMap<>());
            for (int number : device.measuresByName()) {
                Aggregate aggregate = part.get(number);
                if (aggregate == null) {
                    continue;
                }
                String measure = device.measure(number);
                rows.accept(aggregate.row(spec, start, WindowRow.DEVICE, device.id, device.location, measure));
                if (location != null) {
                    location.computeIfAbsent(measure, m -> new Aggregate()).merge(aggregate);
                }
            }
        }
        locations.forEach((location, measures) -> measures.forEach((measure, aggregate) ->
                rows.accept(aggregate.row(spec, start, WindowRow.LOCATION, null, location, measure))));
    }
}
