package dev.tidemark.stream.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** A folder with a clock, and a drop that is read to the end of what is there. */
final class DropFolder {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    final Path root;
    final HandClock clock = new HandClock(NOW);

    DropFolder(Path root) {
        this.root = root;
    }

    /** A file that was written a minute ago. */
    Path put(String name, String text) {
        return put(name, text.getBytes(StandardCharsets.UTF_8), Duration.ofMinutes(1));
    }

    Path put(String name, byte[] content) {
        return put(name, content, Duration.ofMinutes(1));
    }

    /** A file that was written some time ago. */
    Path put(String name, byte[] content, Duration ago) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            Files.setLastModifiedTime(file, FileTime.from(clock.instant().minus(ago)));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FileDrop open() {
        return open(Map.of());
    }

    FileDrop open(Map<String, Long> positions) {
        try {
            FileDrop drop = new FileDrop(root, clock);
            drop.open(positions, () -> { });
            return drop;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens, reads what is there, and closes. */
    Map<String, List<String>> read() {
        return read(Map.of());
    }

    Map<String, List<String>> read(Map<String, Long> positions) {
        try (FileDrop drop = open(positions)) {
            return rest(drop, 1_000);
        }
    }

    /** Polls all partitions until nothing comes any more: partition → bodies. */
    static Map<String, List<String>> rest(FileDrop drop, int max) {
        Map<String, List<String>> bodies = new TreeMap<>();
        boolean more = true;
        while (more) {
            more = false;
            for (SourcePartition partition : drop.partitions()) {
                for (Message message : partition.poll(max)) {
                    bodies.computeIfAbsent(partition.id(), id -> new ArrayList<>()).add(message.text());
                    more = true;
                }
            }
        }
        return bodies;
    }

    static byte[] gzip(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
