package dev.tidemark.lake.export;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.scan.Scan;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;

/**
 * Writes the answer of a scan as CSV (RFC 4180, UTF-8, header, LF, times as ISO-8601 in UTC with microseconds,
 * null as an empty field, an empty string as ""). Made again from the same version it is the same to the byte.
 *
 * <p>Dates are ISO-8601; doubles have the shortest digits that read back as the same number, as {@code 21.5}, {@code 1.0} or {@code 1.0E-5}, and
 * may be {@code NaN} or {@code Infinity}; binary is base64; structs, arrays and maps are JSON. Text is quoted only where it must be.
 * Memory is bounded by a row group of the exported columns, and by {@value #SORT_MEMORY} bytes more for sorting; larger sorts use
 * temporary files.
 */
public final class CsvExport {

    /** Hears how far it is, at most a few times a second, on the thread that exports. */
    public interface Progress {
        /** {@code rows} written so far, of {@code total} (-1 if unknown). */
        void advanced(long rows, long total);
    }

    private static final String OUTPUT = "the output";
    private static final int SORT_MEMORY = 64 << 20;
    private static final int FLUSH_AT = 1 << 16;
    private static final int CHECK_EVERY = 4096;
    private static final long NANOS_BETWEEN_CALLS = 250_000_000;

    private final Scan scan;
    private final List<String> sort;
    private final OutputStream out;
    private final Progress progress;
    private final long total;
    private long rows;
    private long lastCall;

    private CsvExport(Scan scan, List<String> sort, OutputStream out, Progress progress) {
        this.scan = scan;
        this.sort = sort;
        this.out = out;
        this.progress = progress;
        this.total = scan.knownRows();
        this.lastCall = System.nanoTime();
    }

    /**
     * Writes to a temporary file beside {@code target} and renames it when it is complete: under the final name there
     * is never half a file. A link is followed; a device or a pipe is written straight into.
     * An interrupt ends it with a {@link java.util.concurrent.CancellationException} and leaves nothing.
     *
     * @param sort columns to sort by, ascending, nulls first; empty for the order of the table
     * @return rows written
     * @throws LakeException INVALID for an unknown column or one that has no order, DENIED or UNREACHABLE if the file cannot be written
     */
    public static long write(Scan scan, List<String> sort, Path target, Progress progress) {
        try {
            Path absolute = followed(target.toAbsolutePath());
            Path folder = absolute.getParent();
            if (folder == null || Files.isDirectory(absolute)) {
                throw new LakeException(Reason.INVALID, "Cannot export to " + target + ": it is a folder. Name a file in it");
            }
            if (Files.exists(absolute) && !Files.isRegularFile(absolute)) {
                return into(absolute, scan, sort, progress);
            }
            Path temporary = folder.resolve("." + absolute.getFileName() + "." + UUID.randomUUID() + ".part");
            try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                long rows = write(scan, sort, Channels.newOutputStream(file), folder, SORT_MEMORY, progress);
                file.force(true);
                file.close();
                move(temporary, absolute);
                return rows;
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw failure(e, target.toString());
        } catch (UncheckedIOException e) {
            throw failure(e.getCause(), target.toString());
        }
    }

    /** Where links end: what they point to is written, they stay. */
    private static Path followed(Path target) throws IOException {
        return Files.isRegularFile(target) ? target.toRealPath() : target;
    }

    /** A device or a pipe takes what comes; put a file in its place and it would be gone. */
    private static long into(Path device, Scan scan, List<String> sort, Progress progress) throws IOException {
        try (OutputStream out = Files.newOutputStream(device, StandardOpenOption.WRITE)) {
            return write(scan, sort, out, temporaries(), SORT_MEMORY, progress);
        }
    }

    private static Path temporaries() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** The same onto a stream, which is flushed but not closed. */
    public static long write(Scan scan, List<String> sort, OutputStream out, Progress progress) {
        try {
            return write(scan, sort, out, temporaries(), SORT_MEMORY, progress);
        } catch (IOException e) {
            throw failure(e, OUTPUT);
        } catch (UncheckedIOException e) {
            throw failure(e.getCause(), OUTPUT);
        }
    }

    static long write(Scan scan, List<String> sort, OutputStream out, Path folder, long sortMemory, Progress progress) throws IOException {
        CsvExport export = new CsvExport(scan, sort, out, progress);
        if (sort.isEmpty()) {
            export.inOrder();
        } else {
            export.sorted(folder, sortMemory);
        }
        out.flush();
        progress.advanced(export.rows, export.total);
        return export.rows;
    }

    private void inOrder() throws IOException {
        CsvText text = new CsvText();
        CsvRows lines = new CsvRows(text, scan.schema().fields().size());
        lines.header(scan.schema().names());
        scan.read(batch -> {
            lines.bind(batch);
            for (int row = 0; row < batch.rows(); row++) {
                lines.line(row);
                if (text.size() >= FLUSH_AT) {
                    flush(text);
                }
                advanced();
            }
        });
        flush(text);
    }

    private void sorted(Path folder, long memory) throws IOException {
        List<String> names = scan.schema().names();
        List<String> all = new ArrayList<>(names);
        all.addAll(sort);
        Scan extended = scan.columns(all);
        for (Schema.Field field : extended.schema().fields().subList(names.size(), all.size())) {
            if (!(field.type() instanceof Type.Decimal) && (!(field.type() instanceof Type.Primitive) || field.type() == Type.Primitive.BINARY)) {
                throw new LakeException(Reason.INVALID, "Cannot sort by " + field.name() + ": values of type " + field.type() + " have no order"
                        + (field.type() instanceof Type.Struct struct ? ". Sort by a field of it, as " + field.name() + "." + struct.fields().get(0).name() : ""));
            }
        }
        CsvText text = new CsvText();
        try (SortedLines lines = new SortedLines(names.size(), sort.size(), folder, memory)) {
            extended.read(batch -> add(lines, batch));
            new CsvRows(text, names.size()).header(names);
            lines.drain((bytes, from, length) -> {
                text.raw(bytes, from, length);
                if (text.size() >= FLUSH_AT) {
                    flush(text);
                }
                advanced();
            });
        }
        flush(text);
    }

    private static void add(SortedLines lines, Batch batch) {
        try {
            lines.add(batch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void flush(CsvText text) {
        try {
            out.write(text.bytes(), 0, text.size());
            text.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void advanced() {
        if (++rows % CHECK_EVERY == 0) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("The export was interrupted");
            }
            long now = System.nanoTime();
            if (now - lastCall >= NANOS_BETWEEN_CALLS) {
                lastCall = now;
                progress.advanced(rows, total);
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static RuntimeException failure(IOException e, String target) {
        if (e instanceof ClosedByInterruptException || e instanceof InterruptedIOException) {
            Thread.currentThread().interrupt();
            return new CancellationException("The export was interrupted");
        }
        if (e instanceof AccessDeniedException) {
            return new LakeException(Reason.DENIED, "Cannot export to " + target + ": no permission to write there. Choose another folder", e);
        }
        if (e instanceof NoSuchFileException) {
            return new LakeException(Reason.NOT_FOUND, "Cannot export to " + target + ": its folder does not exist. Create it, or choose another one", e);
        }
        String why = e instanceof FileSystemException system && system.getReason() != null ? system.getReason() : e.getMessage();
        return new LakeException(Reason.UNREACHABLE, "Cannot export to " + target + ": " + why
                + (target.equals(OUTPUT) ? ". Not all of it was written" : ". Nothing was written under that name") + "; make room or choose another place, and export again", e);
    }
}
