package dev.tidemark.stream.reference;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.stream.decode.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reference data as it is now. A file is read again when it has changed and then been the same for two looks, so that none is read half written; a table when it
 * has a new version. What cannot be read later is told once, and the last that could be stays. Thread-safe; owns one thread once it is {@linkplain #watch
 * watched}, until it is closed.
 */
public final class ReferenceData implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReferenceData.class);

    private final ReferenceSettings settings;
    private final Table table;
    private volatile Reference current;
    private String loaded;
    private String seen;
    private String told;
    private ScheduledExecutorService timer;

    private ReferenceData(ReferenceSettings settings) {
        this.settings = settings;
        this.table = settings.table() == null ? null : Lake.at(settings.table()).table("");
    }

    /**
     * Reads reference data for the first time.
     *
     * @throws ReferenceException if it cannot be read
     */
    public static ReferenceData open(ReferenceSettings settings) {
        try {
            ReferenceData data = new ReferenceData(settings);
            data.loaded = data.mark();
            data.current = data.read();
            return data;
        } catch (IOException | IllegalArgumentException | LakeException e) {
            throw new ReferenceException(why(settings, e), e);
        }
    }

    private static String why(ReferenceSettings settings, Exception e) {
        String reason = e instanceof NoSuchFileException ? "there is no such file" : e instanceof InvalidPathException ? "no path of this system"
                : e instanceof CharacterCodingException ? "it is no text (expected UTF-8)" : e.getMessage();
        return "Cannot use reference data " + (settings.file() == null ? settings.table() : settings.file()) + ": " + reason;
    }

    /** Begins to look for changes. */
    public void watch() {
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "reference");
            thread.setDaemon(true);
            return thread;
        });
        long millis = settings.checkInterval().toMillis();
        timer.scheduleWithFixedDelay(this::check, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Looks once whether it has changed, and reads it again if so. */
    synchronized void check() {
        try {
            String now = mark();
            boolean rests = table != null || now.equals(seen);
            seen = now;
            if (now.equals(loaded) || !rests) {
                return;
            }
            Reference read = read();
            if (!mark().equals(now)) {
                return;
            }
            loaded = now;
            told = null;
            current = read;
            LOG.info("Reference data of {} devices was read again", read.size());
        } catch (IOException | RuntimeException e) {
            String why = why(settings, e);
            if (!why.equals(told)) {
                told = why;
                LOG.warn("{}; what was read before stays in use", why);
            }
        }
    }

    /** What changes when the content does. */
    private String mark() throws IOException {
        if (table != null) {
            return Long.toString(table.latestVersion());
        }
        BasicFileAttributes attributes = Files.readAttributes(Path.of(settings.file()), BasicFileAttributes.class);
        return attributes.size() + " " + attributes.lastModifiedTime() + " " + attributes.fileKey();
    }

    private Reference read() throws IOException {
        return table == null ? ReferenceRows.read(Files.readString(Path.of(settings.file()))) : readTable();
    }

    private Reference readTable() {
        Snapshot snapshot = table.snapshot();
        List<String> names = snapshot.schema().names();
        ReferenceRows reader = new ReferenceRows(names);
        List<Reference.Row> rows = new ArrayList<>();
        Scan.of(snapshot).cache(new ColumnCache(0)).read(batch -> {
            List<Column> columns = names.stream().map(batch::column).toList();
            for (int row = 0; row < batch.rows(); row++) {
                int at = row;
                rows.add(reader.row(place -> columns.get(place).isNull(at) ? null : columns.get(place).value(at).toString()));
            }
        });
        return new Reference(rows);
    }

    /** What was read last. */
    public Reference current() {
        return current;
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
