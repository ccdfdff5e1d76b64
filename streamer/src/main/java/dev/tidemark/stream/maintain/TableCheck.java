package dev.tidemark.stream.maintain;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.LogListing;
import dev.tidemark.lake.log.Place;
import dev.tidemark.stream.log.DiskUse;
import dev.tidemark.stream.log.Retention;
import dev.tidemark.stream.log.Vacuum;
import dev.tidemark.stream.maintain.Finding.Weight;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.LiveFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What can be wrong with any one table: its log, its files, what the log says of them. Only reads. */
final class TableCheck {

    private static final int MOST_TOLD = 3;

    private final Lake lake;
    private final String path;
    private final Place place;
    private final InstantSource clock;
    private final boolean deep;
    private final List<Finding> findings = new ArrayList<>();

    /** @param deep whether the values of all data files are to be read, not only of the newest ones */
    TableCheck(Lake lake, String path, InstantSource clock, boolean deep) {
        this.lake = lake;
        this.deep = deep;
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
            findings.addAll(new StatisticsCheck(lake, path, snapshot, deep).run());
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
        Map<String, String> missing = new LinkedHashMap<>();
        Map<String, String> others = new LinkedHashMap<>();
        for (DataFile file : snapshot.files()) {
            if (!file.location().startsWith("file:")) {
                continue;
            }
            try {
                long size = Files.size(Place.of(file.location()).path());
                if (size != file.size()) {
                    others.put(file.location(), file.location() + " (expected " + file.size() + " bytes, actual " + size + ")");
                }
            } catch (NoSuchFileException e) {
                missing.put(file.location(), file.location());
            }
        }
        if (!missing.isEmpty()) {
            found("files", Weight.ERROR, told(List.copyOf(missing.values()), "file") + " of version " + snapshot.version() + " missing: " + some(List.copyOf(missing.values())),
                    "put back from a copy what is missing, or " + Remedy.without(lake, path, missing.keySet()));
        }
        if (!others.isEmpty()) {
            found("files", Weight.ERROR, told(List.copyOf(others.values()), "file") + " not as large as the log says: " + some(List.copyOf(others.values())),
                    "put them back from a copy, or " + Remedy.without(lake, path, others.keySet()));
        }
    }

    static String told(List<String> names, String noun) {
        return names.size() == 1 ? "1 " + noun + " is" : names.size() + " " + noun + "s are";
    }

    static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(MOST_TOLD, names.size()))) + (names.size() > MOST_TOLD ? ", …" : "");
    }

    /** What no version holds, and what holding older ones costs. */
    private void disk(Snapshot snapshot) throws IOException {
        DiskUse use = DiskUse.of(place);
        Vacuum.Plan expired = new Vacuum(CommitLog.of(place), clock).plan(Vacuum.Mode.FULL, null);
        if (!expired.files().isEmpty()) {
            found("files", Weight.WARNING, String.format(Locale.ROOT, "%,d files (%s) belong to no version of the last %s, such as %s", expired.files().size(), size(expired.bytes()),
                    Retention.words(expired.retention()), place.path().relativize(expired.files().get(0))), "vacuum --table " + path);
        }
        long older = use.files() - snapshot.files().size() - expired.files().size();
        found("retention", Weight.NOTE, String.format(Locale.ROOT, "%,d files (%s) hold the newest version; time travel of %s costs %,d files (%s) more, and the log %,d (%s)", snapshot.files().size(),
                size(snapshot.bytes()), Retention.words(expired.retention()), Math.max(0, older), size(Math.max(0, use.bytes() - snapshot.bytes() - expired.bytes())), use.logFiles(), size(use.logBytes())), null);
    }

    private static String size(long bytes) {
        return bytes < 10 << 20 ? String.format(Locale.ROOT, "%,d KB", bytes + 1023 >> 10) : String.format(Locale.ROOT, "%,d MB", bytes >> 20);
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
