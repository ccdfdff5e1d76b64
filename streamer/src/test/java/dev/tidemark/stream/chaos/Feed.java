package dev.tidemark.stream.chaos;

import dev.tidemark.stream.hub.Hub;
import dev.tidemark.stream.hub.HubSettings;
import dev.tidemark.stream.source.PortFront;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the streamers under attack read: a hub with two partitions, all messages of a location in one of them, as an IoT Hub has it. Each message is the same one
 * whoever reads it, how often, and how far he had come when he was killed.
 */
final class Feed implements AutoCloseable {

    private static final String NAME = "telemetry";
    private static final int PARTITIONS = 2;

    private final Path data;
    private final Path access;
    private final HubSettings settings;
    private Hub hub;
    private PortFront front;
    private long next;
    private long late;

    Feed(Path folder) throws IOException {
        this.data = folder.resolve("hub");
        this.access = folder.resolve("hub.txt");
        this.settings = HubSettings.in(data, Clock.systemUTC()).withHub(NAME, PARTITIONS).withGroup(Siege.BESIEGED).withGroup(Siege.PEACEFUL).withForce(false);
        open();
    }

    private void open() throws IOException {
        hub = Hub.open(settings);
        if (front == null) {
            // The port is a part of what the source is called: it stays the same for a hub that is made anew.
            front = PortFront.plain(hub.port());
            Files.writeString(access, hub.connectionString(NAME).replace(":" + hub.port() + ";", ":" + front.port() + ";"));
        }
        front.target(hub.port());
    }

    /** Adds the next messages of the plant. */
    void add(int messages) throws IOException {
        for (int i = 0; i < messages; i++) {
            append(next, Telemetry.body(next));
            next++;
        }
    }

    /** Adds readings of the time when the plant sent these messages. */
    void addLate(int from, int to) throws IOException {
        for (int number = from; number < to; number++) {
            append(number, Telemetry.late(number));
            late++;
        }
    }

    private void append(long number, String body) throws IOException {
        hub.append(NAME, Telemetry.hall(number), Map.of("iothub-connection-device-id", Telemetry.device(number)), Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    /** How many messages there were so far. */
    long size() {
        return next + late;
    }

    /** What a streamer is told to read it. */
    String source() {
        return "eventhubs:connection-string-file=" + access;
    }

    /** Cuts all connections. */
    void disturb() {
        hub.dropConnections();
    }

    /** The hub is deleted and made again, under the same name; its numbers begin anew. */
    void recreate() throws IOException {
        hub.close();
        try (Stream<Path> all = Files.walk(data)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        open();
    }

    @Override
    public void close() throws IOException {
        front.close();
        hub.close();
    }
}
