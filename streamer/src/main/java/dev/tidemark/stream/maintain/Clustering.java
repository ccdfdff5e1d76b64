package dev.tidemark.stream.maintain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.lake.Commit;
import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.log.Place;
import dev.tidemark.stream.table.FileRewriter;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.LiveFile;

import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Z-order of one table, partition by partition, beside whoever writes it. Used by one thread. */
public final class Clustering implements AutoCloseable {

    /** What an operator asks {@code gold/windows} for: one device, or one measure, over some time. */
    public static final List<String> WINDOWS = List.of("window", "device_id", "measure", "window_start");

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Rows in memory at once, in bytes; beside them there is a row group of the new file. */
    private static final int MEMORY = 48 << 20;
    private static final Set<String> REPLAYED = Set.of(LakeTables.BRONZE_EVENTS.path(), LakeTables.SILVER_READINGS.path());

    private final FileRewriter rewriter;
    private final CompactionRule rule;
    private final List<String> columns;
    private final Table table;
    private final Place place;

    private Clustering(FileRewriter rewriter, CompactionRule rule, List<String> columns, Table table, Place place) {
        this.rewriter = rewriter;
        this.rule = rule;
        this.columns = columns;
        this.table = table;
        this.place = place;
    }

    /**
     * Opens a table.
     *
     * @param columns of the curve; empty for those that are good for this table
     * @throws LakeException if there is no such table, or it cannot be rewritten, or should not be
     */
    public static Clustering open(Lake lake, String path, List<String> columns, CompactionRule rule, InstantSource clock, BooleanSupplier stopped) {
        Place place = Place.of(lake.root()).resolve(path);
        if (REPLAYED.contains(path)) {
            throw new LakeException(Reason.INVALID, "Cannot cluster table " + place + ": a streamer that starts reads it in the order in which its rows came, and would"
                    + " have to hold whole days of it in memory (expected gold/windows or another table that nothing is made from)");
        }
        boolean windows = path.equals(LakeTables.GOLD_WINDOWS.path());
        if (columns.isEmpty() && !windows) {
            throw new LakeException(Reason.INVALID, "Cannot cluster table " + place + ": by which columns? Name them, as in --zorder device_id,event_time");
        }
        FileRewriter rewriter = FileRewriter.open(lake, path, true, clock, stopped);
        return new Clustering(rewriter, rule, columns.isEmpty() ? WINDOWS : List.copyOf(columns), lake.table(path), place);
    }

    /** The partitions that have files which are not clustered so yet, the oldest first, with all their files. */
    public List<List<LiveFile>> partitions() {
        Set<String> done = clustered();
        Map<String, List<LiveFile>> partitions = rewriter.files().stream().sorted(Comparator.comparingLong(LiveFile::from).thenComparing(LiveFile::path))
                .collect(Collectors.groupingBy(file -> file.partition().toString(), LinkedHashMap::new, Collectors.toList()));
        return partitions.entrySet().stream().filter(partition -> partition.getValue().stream().anyMatch(file -> !done.contains(place.locate(file.path()))))
                .sorted(Map.Entry.comparingByKey()).map(Map.Entry::getValue).toList();
    }

    /** Files that the history knows to be clustered by these columns. */
    private Set<String> clustered() {
        Set<String> done = new HashSet<>();
        for (Commit commit : table.history()) {
            if (commit.operation().equals("OPTIMIZE") && by().equals(commit.parameters().get("zOrderBy"))) {
                commit.added().stream().map(DataFile::location).forEach(done::add);
            }
        }
        return done;
    }

    private String by() {
        try {
            return JSON.writeValueAsString(columns);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files that the table holds now. */
    public List<LiveFile> files() {
        return List.copyOf(rewriter.files());
    }

    /**
     * Rewrites a partition.
     *
     * @param files one of {@link #partitions}
     * @return empty if somebody else was faster with one of the files: look again
     * @throws LakeException if a file cannot be read, or nothing can be written
     */
    public Optional<FileRewriter.Rewritten> rewrite(List<LiveFile> files) {
        return rewriter.cluster(files, columns, rule.of(rewriter.properties()).targetSize(), MEMORY, Map.of("predicate", "[]", "zOrderBy", by(), "auto", "false"));
    }

    @Override
    public void close() {
        rewriter.close();
    }
}
