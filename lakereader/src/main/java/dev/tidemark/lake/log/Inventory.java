package dev.tidemark.lake.log;

import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out which data files are gone. A folder of which many are asked for is listed once, which is cheaper than asking for each. */
public final class Inventory {

    private static final int LIST_FROM = 16;
    private static final String FILE = "file:";

    private Inventory() {
    }

    /**
     * Those of some data files that are not there.
     *
     * @param locations as {@link Place#locate} gives them
     * @throws IOException if that cannot be found out
     */
    public static Set<String> missing(Collection<String> locations) throws IOException {
        Map<String, List<String>> byFolder = new HashMap<>();
        for (String location : locations) {
            byFolder.computeIfAbsent(location.substring(0, location.lastIndexOf('/')), folder -> new ArrayList<>()).add(location);
        }
        Set<String> missing = new HashSet<>();
        for (Map.Entry<String, List<String>> folder : byFolder.entrySet()) {
            boolean local = folder.getKey().regionMatches(true, 0, FILE, 0, FILE.length());
            if (folder.getValue().size() >= LIST_FROM) {
                Set<String> names = local ? names(path(folder.getKey())) : stored(folder.getKey());
                folder.getValue().stream().filter(location -> !names.contains(location.substring(location.lastIndexOf('/') + 1))).forEach(missing::add);
            } else {
                for (String location : folder.getValue()) {
                    if (!(local ? exists(path(location)) : isStored(location))) {
                        missing.add(location);
                    }
                }
            }
        }
        return missing;
    }

    private static Path path(String location) {
        String path = location.substring(FILE.length());
        return Path.of(path.matches("/[A-Za-z]:.*") ? path.substring(1) : path.isEmpty() ? "/" : path);
    }

    private static boolean exists(Path file) throws IOException {
        try {
            Files.readAttributes(file, BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Set.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    private static FileSystem store(Place place) throws IOException {
        return place.hadoop().getFileSystem(HadoopSettings.of(place));
    }

    private static boolean isStored(String location) throws IOException {
        Place place = Place.of(location);
        try {
            store(place).getFileStatus(place.hadoop());
            return true;
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    private static Set<String> stored(String location) throws IOException {
        Place folder = Place.of(location);
        Set<String> names = new HashSet<>();
        try {
            for (FileStatus file : store(folder).listStatus(folder.hadoop())) {
                names.add(file.getPath().getName());
            }
        } catch (FileNotFoundException e) {
            return Set.of();
        }
        return names;
    }
}
