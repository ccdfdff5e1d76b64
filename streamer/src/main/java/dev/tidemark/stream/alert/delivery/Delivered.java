package dev.tidemark.stream.alert.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/** How far a channel has come, in a small file that is replaced as a whole. If it is lost, the channel begins with what comes then. */
final class Delivered {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    Delivered(Path folder, String channel) {
        this.file = folder.resolve(channel + ".json");
    }

    /** {@code raised_at} of the last change that was told; empty if there is no such file. */
    OptionalLong read() throws IOException {
        if (!Files.exists(file)) {
            return OptionalLong.empty();
        }
        JsonNode through = JSON.readTree(file.toFile()).path("raised_at");
        if (!through.isIntegralNumber()) {
            throw new IOException(file + " does not say how far delivery has come (expected {\"raised_at\":…}); delete it to begin with what comes now");
        }
        return OptionalLong.of(through.longValue());
    }

    void write(long through) throws IOException {
        Files.createDirectories(file.getParent());
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, "{\"raised_at\":" + through + "}\n");
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
