package dev.tidemark.stream.maintain;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Bounds;
import dev.tidemark.lake.column.DataFileReader;
import dev.tidemark.lake.column.FieldPath;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.LogListing;
import dev.tidemark.lake.log.Place;
import dev.tidemark.stream.log.Retention;
import dev.tidemark.stream.log.Vacuum;
import dev.tidemark.stream.maintain.Finding.Weight;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.LiveFile;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be wrong with any one table: its log, its files, what the log says of them. Only reads. */
final class TableCheck {

    private static final int MOST_TOLD = 3;

    private final Lake lake;
    private final String path;
    private final Place place;
    private final InstantSource clock;
    private final List<Finding> findings = new ArrayList<>();

    TableCheck(Lake lake, String path, InstantSource clock) {
        this.lake = lake;
        this.path = path;
        this.place = Place.of(lake.root()).resolve(path);
        this.clock = clock;
    }

    private void found(String check, Weight weight, String what, String repair) {
        findings.add(new Finding(path, check, weight, what, repair));
    }

    /** Looks at all of it. */
    List<Finding> run() {
        try {
            if (!log()) {
                return findings;
            }
            Snapshot snapshot = lake.table(path).snapshot();
            if (place.isLocal()) {
                files(snapshot);
                disk(snapshot);
            }
            statistics(snapshot);
            smallFiles();
        } catch (LakeException e) {
            found("log", Weight.ERROR, e.getMessage(), "put the file back from a copy, or move the table away: the streamer makes it again from the tables before it");
        } catch (IOException e) {
            found("log", Weight.ERROR, "its log cannot be read: " + e.getMessage(), "look at the permissions and the disk");
        }
        return findings;
    }

    /** Returns whether what follows can be asked of it. */
    private boolean log() throws IOException {
        boolean readable = true;
        CommitLog log = CommitLog.of(place);
        LogListing listing = log.list();
        if (listing.latest() < listing.newest()) {
            readable = false;
            found("log", Weight.ERROR, "commit " + (listing.latest() + 1) + " is missing: nothing after it can be read, up to " + listing.newest(),
                    "put the file back from a copy; without one, delete the commits after it and start the streamer, which makes again what they held");
        }
        long[] commits = listing.commits();
        for (int i = 1; i < commits.length; i++) {
            if (commits[i] != commits[i - 1] + 1 && commits[i - 1] < listing.anchor()) {
                found("log", Weight.WARNING, "commits " + (commits[i - 1] + 1) + " to " + (commits[i] - 1) + " are missing: versions before the next checkpoint cannot be read",
                        "put the files back from a copy; the newest version is not affected");
            }
        }
        for (long version : listing.checkpoints().descendingKeySet()) {
            try {
                log.checkpoint(version, listing);
            } catch (IOException | RuntimeException | AssertionError e) {
                // delta-standalone asserts.
                readable &= version < listing.checkpoints().lastKey();
                boolean spare = listing.has(0) || listing.checkpoints().floorKey(version - 1) != null;
                found("log", spare ? Weight.WARNING : Weight.ERROR, "checkpoint " + version + " cannot be read: " + e.getMessage(),
                        spare ? "delete " + String.join(" and ", listing.checkpoints().get(version)) + " and _last_checkpoint: the log begins at the one before"
                                : "put the file back from a copy: the log begins with it");
            }
        }
        Optional<byte[]> last = log.bytes(LogListing.LAST_CHECKPOINT);
        if (last.isPresent()) {
            String text = new String(last.get(), java.nio.charset.StandardCharsets.UTF_8).replaceAll("\\s", "");
            String version = text.replaceFirst(".*\"version\":(\\d{1,18}).*", "$1");
            if (!version.matches("\\d{1,18}") || !listing.checkpoints().containsKey(Long.parseLong(version)) && Long.parseLong(version) > listing.foreign()) {
                found("log", Weight.WARNING, "_last_checkpoint names a checkpoint that is not there (" + text + ")", "delete it; the next checkpoint writes it again");
            }
        }
        return readable;
    }

    private void files(Snapshot snapshot) throws IOException {
        List<String> missing = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (DataFile file : snapshot.files()) {
            if (!file.location().startsWith("file:")) {
                continue;
            }
            try {
                long size = Files.size(Place.of(file.location()).path());
                if (size != file.size()) {
                    others.add(file.location() + " (expected " + file.size() + " bytes, actual " + size + ")");
                }
            } catch (NoSuchFileException e) {
                missing.add(file.location());
            }
        }
        String repair = "put them back from a copy, or restore a version that does not need them (restore --table " + path + "); the streamer makes again what came since";
        if (!missing.isEmpty()) {
            found("files", Weight.ERROR, told(missing, "file") + " of version " + snapshot.version() + " missing: " + some(missing), repair);
        }
        if (!others.isEmpty()) {
            found("files", Weight.ERROR, told(others, "file") + " not as large as the log says: " + some(others), repair);
        }
    }

