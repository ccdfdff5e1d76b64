package dev.tidemark.stream.hub;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One event hub: partitions, and when it was made, which tells it from another of the same name. Lives in a folder of its own with the file
 * {@value #FILE} and a folder a partition.
 */
final class EventHub implements Closeable {

    static final String FILE = "hub.properties";
    static final int MOST_PARTITIONS = 1024;

    private final String name;
    private final Instant created;
    private final List<Partition> partitions;
    private final AtomicInteger turn = new AtomicInteger();

    private EventHub(String name, Instant created, List<Partition> partitions) {
        this.name = name;
        this.created = created;
        this.partitions = partitions;
    }

    /**
     * Opens a hub, or makes it.
     *
     * @param count partitions it must have; 0: as many as it has
     * @param now   when it was made, if it is made
     */
    static EventHub open(Path folder, String name, int count, Instant now, Retention retention, boolean force) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            Files.createDirectories(folder);
            write(file, "created=" + now + "\npartitions=" + count + "\n");
        }
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        Instant created;
        int kept;
        try {
            created = Instant.parse(properties.getProperty("created", ""));
            kept = Integer.parseInt(properties.getProperty("partitions", ""));
        } catch (DateTimeParseException | NumberFormatException e) {
            throw new IOException("Cannot open hub " + name + ": " + file + " is damaged. Restore it from a backup, or move " + folder + " away to begin anew", e);
        }
        if (count != 0 && count != kept) {
            throw new IOException("Cannot open hub " + name + " with " + count + " partitions: it was made with " + kept + ". Ask for " + kept
                    + ", or move " + folder + " away to make it anew");
        }
        List<Partition> partitions = new ArrayList<>();
        EventHub hub = new EventHub(name, created, partitions);
        try {
            for (int i = 0; i < kept; i++) {
                partitions.add(new Partition(Integer.toString(i), PartitionLog.open(folder.resolve(Integer.toString(i)), retention, force), new Consumers()));
            }
        } catch (IOException | RuntimeException e) {
            hub.close();
            throw e;
        }
        return hub;
    }

    private static void write(Path file, String text) throws IOException {
        Path made = file.resolveSibling(FILE + ".new");
        try (FileChannel out = FileChannel.open(made, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            out.write(StandardCharsets.UTF_8.encode(text));
            out.force(true);
        }
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        DataFolder.force(file.getParent());
        DataFolder.force(file.getParent().getParent());
    }

    /**
     * One partition of a hub.
     *
     * @param id        its number, as text
     * @param consumers who reads it
     */
    record Partition(String id, PartitionLog log, Consumers consumers) {
    }

    String name() {
        return name;
    }

    Instant created() {
        return created;
    }

    List<Partition> partitions() {
        return partitions;
    }

    /** @throws AmqpError if there is none with this id */
    Partition partition(String id) throws AmqpError {
        for (Partition partition : partitions) {
            if (partition.id().equals(id)) {
                return partition;
            }
        }
        throw Address.notFound("partition " + id + " of " + name);
    }

    /** Where events with a key go; without one, each partition in its turn. */
    Partition partitionFor(String key) {
        return partitions.get(key == null ? Math.floorMod(turn.getAndIncrement(), partitions.size()) : PartitionKey.partition(key, partitions.size()));
    }

    /** The folder of a hub: its name in lower case, for clients may write it in any. */
    static String folder(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() throws IOException {
        for (Partition partition : partitions) {
            partition.log().close();
        }
    }
}
