package dev.tidemark.stream.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/** Files in a folder, one a portion. */
final class FileFeed implements Feed {

    private final Path folder;
    private long next;
    private int files;

    FileFeed(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    @Override
    public void add(int messages) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < messages; i++) {
            lines.append(Telemetry.body(next++)).append('\n');
        }
        Path file = folder.resolve(String.format("portion-%05d.jsonl", files++));
        Files.write(file, lines.toString().getBytes(StandardCharsets.UTF_8));
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(1_700_000_000L + files)));
    }

    @Override
    public List<String> arguments() {
        return List.of("--source", "files:" + folder, "--once");
    }

    @Override
    public void close() {
    }
}
