package dev.tidemark.stream.source;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A plant that is not there ({@code simulate:…}). Its messages are numbered slots, one after the other at the rate, dealt to the devices
 * in turn and to partitions by device; what a slot holds follows from the seed and its number alone, so every message can be read again.
 * A slot of a silent device stays empty, so numbers have gaps.
 *
 * <p>A <em>live</em> simulator runs by the clock: slot 0 was at 1970-01-01T00:00Z. As a hub would, it retains ten minutes, or as many more as it is
 * told to begin with.
 * A <em>replay</em> has a start and an end and is read at any speed.
 */
public final class Simulator implements EventSource {

    private static final int PARTITIONS = 4;
    private static final int RETAINED_MINUTES = 10;
    private static final long TICK_MILLIS = 20;
    private static final long SECOND = 1_000_000;

    private final Plant.Layout layout;
    private final int rate;
    /** Time of slot 0, microseconds since 1970. */
    private final long start;
    /** Slots in all; unlimited if live. */
    private final long count;
    /** Null for a replay. */
    private final InstantSource clock;
    /** How far back a live simulator begins, microseconds. */
    private final long history;
    private final String name;
    private final List<Part> parts = new ArrayList<>();
    private ScheduledExecutorService ticks;

    private Simulator(String name, Plant.Layout layout, int rate, long start, long count, InstantSource clock, long history) {
        this.name = name;
        this.layout = layout;
        this.rate = rate;
        this.start = start;
        this.count = count;
        this.clock = clock;
        this.history = history;
    }

    /**
     * Runs by the clock at {@code rate} messages a second, and never ends.
     *
     * @param historyMinutes how far back its first messages lie
     */
    static Simulator live(Plant.Layout layout, int rate, int historyMinutes, InstantSource clock) {
        return new Simulator(name(layout, rate), layout, rate, 0, Long.MAX_VALUE, clock, TimeUnit.MINUTES.toMicros(historyMinutes));
    }

    /** {@code count} slots, the first at {@code start}, as fast as they are read. */
    static Simulator replay(Plant.Layout layout, int rate, Instant start, long count) {
        return new Simulator(name(layout, rate) + ",start=" + start + ",count=" + count, layout, rate, micros(start), count, null, 0);
    }

    private static String name(Plant.Layout layout, int rate) {
        String faults = !layout.faults() ? ",faults=false" : layout.calm() > 1 ? ",faults=few" : "";
        return "simulate:devices=" + layout.devices() + ",rate=" + rate + ",seed=" + layout.seed() + faults;
    }

    /** All that its messages depend on: with other settings it is another source. */
    @Override
    public String name() {
        return name;
    }

    @Override
    public void open(Map<String, Long> positions, Runnable arrived) {
        Plant plant = new Plant(layout);
        int partitions = Math.min(PARTITIONS, layout.devices());
        int[][] devices = new int[partitions][0];
        for (int device = 0; device < layout.devices(); device++) {
            // Kinds of devices repeat every few devices: the quotient keeps a partition from holding a single kind.
            int partition = (device + device / PARTITIONS) % partitions;
            devices[partition] = Arrays.copyOf(devices[partition], devices[partition].length + 1);
            devices[partition][devices[partition].length - 1] = device;
        }
        for (int i = 0; i < partitions; i++) {
            Part part = new Part(Integer.toString(i), plant, devices[i]);
            part.position = positions.getOrDefault(part.id, -1L);
            part.next = part.position + 1;
            if (clock != null) {
                long back = part.position < 0 ? history : Math.max(history, TimeUnit.MINUTES.toMicros(RETAINED_MINUTES));
                part.next = Math.max(part.next, part.slotsBefore(slotsUntil(micros(clock.instant()) - back)));
            }
            if (part.position != SourcePartition.END) {
                parts.add(part);
            }
        }
        if (clock != null) {
            ticks = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "simulator");
                thread.setDaemon(true);
                return thread;
            });
            ticks.scheduleAtFixedRate(arrived, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public List<SourcePartition> partitions() {
        parts.removeIf(part -> part.reported);
        parts.forEach(part -> part.reported = part.finished());
        return List.copyOf(parts);
    }

    @Override
    public boolean drained() {
        return clock == null && parts.stream().allMatch(Part::finished);
    }

    @Override
    public List<String> problems() {
        return List.of();
    }

    @Override
    public void close() {
        if (ticks != null) {
            ticks.shutdownNow();
        }
    }

    /** Time of a slot of the plant, microseconds since 1970. */
    private long time(long slot) {
        return start + slot / rate * SECOND + slot % rate * SECOND / rate;
    }

    /** How many slots of the plant lie before or at {@code time}. */
    private long slotsUntil(long time) {
        long since = Math.max(0, time - start);
        return since / SECOND * rate + since % SECOND * rate / SECOND + 1;
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * SECOND + instant.getNano() / 1_000;
    }

    /** The slots of some of the devices. */
    private final class Part implements SourcePartition {

        private final String id;
        private final Plant plant;
        /** Ascending. */
        private final int[] devices;
        private long next;
        private long position;
        private boolean reported;

        Part(String id, Plant plant, int[] devices) {
            this.id = id;
            this.plant = plant;
            this.devices = devices;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public boolean finished() {
            return position == END;
        }

        @Override
        public List<Message> poll(int max) {
            if (finished()) {
                return List.of();
            }
            long end = slotsBefore(clock == null ? count : slotsUntil(micros(clock.instant())));
            List<Message> messages = new ArrayList<>();
            while (next < end && messages.isEmpty()) {
                long cut = Math.min(end, next / max * max + max);
                for (; next < cut; next++) {
                    int device = devices[(int) (next % devices.length)];
                    long slot = next / devices.length * layout.devices() + device;
                    long time = time(slot);
                    long before = slot < layout.devices() ? time : time(slot - layout.devices());
                    byte[] body = plant.message(device, slot, time, before);
                    if (body != null) {
                        messages.add(new Message(next, time, plant.name(device), Plant.PROPERTIES, body));
                        position = next;
                    }
                }
            }
            if (clock == null && next == end) {
                position = END;
            }
            return messages;
        }

        @Override
        public long behind() {
            return finished() ? 0 : Math.max(0, slotsBefore(clock == null ? count : slotsUntil(micros(clock.instant()))) - next);
        }

        /** How many of the plant's first {@code slots} are of this partition. */
        private long slotsBefore(long slots) {
            int rest = Arrays.binarySearch(devices, (int) (slots % layout.devices()));
            return slots / layout.devices() * devices.length + (rest < 0 ? -rest - 1 : rest);
        }
    }
}
