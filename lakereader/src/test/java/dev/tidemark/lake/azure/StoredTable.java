package dev.tidemark.lake.azure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Puts a folder of this machine into a container, as it is. */
public final class StoredTable {

    private StoredTable() {
    }

    /** Copies all its files. */
    public static void copy(Path folder, DfsTree container, String path) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    container.file(path + "/" + folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file), Files.getLastModifiedTime(file).toInstant());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
