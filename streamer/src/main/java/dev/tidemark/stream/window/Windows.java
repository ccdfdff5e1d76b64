package dev.tidemark.stream.window;

import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.state.StatePart;
import dev.tidemark.stream.state.StateReader;
import dev.tidemark.stream.state.StateWriter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The aggregator: readings and a watermark in, window rows out. The same readings in the same order with the same watermarks give the same rows to the
 * bit; what a location gets in tumbling and sliding windows does not depend on the order in which its devices came. Times are microseconds since
 * 1970-01-01T00:00Z. Not thread-safe.
 */
public final class Windows implements StatePart {

    private final List<WindowSpec> specs;
    /** Specification → its open windows; null for sessions. */
    private final Panes[] panes;
    /** Specification → its sessions; null for windows of a fixed length. */
    private final SessionWindows[] sessions;
    private final boolean anySessions;
    private final Map<String, Device> devices = new HashMap<>();
    private final Map<String, Location> locations = new HashMap<>();
    private Device[] devicesInOrder;
    private Location[] locationsInOrder;
    private long watermark;

    /**
     * Windows that end at or before the watermark count as closed already. For windows of a fixed length an aggregator can so be rebuilt by giving it the
     * readings again; sessions need the watermarks as well, as they were between the readings.
     *
     * @param watermark where to begin, {@link Watermarks#NONE} for the beginning of time
     */
    public Windows(List<WindowSpec> specs, long watermark) {
        this.specs = List.copyOf(specs);
        this.watermark = watermark;
        panes = new Panes[specs.size()];
        sessions = new SessionWindows[specs.size()];
        boolean any = false;
        for (int i = 0; i < panes.length; i++) {
            if (specs.get(i).kind() == WindowSpec.Kind.SESSION) {
                sessions[i] = new SessionWindows(specs.get(i), i);
                any = true;
            } else {
                panes[i] = new Panes(specs.get(i), i);
            }
        }
        anySessions = any;
    }

    /**
     * Adds a reading to all its windows that are still open.
     *
     * @return whether it is late: at least one of its windows is closed
     */
    public boolean add(Reading reading) {
        Device device = device(reading.deviceId(), reading.location());
        Device.Mapping mapping = device.mapping(reading.shape());
        boolean late = false;
        for (Panes of : panes) {
            if (of != null) {
                late |= of.add(device, mapping, reading, watermark);
            }
        }
        if (anySessions) {
            late |= addToSessions(device, mapping, reading);
        }
        if (device.isIdle()) {
            forget(device);
        }
        return late;
    }

    private boolean addToSessions(Device device, Device.Mapping mapping, Reading reading) {
        boolean late = false;
        long time = reading.eventTime();
        for (int i = 0; i < mapping.leaf().length; i++) {
            double value = reading.numbers()[mapping.leaf()[i]];
            if (value != value) {
                continue;
            }
            int measure = mapping.measure()[i];
            for (SessionWindows of : sessions) {
                if (of != null) {
                    late |= !of.add(device, measure, value, mapping.unit()[i], time, watermark);
                    if (device.place != null) {
                        late |= !of.add(device.place, device.atLocation(measure), value, mapping.unit()[i], time, watermark);
                    }
                }
            }
        }
        return late;
    }

    private Device device(String id, String location) {
        Device first = devices.get(id);
        Device device = first;
        while (device != null && !Objects.equals(device.location, location)) {
            device = device.elsewhere;
        }
        return device == null ? begin(id, location, first) : device;
    }

    private Device begin(String id, String location, Device elsewhere) {
        Location place = location == null ? null : location(location);
        Device device = new Device(id, place, specs.size());
        if (place != null) {
            place.opened();
        }
        device.elsewhere = elsewhere;
        devices.put(id, device);
        devicesInOrder = null;
        return device;
    }

    private Location location(String name) {
        return locations.computeIfAbsent(name, n -> {
            locationsInOrder = null;
            return new Location(n, specs.size());
        });
    }

