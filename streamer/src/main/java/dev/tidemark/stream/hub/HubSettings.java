package dev.tidemark.stream.hub;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a hub is to be. Made by {@link #in} and changed by the {@code with} methods; immutable.
 *
 * @param data           folder of the events
 * @param port           0: one that is free
 * @param address        a name or number of this machine; without a key it must be a loopback one
 * @param hubs           partitions by name, for those that must be there; they are made if they are not
 * @param groups         consumer groups beside {@code $Default}
 * @param retention      how long events are kept, unless there are too many
 * @param retentionBytes of a partition, about
 * @param segmentBytes   how large the log's files are, about: the unit in which events are dropped
 * @param force          whether events are on the disk when they are acknowledged; without it the operating system has them: killing the hub loses
 *                       nothing, a power cut does
 * @param key            that tokens must be signed with; null: anybody on this machine may do everything
 * @param clock          gives events their enqueued time
 */
public record HubSettings(Path data, int port, String address, Map<String, Integer> hubs, Set<String> groups, Duration retention, long retentionBytes,
        long segmentBytes, boolean force, String key, InstantSource clock) {

    static final String DEFAULT_HUB = "telemetry";
    static final int DEFAULT_PARTITIONS = 4;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,254}[A-Za-z0-9])?");
    private static final int SHORTEST_KEY = 16;
    private static final long SMALLEST_SEGMENT = 4 << 10;

    /** @throws IllegalArgumentException if no hub can be so; the message is for the user */
    public HubSettings {
        Objects.requireNonNull(data);
        Objects.requireNonNull(clock);
        hubs = Map.copyOf(hubs);
        groups = Set.copyOf(groups);
        require(port >= 0 && port <= 0xffff, "port", "0 to 65535", port);
        hubs.forEach((name, partitions) -> {
            require(NAME.matcher(name).matches(), "name of a hub", "letters, digits, '.', '_', '-'", name);
            require(partitions >= 1 && partitions <= EventHub.MOST_PARTITIONS, "number of partitions", "1 to " + EventHub.MOST_PARTITIONS, partitions);
        });
        groups.forEach(group -> require(group.equalsIgnoreCase("$Default") || NAME.matcher(group).matches(), "consumer group", "letters, digits, '.', '_', '-'", group));
        require(retention.compareTo(Duration.ofMinutes(1)) >= 0, "retention", "a minute or more", retention);
        require(retentionBytes >= segmentBytes, "retention in bytes", segmentBytes + " or more", retentionBytes);
        require(segmentBytes >= SMALLEST_SEGMENT && segmentBytes <= 1 << 30, "size of a file", SMALLEST_SEGMENT + " to " + (1 << 30), segmentBytes);
        if (key != null && key.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException("Cannot use the key: it is too short (expected " + SHORTEST_KEY + " characters or more)");
        }
    }

    private static void require(boolean good, String what, String expected, Object actual) {
        if (!good) {
            throw new IllegalArgumentException("Cannot use this " + what + " (expected " + expected + ", actual " + actual + ")");
        }
    }

    /** A hub on a free port of the loopback address, kept a week, open to this machine. */
    public static HubSettings in(Path data, InstantSource clock) {
        return new HubSettings(data, 0, "localhost", Map.of(), Set.of(), Duration.ofDays(7), Long.MAX_VALUE, 64 << 20, true, null, clock);
    }

    public HubSettings withPort(int newPort) {
        return new HubSettings(data, newPort, address, hubs, groups, retention, retentionBytes, segmentBytes, force, key, clock);
    }

    public HubSettings withAddress(String newAddress) {
        return new HubSettings(data, port, newAddress, hubs, groups, retention, retentionBytes, segmentBytes, force, key, clock);
    }

    /** With one more hub. */
    public HubSettings withHub(String name, int partitions) {
        Map<String, Integer> more = new LinkedHashMap<>(hubs);
        more.put(name, partitions);
        return new HubSettings(data, port, address, more, groups, retention, retentionBytes, segmentBytes, force, key, clock);
    }

    /** With one more consumer group. */
    public HubSettings withGroup(String group) {
        Set<String> more = new TreeSet<>(groups);
        more.add(group);
        return new HubSettings(data, port, address, hubs, more, retention, retentionBytes, segmentBytes, force, key, clock);
    }

    public HubSettings withRetention(Duration age, long bytes) {
        return new HubSettings(data, port, address, hubs, groups, age, bytes, Math.min(segmentBytes, Math.max(SMALLEST_SEGMENT, bytes / 4)), force, key, clock);
    }

    public HubSettings withSegmentBytes(long bytes) {
        return new HubSettings(data, port, address, hubs, groups, retention, retentionBytes, bytes, force, key, clock);
    }

    public HubSettings withForce(boolean newForce) {
        return new HubSettings(data, port, address, hubs, groups, retention, retentionBytes, segmentBytes, newForce, key, clock);
    }

    public HubSettings withKey(String newKey) {
        return new HubSettings(data, port, address, hubs, groups, retention, retentionBytes, segmentBytes, force, newKey, clock);
    }

    Retention retentionRule() {
        return new Retention(retention.toMillis(), retentionBytes, segmentBytes);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "HubSettings[data=" + data + ", port=" + port + ", address=" + address + ", hubs=" + hubs + ", " + (key == null ? "open" : "with a key") + "]";
    }
}
