package dev.tidemark.stream.pipeline;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The state files of a lake: {@code gold/windows/_streamer/state/GENERATION-ID.state}. They never change. Thread-safe. */
final class StateFolder {

    private static final Pattern NAME = Pattern.compile("(\\d{20})-([0-9a-f]{16})\\.state");
    private static final String UNFINISHED = ".tmp";

    private final Path folder;
    private final boolean durable;

    /** A file by its name. */
    record Named(Path path, long generation, long id) {
    }

    /** @param durable whether files are forced to the disk */
    StateFolder(Path folder, boolean durable) {
        this.folder = folder;
        this.durable = durable;
    }

    /** Writes a file: whole, or not at all under its name. */
    void write(StateFile state) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(String.format("%020d-%016x.state", state.head().generation(), state.head().id()));
        Path unfinished = folder.resolve(file.getFileName() + UNFINISHED);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
             OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
            state.write(out);
            out.flush();
            if (durable) {
                channel.force(true);
            }
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What is there, the newest generation first. */
    List<Named> list() throws IOException {
        List<Named> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path path : all) {
                Matcher name = NAME.matcher(path.getFileName().toString());
                if (name.matches()) {
                    files.add(new Named(path, Long.parseLong(name.group(1)), Long.parseUnsignedLong(name.group(2), 16)));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        files.sort(Comparator.comparingLong(Named::generation).reversed());
        return files;
    }

    byte[] read(Named file) throws IOException {
        return Files.readAllBytes(file.path);
    }

    /** Deletes the files outside of these generations, and what was never finished. */
    void keep(long oldest, long newest) throws IOException {
        for (Named file : list()) {
            if (file.generation < oldest || file.generation > newest) {
                Files.deleteIfExists(file.path);
            }
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
            for (Path path : all) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // nothing there
        }
    }
}