    private void forget(Subject gone) {
        if (gone instanceof Device device) {
            forget(device);
        } else {
            locations.remove(gone.location);
            locationsInOrder = null;
        }
    }

    private void forget(Device gone) {
        devicesInOrder = null;
        Device device = devices.get(gone.deviceId);
        if (device == gone) {
            if (gone.elsewhere == null) {
                devices.remove(gone.deviceId);
            } else {
                devices.put(gone.deviceId, gone.elsewhere);
            }
        } else {
            while (device.elsewhere != gone) {
                device = device.elsewhere;
            }
            device.elsewhere = gone.elsewhere;
        }
        if (gone.place != null) {
            gone.place.ended();
            if (gone.place.isIdle()) {
                forget((Subject) gone.place);
            }
        }
    }

    /** Where time stands: windows that end at or before it are closed. */
    public long watermark() {
        return watermark;
    }

    /**
     * Moves the watermark, never back, and closes the windows that end at or before it. Their rows come in the order of the windows as configured, start,
     * grain (devices first), device and location, measure; those of sessions by start last.
     */
    public void advance(long newWatermark, Consumer<WindowRow> closed) {
        if (newWatermark <= watermark) {
            return;
        }
        watermark = newWatermark;
        for (int i = 0; i < specs.size(); i++) {
            if (panes[i] == null) {
                sessions[i].advance(watermark, closed, this::forget);
            } else {
                panes[i].advance(watermark, closed, this::forget);
            }
        }
    }

    /** Closes every open window: the watermark goes to the end of the last one. */
    public void closeAll(Consumer<WindowRow> closed) {
        long end = watermark;
        for (int i = 0; i < specs.size(); i++) {
            end = Math.max(end, panes[i] == null ? sessions[i].end() : panes[i].end());
        }
        advance(end, closed);
    }

    /** The rows of the windows that are open now, in the order of {@link #advance}. */
    public void open(Consumer<WindowRow> rows) {
        for (int i = 0; i < specs.size(); i++) {
            if (panes[i] == null) {
                SessionWindows of = sessions[i];
                for (Device device : devicesInOrder()) {
                    of.open(device, rows);
                }
                for (Location location : locationsInOrder()) {
                    of.open(location, rows);
                }
            } else {
                panes[i].open(rows);
            }
        }
    }

    private Device[] devicesInOrder() {
        if (devicesInOrder == null) {
            List<Device> all = new ArrayList<>(devices.size());
            for (Device first : devices.values()) {
                for (Device device = first; device != null; device = device.elsewhere) {
                    all.add(device);
                }
            }
            devicesInOrder = all.toArray(Device[]::new);
            Arrays.sort(devicesInOrder, Device.ORDER);
        }
        return devicesInOrder;
    }

    private Location[] locationsInOrder() {
        if (locationsInOrder == null) {
            locationsInOrder = locations.values().toArray(Location[]::new);
            Arrays.sort(locationsInOrder, Comparator.comparing((Location location) -> location.location));
        }
        return locationsInOrder;
    }

    @Override
    public String section() {
        return "windows";
    }

    @Override
    public int form() {
        return 1;
    }

    @Override
    public String settings() {
        return specs.stream().map(WindowSpec::name).collect(Collectors.joining(" "));
    }

    @Override
    public void write(StateWriter out) {
        out.number(watermark);
        out.number(locations.size());
        locations.forEach((name, location) -> {
            out.text(name);
            location.write(out);
        });
        Device[] all = devicesInOrder();
        out.number(all.length);
        for (Device device : all) {
            out.text(device.deviceId);
            out.text(device.location);
            device.write(out);
        }
    }

    @Override
    public void read(StateReader in) {
        watermark = in.longNumber();
        Subject.SessionsRead due = (spec, read) -> sessions[spec].restored(read);
        for (int i = in.count(8); i > 0; i--) {
            location(in.text()).read(in, due);
        }
        for (int i = in.count(12); i > 0; i--) {
            String id = in.text();
            begin(id, in.text(), devices.get(id)).read(in, due, (spec, part) -> panes[spec].restored(part));
        }
    }
}
