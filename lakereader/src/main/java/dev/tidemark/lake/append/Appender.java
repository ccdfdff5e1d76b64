package dev.tidemark.lake.append;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.log.Action;
import dev.tidemark.lake.log.CommitFile;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Appends a few rows at a time to one table, and makes the table if it is not there: what people do, not what machines measure. Several
 * programs may append at once; each commit is checked against the version it follows and published only if that version's number is free,
 * else tried again after what came in between. Thread-safe; holds nothing open.
 *
 * <p>The table is plain Delta (reader version 1, writer version 2), append-only, partitioned by a column of dates. A table that was made by
 * others is accepted if it has these columns with these types; other columns of it stay empty.
 */
public final class Appender {

    private static final int ATTEMPTS = 100;
    private static final int READER = 1;
    private static final int WRITER = 2;

    private final Table table;
    private final Place place;
    private final CommitLog log;
    private final Schema schema;
    private final String day;
    private final String engine;
    private final InstantSource clock;

    /**
     * @param path   of the table below the lake's root
     * @param schema its columns, of the types string, long, double, boolean, date and timestamp
     * @param day    the date column that partitions it
     * @param engine who writes, for the commit info
     */
    public Appender(Lake lake, String path, Schema schema, String day, String engine, InstantSource clock) {
        this.table = lake.table(path);
        this.place = Place.of(lake.root()).resolve(path);
        this.log = CommitLog.of(place);
        this.schema = schema;
        this.day = day;
        this.engine = engine;
        this.clock = clock;
    }

    /**
     * Appends rows in one commit. Once it returns they are there for every reader, and on the disk.
     *
     * @param rows column → value: String, Boolean, Double, or Long (times in microseconds, dates in days since 1970-01-01); a column that is left
     *             out is empty, the day must be there
     * @return the version that holds them
     * @throws LakeException if they cannot be written. UNREACHABLE leaves open whether they were; every other reason says that they were not
     */
    public long append(List<Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("Cannot append: there are no rows");
        }
        List<WrittenRows> files = new ArrayList<>();
        boolean unknown = false;
        try {
            Optional<Snapshot> before = newest();
            for (Map.Entry<Long, List<Map<String, Object>>> part : byDay(rows).entrySet()) {
                files.add(WrittenRows.write(place, schema, day, part.getKey(), part.getValue(), UUID.randomUUID().toString()));
            }
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                long version = before.map(Snapshot::version).orElse(-1L) + 1;
                unknown = true;
                if (publish(version, files)) {
                    return version;
                }
                unknown = false;
                before = newest();
            }
            throw new LakeException(Reason.UNREACHABLE, "Cannot write to " + place + ": others commit all the time (" + ATTEMPTS + " attempts). Try again");
        } catch (IOException e) {
            if (!unknown) {
                files.forEach(file -> file.delete(place));
            }
            throw failure(e);
        } catch (LakeException e) {
            files.forEach(file -> file.delete(place));
            throw e;
        }
    }

    /** The state that the next commit follows, checked to be one that can be appended to; empty if there is no table. */
    private Optional<Snapshot> newest() throws IOException {
        if (log.list().isEmpty()) {
            return Optional.empty();
        }
        Snapshot snapshot = table.snapshot();
        if (snapshot.minReaderVersion() > READER || snapshot.minWriterVersion() > WRITER) {
            throw new LakeException(Reason.UNSUPPORTED, "Cannot write to " + place + ": it asks for a newer protocol (expected at most reader " + READER
                    + " and writer " + WRITER + ", actual " + snapshot.minReaderVersion() + " and " + snapshot.minWriterVersion()
                    + "). Move it away, then a new one is made");
        }
        for (Schema.Field field : schema.fields()) {
            Optional<Type> actual = snapshot.schema().field(field.name()).map(Schema.Field::type);
            if (!actual.equals(Optional.of(field.type()))) {
                throw mismatch(field.name() + " " + field.type(), actual.map(Type::toString).orElse("no such column"));
            }
        }
        if (!snapshot.partitionColumns().equals(List.of(day))) {
            throw mismatch("partitions by " + day, snapshot.partitionColumns().toString());
        }
        for (Schema.Field field : snapshot.schema().fields()) {
            if (!field.nullable() && schema.field(field.name()).isEmpty()) {
                throw mismatch("columns that may be empty", field.name() + " not null");
            }
        }
        return Optional.of(snapshot);
    }

    private LakeException mismatch(String expected, String actual) {
        return new LakeException(Reason.INVALID, "Cannot write to " + place + ": it is another table (expected " + expected + ", actual " + actual
                + "). Move it away, then a new one is made");
    }

    private Map<Long, List<Map<String, Object>>> byDay(List<Map<String, Object>> rows) {
        Map<Long, List<Map<String, Object>>> days = new TreeMap<>();
        rows.forEach(row -> days.computeIfAbsent((Long) row.get(day), key -> new ArrayList<>()).add(row));
        return days;
    }

    private boolean publish(long version, List<WrittenRows> files) throws IOException {
        long millis = clock.millis();
        CommitLines lines = new CommitLines().info(millis, engine, files.stream().mapToLong(WrittenRows::rows).sum(), files.size(), version - 1);
        if (version == 0) {
            lines.protocol(READER, WRITER).table(UUID.randomUUID().toString(), schema, day, millis);
        }
        files.forEach(file -> lines.add(file, day, millis));
        try {
            return log.publish(version, lines.lines(), true);
        } catch (AccessDeniedException refused) {
            throw refused;
        } catch (IOException lost) {
            // Only the reply may be lost.
            Optional<CommitFile> there = log.read(version);
            if (there.isEmpty()) {
                throw lost;
            }
            return there.get().actions().stream().anyMatch(action -> action instanceof Action.Add add && add.path().equals(files.get(0).path()));
        }
    }

    private LakeException failure(IOException e) {
        String detail = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage().lines().findFirst().orElse("").replaceFirst("\\.$", "");
        boolean denied = e instanceof AccessDeniedException || e instanceof org.apache.hadoop.security.AccessControlException
                || detail.contains("Read-only file system") || detail.contains("Permission denied");
        return denied ? new LakeException(Reason.DENIED, "Cannot write to " + place + ": access is denied (" + detail + "). Ask for the right to write there", e)
                : new LakeException(Reason.UNREACHABLE, "Cannot write to " + place + ": " + detail + ". Try again", e);
    }
}
