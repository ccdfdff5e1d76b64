package dev.tidemark.stream.window;

import dev.tidemark.stream.decode.Reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/** All open windows of one tumbling or sliding specification. A location's row is made from its devices' parts when it is asked for. */
final class Panes {

    private final WindowSpec spec;
    private final int number;
    private final TreeMap<Long, Pane> open = new TreeMap<>();

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

    Panes(WindowSpec spec, int number) {
        this.spec = spec;
        this.number = number;
    }

    /** Adds a reading to its windows that are open; true if it is late for one. */
    boolean add(Device device, Device.Mapping mapping, Reading reading, long watermark) {
        long time = reading.eventTime();
        for (long start = spec.latestStart(time); start > time - spec.length(); start -= spec.step()) {
            if (start + spec.length() <= watermark) {
                return true;
            }
            Device.Part part = device.find(number, start);
            if (part == null) {
                part = device.begin(number, start);
                restored(part);
            }
            part.add(mapping, reading);
        }
        return false;
    }

    /** Takes in a part that is new or was read. */
    void restored(Device.Part part) {
        open.computeIfAbsent(part.start, start -> new Pane()).add(part);
    }

    /**
     * Closes the windows that end at or before the watermark.
     *
     * @param forgotten subjects of which nothing is left
     */
    void advance(long watermark, Consumer<WindowRow> closed, Consumer<Subject> forgotten) {
        while (!open.isEmpty() && open.firstKey() + spec.length() <= watermark) {
            Pane pane = open.firstEntry().getValue();
            emit(open.pollFirstEntry().getKey(), pane, closed);
            for (Device.Part part : pane.parts) {
                part.device.end(number, part);
                if (part.device.isIdle()) {
                    forgotten.accept(part.device);
                }
            }
        }
    }

    /** The rows of the open windows. */
    void open(Consumer<WindowRow> rows) {
        open.forEach((start, pane) -> emit(start, pane, rows));
    }

    /** When the last window ends; the beginning of time if none is open. */
    long end() {
        return open.isEmpty() ? Long.MIN_VALUE : open.lastKey() + spec.length();
    }

    private void emit(long start, Pane pane, Consumer<WindowRow> rows) {
        long end = start + spec.length();
        List<Location> locations = new ArrayList<>();
        for (Device.Part part : pane.inOrder()) {
            emit(part, end, rows);
            Location place = part.device.place;
            if (place != null && place.add(part)) {
                locations.add(place);
            }
        }
        locations.sort(Comparator.comparing((Location location) -> location.location));
        for (Location location : locations) {
            emit(location, start, end, rows);
            location.clear();
        }
    }

    private void emit(Device.Part part, long end, Consumer<WindowRow> rows) {
        for (int measure : part.device.measuresByName()) {
            Aggregate aggregate = part.get(measure);
            if (aggregate != null) {
                rows.accept(aggregate.row(spec.name(), part.start, end, part.device, measure));
            }
        }
    }

    private void emit(Location location, long start, long end, Consumer<WindowRow> rows) {
        for (int measure : location.measuresByName()) {
            Aggregate aggregate = location.sum(measure);
            if (aggregate != null) {
                rows.accept(aggregate.row(spec.name(), start, end, location, measure));
            }
        }
    }
}
