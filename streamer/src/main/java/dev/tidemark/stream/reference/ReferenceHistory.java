package dev.tidemark.stream.reference;

import dev.tidemark.stream.decode.Enrichment;
import dev.tidemark.stream.decode.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Which reference data was used for which messages. Every content that was ever in use stands in a file, named by the {@code ingested_at} of the first batch that
 * it was used for and by that of the content before, and written before that batch is. The commit with that batch says so by a transaction ({@link #ID}): so a
 * file that no commit names was never used, and a replay uses for each batch what was used for it then, whatever the data is now. Files lie in
 * {@code bronze/events/_streamer/reference/}, because all else is made from {@code bronze/events}. Not thread-safe.
 */
public final class ReferenceHistory {

    /** Id of the transaction of {@code bronze/events} that names the content in use, by the {@code ingested_at} of its first batch. */
    public static final String ID = "reference";

    private static final Logger LOG = LoggerFactory.getLogger(ReferenceHistory.class);
    private static final Pattern NAME = Pattern.compile("(\\d{1,19})-after-(\\d{1,19})\\.csv\\.gz");
    private static final Enrichment NOTHING = new Enrichment(Reference.NONE);

    private final Path folder;
    private final Supplier<Reference> current;
    private final TreeMap<Long, Path> files = new TreeMap<>();
    private final Map<Long, Enrichment> read = new HashMap<>();
    private Reference newest = Reference.NONE;
    private boolean told;

    private ReferenceHistory(Path folder, Supplier<Reference> current) {
        this.folder = folder;
        this.current = current;
    }

    /**
     * Goes on with what a lake has.
     *
     * @param root    the lake's root
     * @param inUse   value of the transaction {@link #ID}; null if there is none
     * @param current what is to be used from now on
     * @throws ReferenceException if the history cannot be read
     */
    public static ReferenceHistory open(Path root, Long inUse, Supplier<Reference> current) {
        ReferenceHistory history = new ReferenceHistory(root.resolve("bronze").resolve("events").resolve("_streamer").resolve("reference"), current);
        if (inUse != null) {
            history.follow(inUse);
            history.newest = history.at(Long.MAX_VALUE).reference();
        }
        return history;
    }

    private void follow(long inUse) {
        Map<Long, Path> byFirst = new HashMap<>();
        Map<Long, Long> before = new HashMap<>();
        try (Stream<Path> listed = Files.list(folder)) {
            listed.forEach(file -> {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    byFirst.put(Long.parseLong(name.group(1)), file);
                    before.put(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)));
                }
            });
        } catch (IOException | UncheckedIOException e) {
            throw gone(folder, e);
        }
        for (long from = inUse; from != 0; from = before.get(from)) {
            if (!byFirst.containsKey(from)) {
                throw gone(folder.resolve(from + "-after-….csv.gz"), null);
            }
            files.put(from, byFirst.get(from));
        }
    }

    private static ReferenceException gone(Path file, Exception e) {
        return new ReferenceException("Cannot read " + file + (e == null ? ": it is gone" : ": " + e.getMessage())
                + ". Without it old messages cannot be decoded as they were; put it back from a copy", e);
    }

    /**
     * A new batch begins: if the reference data is another than before, it is in use from this batch on. If that cannot be written down, the old stays in use.
     *
     * @return whether another content is in use now: the commit with this batch must carry the transaction
     * @throws ReferenceException if it cannot be written down the first time
     */
    public boolean begin(long ingestedAt) {
        Reference now = current.get();
        if (now == newest) {
            return false;
        }
        if (!now.equals(newest)) {
            try {
                files.put(ingestedAt, write(ingestedAt, files.isEmpty() ? 0 : files.lastKey(), now));
                read.put(ingestedAt, new Enrichment(now));
                newest = now;
                told = false;
                return true;
            } catch (IOException e) {
                String why = "Cannot write down the reference data in " + folder + ": " + e.getMessage();
                if (files.isEmpty()) {
                    throw new ReferenceException(why, e);
                }
                if (!told) {
                    told = true;
                    LOG.warn("{}; what was read before stays in use", why);
                }
                return false;
            }
        }
        newest = now;
        return false;
    }

    private Path write(long ingestedAt, long before, Reference reference) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(ReferenceRows.write(reference).getBytes(StandardCharsets.UTF_8));
        }
        Files.createDirectories(folder);
        Path file = folder.resolve(ingestedAt + "-after-" + before + ".csv.gz");
        Path whole = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(whole, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(packed.toByteArray());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        return Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What is to be added to readings of a batch. */
    public Enrichment at(long ingestedAt) {
        Map.Entry<Long, Path> entry = files.floorEntry(ingestedAt);
        return entry == null ? NOTHING : read.computeIfAbsent(entry.getKey(), from -> read(entry.getValue()));
    }

    private static Enrichment read(Path file) {
        try (GZIPInputStream gzip = new GZIPInputStream(Files.newInputStream(file))) {
            return new Enrichment(ReferenceRows.read(new String(gzip.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException e) {
            throw gone(file, e);
        }
    }
}