    private static String told(List<String> names, String noun) {
        return names.size() == 1 ? "1 " + noun + " is" : names.size() + " " + noun + "s are";
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(MOST_TOLD, names.size()))) + (names.size() > MOST_TOLD ? ", …" : "");
    }

    /** What no version holds, and what holding older ones costs. */
    private void disk(Snapshot snapshot) throws IOException {
        long[] data = new long[2];
        long[] log = new long[2];
        Files.walkFileTree(place.path(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                return !folder.equals(place.path()) && !name.equals(CommitLog.FOLDER) && (name.startsWith("_") || name.startsWith(".")) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                long[] counted = file.getParent().getFileName().toString().equals(CommitLog.FOLDER) ? log : data;
                counted[0]++;
                counted[1] += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        Vacuum.Plan expired = new Vacuum(CommitLog.of(place), clock).plan(Vacuum.Mode.FULL, null);
        if (!expired.files().isEmpty()) {
            found("files", Weight.WARNING, String.format(Locale.ROOT, "%,d files (%s) belong to no version of the last %s, such as %s", expired.files().size(), size(expired.bytes()),
                    Retention.words(expired.retention()), place.path().relativize(expired.files().get(0))), "vacuum --table " + path);
        }
        long older = data[0] - snapshot.files().size() - expired.files().size();
        found("retention", Weight.NOTE, String.format(Locale.ROOT, "%,d files (%s) hold the newest version; time travel of %s costs %,d files (%s) more, and the log %,d (%s)", snapshot.files().size(),
                size(snapshot.bytes()), Retention.words(expired.retention()), Math.max(0, older), size(Math.max(0, data[1] - snapshot.bytes() - expired.bytes())), log[0], size(log[1])), null);
    }

    private static String size(long bytes) {
        return bytes < 10 << 20 ? String.format(Locale.ROOT, "%,d KB", bytes + 1023 >> 10) : String.format(Locale.ROOT, "%,d MB", bytes >> 20);
    }

    /** What the log says of files against what their footers say. */
    private void statistics(Snapshot snapshot) {
        List<String> rows = new ArrayList<>();
        List<String> bounds = new ArrayList<>();
        int without = 0;
        for (DataFile file : snapshot.files()) {
            if (file.statistics().isEmpty()) {
                without++;
                continue;
            }
            try (DataFileReader reader = DataFileReader.open(file)) {
                DataFile.Statistics said = file.statistics().get();
                if (said.rows() != reader.footer().rows()) {
                    rows.add(file.location() + " (expected " + said.rows() + " rows, actual " + reader.footer().rows() + ")");
                }
                outside(snapshot.schema(), said, reader).ifPresent(column -> bounds.add(file.location() + " (column " + column + ")"));
            } catch (LakeException e) {
                if (e.reason() != LakeException.Reason.BROKEN_DATA || !e.getMessage().contains("the file is missing")) {
                    found("files", Weight.ERROR, e.getMessage(), "put it back from a copy, or restore a version that does not need it (restore --table " + path + ")");
                }
            }
        }
        String repair = "rows may be passed over by every reader that skips files: write them anew (optimize --table " + path + "), or restore a version before the file came";
        if (!rows.isEmpty()) {
            found("statistics", Weight.ERROR, told(rows, "file") + " said to have other rows than it has: " + some(rows), repair);
        }
        if (!bounds.isEmpty()) {
            found("statistics", Weight.ERROR, told(bounds, "file") + " with values outside of the bounds that the log has: " + some(bounds), repair);
        }
        if (without > 0) {
            found("statistics", Weight.WARNING, without + " files have no statistics: every question opens them", "optimize --table " + path);
        }
    }

    private static Optional<String> outside(Schema schema, DataFile.Statistics said, DataFileReader reader) {
        for (Schema.Field field : schema.fields()) {
            Object min = said.min().get(field.name());
            Object max = said.max().get(field.name());
            if (!(field.type() instanceof Type.Primitive) || min == null && max == null) {
                continue;
            }
            FieldPath column = new FieldPath(List.of(field.name()), field.type());
            for (int group = 0; group < reader.footer().groups(); group++) {
                Optional<Bounds> has = reader.footer().bounds(group, column);
                if (has.isPresent() && (isLess(has.get().min(), min) || isLess(max, has.get().max()))) {
                    return Optional.of(field.name());
                }
            }
        }
        return Optional.empty();
    }

    /** Texts in the log and in footers are cut at different lengths: only what both tell for sure counts. */
    private static boolean isLess(Object a, Object b) {
        if (a instanceof Long less && b instanceof Long more) {
            return less < more;
        }
        return a instanceof Double less && b instanceof Double more && less < more;
    }

    private void smallFiles() {
        if (!place.isLocal() || path.equals(LakeTables.GOLD_LIVE.path())) {
            return;
        }
        try (Compaction compaction = Compaction.open(lake, path, CompactionRule.DEFAULT, false, clock, () -> false)) {
            List<List<LiveFile>> due = compaction.due();
            int files = due.stream().mapToInt(List::size).sum();
            if (files > 2 * CompactionRule.DEFAULT.minFiles()) {
                found("small-files", Weight.WARNING, String.format(Locale.ROOT, "%,d small files wait to become %,d", files, due.size()), "let a streamer run (auto-compact), or optimize --table " + path);
            }
        } catch (LakeException e) {
            found("small-files", Weight.NOTE, e.getMessage(), null);
        }
    }
}
