package dev.tidemark.stream.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A folder and its sub-folders, looked at again and again: which files are there, and which of them rest, that is, are not being written
 * any more. Thread-safe.
 */
final class Folder {

    /** How a file's text is to be read. */
    enum Format { CSV, JSON, JSON_LINES }

    /**
     * A file to be read.
     *
     * @param name     path relative to the folder, with forward slashes
     * @param modified microseconds since 1970-01-01T00:00Z
     */
    record Entry(String name, Path path, long size, long modified, Format format, boolean packed) {

        boolean sameContent(Entry other) {
            return size == other.size && modified == other.modified;
        }
    }

    /**
     * What a look found.
     *
     * @param resting  files to be read, by name
     * @param writing  files that have not rested long enough, by name
     * @param folders  the folder and its sub-folders
     * @param problems what could not be looked at, for the user
     */
    record Look(SortedMap<String, Entry> resting, SortedMap<String, Entry> writing, Set<Path> folders, List<String> problems) { }

    /** A file counts as written when its size and modification time have not changed for so long, in microseconds. */
    static final long REST = TimeUnit.SECONDS.toMicros(2);

    private static final List<String> UNFINISHED = List.of(".tmp", ".part", ".crdownload", ".filepart", ".inprogress");

    private record Seen(long size, long modified, long since) { }

    private final Path root;
    private final InstantSource clock;
    private Map<String, Seen> seen = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private boolean toldOther;

    Folder(Path root, InstantSource clock) {
        this.root = root;
        this.clock = clock;
    }

    /** Looks. Problems are told once each. */
    synchronized Look look() throws IOException {
        Instant instant = clock.instant();
        long now = micros(instant);
        Look look = new Look(new TreeMap<>(), new TreeMap<>(), new HashSet<>(), new ArrayList<>());
        Map<String, Seen> before = seen;
        Map<String, Seen> after = new HashMap<>();
        Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (!folder.equals(root) && hidden(folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                look.folders().add(folder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && attributes.size() > 0 && !hidden(file)) {
                    visit(file, attributes);
                }
                return FileVisitResult.CONTINUE;
            }

            private void visit(Path file, BasicFileAttributes attributes) {
                String name = nameOf(file);
                String lower = name.toLowerCase(Locale.ROOT);
                if (UNFINISHED.stream().anyMatch(lower::endsWith)) {
                    return;
                }
                boolean packed = lower.endsWith(".gz");
                Format format = format(packed ? lower.substring(0, lower.length() - 3) : lower);
                if (format == null) {
                    if (!toldOther) {
                        toldOther = true;
                        look.problems().add("Cannot read " + name + ": unknown kind of file (expected .csv, .json, .jsonl or .ndjson, plain"
                                + " or with .gz); it and others like it are passed over");
                    }
                    return;
                }
                long modified = attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS);
                Seen last = before.get(name);
                boolean unchanged = last != null && last.size == attributes.size() && last.modified == modified;
                Seen current = unchanged ? last : new Seen(attributes.size(), modified, now);
                after.put(name, current);
                boolean rests = now - modified >= REST || now - current.since >= REST;
                (rests ? look.resting() : look.writing()).put(name, new Entry(name, file, attributes.size(), modified, format, packed));
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
                if (path.equals(root)) {
                    throw e;
                }
                if (!hidden(path) && Files.isDirectory(path) && told.add(nameOf(path))) {
                    String reason = e instanceof AccessDeniedException ? "no permission to list it" : e.getMessage();
                    look.problems().add("Cannot look into " + nameOf(path) + ": " + reason + "; its files are passed over until that is possible");
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        seen = after;
        return new Look(Collections.unmodifiableSortedMap(look.resting()), look.writing(), look.folders(), look.problems());
    }

    private String nameOf(Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    private static boolean hidden(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".") || name.startsWith("_");
    }

    private static Format format(String lower) {
        if (lower.endsWith(".csv")) {
            return Format.CSV;
        }
        if (lower.endsWith(".jsonl") || lower.endsWith(".ndjson")) {
            return Format.JSON_LINES;
        }
        return lower.endsWith(".json") ? Format.JSON : null;
    }

    private static long micros(Instant instant) {
        return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1_000;
    }
}
