package dev.tidemark.stream.hub;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All event hubs of a data folder, and the consumer groups that may read them. */
final class Hubs implements Closeable {

    private static final String DEFAULT_GROUP = "$default";

    private final Map<String, EventHub> hubs = new LinkedHashMap<>();
    private final Set<String> groups;

    private Hubs(Set<String> groups) {
        this.groups = groups;
    }

    /** Opens those that are there and those that are asked for; with neither, the one that is the default. */
    static Hubs open(Path folder, HubSettings settings, Instant now) throws IOException {
        Map<String, String> names = new TreeMap<>();
        Map<String, Integer> counts = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path hub : all.filter(path -> Files.exists(path.resolve(EventHub.FILE))).toList()) {
                names.put(hub.getFileName().toString(), hub.getFileName().toString());
            }
        }
        settings.hubs().forEach((name, partitions) -> {
            names.put(EventHub.folder(name), name);
            counts.put(EventHub.folder(name), partitions);
        });
        if (names.isEmpty()) {
            names.put(HubSettings.DEFAULT_HUB, HubSettings.DEFAULT_HUB);
            counts.put(HubSettings.DEFAULT_HUB, HubSettings.DEFAULT_PARTITIONS);
        }
        Hubs opened = new Hubs(Stream.concat(Stream.of(DEFAULT_GROUP), settings.groups().stream()).map(Consumers::group).collect(Collectors.toUnmodifiableSet()));
        try {
            for (Map.Entry<String, String> name : names.entrySet()) {
                opened.hubs.put(name.getKey(), EventHub.open(folder.resolve(name.getKey()), name.getValue(), counts.getOrDefault(name.getKey(), 0), now,
                        settings.retentionRule(), settings.force()));
            }
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    Collection<EventHub> all() {
        return hubs.values();
    }

    /** @throws AmqpError if there is none of this name, in any case */
    EventHub find(String name) throws AmqpError {
        EventHub hub = hubs.get(EventHub.folder(name));
        if (hub == null) {
            throw Address.notFound("hub " + name);
        }
        return hub;
    }

    /** @throws AmqpError if the hubs have no such consumer group */
    String group(String name) throws AmqpError {
        String group = Consumers.group(name);
        if (!groups.contains(group)) {
            throw Address.notFound("consumer group " + name);
        }
        return group;
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (EventHub hub : hubs.values()) {
            try {
                hub.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
