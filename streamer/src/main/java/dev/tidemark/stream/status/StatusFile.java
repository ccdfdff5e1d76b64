package dev.tidemark.stream.status;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where a streamer leaves its status: {@code _streamer/status.json} below the lake's root. It is replaced whole, and not forced to the disk: nothing depends
 * on it.
 */
final class StatusFile {

    static final ObjectMapper JSON = new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Path root;
    private final Path file;

    StatusFile(Path root) {
        this.root = root;
        this.file = root.resolve("_streamer").resolve("status.json");
    }

    /** Replaces the status. Where there is no lake yet, nothing is written. */
    void write(Status status) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        Files.createDirectories(file.getParent());
        Path whole = file.resolveSibling(".status-" + status.process().pid() + ".tmp");
        try {
            Files.write(whole, JSON.writeValueAsBytes(status));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    /** The status that was left last; empty if there is none, or it cannot be understood. */
    Optional<Status> read() {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), Status.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
