package dev.tidemark.stream.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.lake.log.Action;
import dev.tidemark.lake.log.BrokenLogException;
import dev.tidemark.lake.log.CommitFile;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.FileMark;
import dev.tidemark.lake.log.LogListing;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The data files of a table at its newest version, followed commit by commit. Keeps of each only what a rewrite needs, because there may be
 * a hundred thousand. Not thread-safe.
 */
final class TableFiles {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Columns that tell when a row came, the first that a table has. */
    private static final List<String> TIMES = List.of("ingested_at", "window_end", "raised_at");

    private final CommitLog log;
    private final Map<String, LiveFile> files = new LinkedHashMap<>();
    private final Map<Map<String, String>, Map<String, String>> partitions = new HashMap<>();
    private Action.Protocol protocol;
    private Action.Metadata metadata;
    private Columns columns;
    private long version = -1;
    private FileMark mark;

    private TableFiles(CommitLog log) {
        this.log = log;
    }

    /** Reads a log as far as it goes. @throws IOException NoSuchFileException if there is no table */
    static TableFiles read(CommitLog log) throws IOException {
        TableFiles files = new TableFiles(log);
        LogListing listing = log.list();
        OptionalLong checkpoint = listing.checkpointAt(listing.newest());
        if (checkpoint.isPresent()) {
            files.apply(log.checkpoint(checkpoint.getAsLong(), listing));
            files.version = checkpoint.getAsLong();
            files.mark = log.mark(files.version).orElse(null);
        }
        files.follow();
        if (files.metadata == null || files.protocol == null) {
            throw new BrokenLogException(LogListing.commitName(Math.max(0, files.version)) + ", up to which it does not say what the table is", null);
        }
        return files;
    }

    /** Takes in the commits that came since. */
    void follow() throws IOException {
        follow(commit -> { });
    }

    /** The same; somebody hears of each before it is taken in. */
    void follow(Consumer<CommitFile> listener) throws IOException {
        for (Optional<CommitFile> next = log.read(version + 1); next.isPresent(); next = log.read(version + 1)) {
            listener.accept(next.get());
            apply(next.get().actions());
            version = next.get().version();
            mark = next.get().mark();
        }
    }

    /** Whether the newest version known is still there, and still the same: if not, the table was removed or made anew. */
    boolean isStillThere() throws IOException {
        Optional<FileMark> now = log.mark(version);
        return now.isPresent() && (mark == null || now.get().equals(mark));
    }

    private void apply(List<Action> actions) {
        for (Action action : actions) {
            if (action instanceof Action.Metadata found) {
                metadata = found;
                columns = TableState.columns(log.table().toString(), found);
            } else if (action instanceof Action.Protocol found) {
                protocol = found;
            }
        }
        for (Action action : actions) {
            if (action instanceof Action.Add add) {
                files.put(add.path(), live(add));
            } else if (action instanceof Action.Remove remove) {
                files.remove(remove.path());
            }
        }
    }

    private LiveFile live(Action.Add add) {
        // A day's files have one map between them.
        Map<String, String> partition = partitions.computeIfAbsent(add.partitionValues(), values -> values);
        JsonNode statistics = statistics(add.stats());
        return new LiveFile(add.path(), partition, add.size(), add.modified(), statistics.path("numRecords").asLong(-1),
                from(statistics.path("minValues"), add.modified()));
    }

    private static JsonNode statistics(String text) {
        try {
            return text == null ? JSON.createObjectNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    private long from(JsonNode min, long modified) {
        for (String column : TIMES) {
            if (columns.schema().field(column).isPresent()) {
                try {
                    Instant time = Instant.parse(min.path(column).asText());
                    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
                } catch (DateTimeParseException e) {
                    return modified * 1_000;
                }
            }
        }
        return modified * 1_000;
    }

    long version() {
        return version;
    }

    String id() {
        return metadata.id();
    }

    Action.Protocol protocol() {
        return protocol;
    }

    Map<String, String> properties() {
        return metadata.configuration();
    }

    Columns columns() {
        return columns;
    }

    Collection<LiveFile> all() {
        return files.values();
    }

    boolean has(LiveFile file) {
        return files.containsKey(file.path());
    }
}
