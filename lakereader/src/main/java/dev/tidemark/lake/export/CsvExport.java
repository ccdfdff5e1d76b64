package dev.tidemark.lake.export;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
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
import java.util.zip.GZIPOutputStream;

/**
 * The answer of a scan as CSV (RFC 4180, UTF-8, header, LF; unless the {@link CsvFormat} says otherwise with times as ISO-8601 in UTC with microseconds;
 * null as an empty field, an empty string as ""). Made again from the same version it is the same to the byte. Immutable.
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

        /** {@code rows} gathered so far, of {@code total} (-1 if unknown), of an export that is sorted before the first is written. */
        default void gathered(long rows, long total) {
        }
    }

    /**
     * An export that was made.
     *
     * @param rows   rows in it
     * @param bytes  of the file
     * @param sha256 of the file, in hexadecimal; null if nobody asked for it
     */
    public record Written(long rows, long bytes, String sha256) {
    }

    private static final String OUTPUT = "the output";
    private static final int SORT_MEMORY = 64 << 20;
    private static final int CHECK_EVERY = 4096;
    private static final int GZIP_BUFFER = 1 << 16;
    private static final long NANOS_BETWEEN_CALLS = 250_000_000;

    private final Scan scan;
    private final List<String> sort;
    private final CsvFormat format;
    private final Question question;

    private CsvExport(Scan scan, List<String> sort, CsvFormat format, Question question) {
        this.scan = scan;
        this.sort = List.copyOf(sort);
        this.format = format;
        this.question = question;
    }

    /** The answer of a scan. */
    public static CsvExport of(Scan scan) {
        return new CsvExport(scan, List.of(), CsvFormat.STANDARD, null);
    }

    /** The answer to a question. LakeException INVALID if it makes no sense for this table. */
    public static CsvExport of(Snapshot snapshot, Question question) {
        return new CsvExport(question.scan(snapshot), question.sort(), CsvFormat.STANDARD, question);
    }

    /** Sorted by these columns, ascending, nulls first; empty for the order of the table. */
    public CsvExport sort(List<String> columns) {
        return new CsvExport(scan, columns, format, question);
    }

    /** In another format. */
    public CsvExport format(CsvFormat other) {
        return new CsvExport(scan, sort, other, question);
    }

    /** The same as {@code of(scan).sort(sort).write(target, progress)}. */
    public static long write(Scan scan, List<String> sort, Path target, Progress progress) {
        return of(scan).sort(sort).write(target, progress).rows();
    }

    /** The same as {@code of(scan).sort(sort).write(out, progress)}. */
    public static long write(Scan scan, List<String> sort, OutputStream out, Progress progress) {
        return of(scan).sort(sort).write(out, progress);
    }

    /**
     * Writes to a temporary file beside {@code target} and renames it when it is complete: under the final name there
     * is never half a file. A link is followed; a device or a pipe is written straight into.
     * An interrupt ends it with a {@link java.util.concurrent.CancellationException} and leaves nothing.
     *
     * @throws LakeException INVALID for an unknown column or one that has no order, DENIED or UNREACHABLE if the file cannot be written
     */
    public Written write(Path target, Progress progress) {
        return write(target, false, progress);
    }

    /**
     * The same with a {@link Manifest} beside the file, which is there only if it describes the file.
     *
     * @throws LakeException as {@link #write(Path, Progress)}, and INVALID if the target is a device or a pipe
     * @throws IllegalStateException if this was made without a {@link Question}
     */
    public Written writeWithManifest(Path target, Progress progress) {
        if (question == null) {
            throw new IllegalStateException("A manifest needs the question");
        }
        return write(target, true, progress);
    }

    /**
     * Makes an export again. Under the target's name there is a file only if it is the same to the byte.
     *
     * @param snapshot the version that the manifest names
     * @throws LakeException as {@link #write(Path, Progress)}, and VERSION_GONE if the table is another one now or says something else
     */
    public static Written again(Manifest manifest, Snapshot snapshot, Path target, Progress progress) {
        if (!snapshot.committedAt().equals(manifest.committedAt())) {
            throw new LakeException(Reason.VERSION_GONE, "Cannot make the export again: version " + snapshot.version() + " of " + snapshot.table()
                    + " is another one (expected committed at " + manifest.committedAt() + ", actual " + snapshot.committedAt()
                    + "). The table was made anew, or copied without its times");
        }
        return of(snapshot, manifest.question()).format(manifest.format()).write(target, manifest, false, progress);
    }

    private Written write(Path target, boolean manifest, Progress progress) {
        return write(target, null, manifest, progress);
    }

    private Written write(Path target, Manifest expected, boolean manifest, Progress progress) {
        try {
            Path absolute = followed(target.toAbsolutePath());
            Path folder = absolute.getParent();
            if (folder == null || Files.isDirectory(absolute)) {
                throw new LakeException(Reason.INVALID, "Cannot export to " + target + ": it is a folder. Name a file in it");
            }
            if (Files.exists(absolute) && !Files.isRegularFile(absolute)) {
                if (manifest || expected != null) {
                    throw new LakeException(Reason.INVALID, "Cannot export to " + target + ": a manifest can only be put beside a file. Name a file");
                }
                return into(absolute, progress);
            }
            Path temporary = folder.resolve("." + absolute.getFileName() + "." + UUID.randomUUID() + ".part");
            try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                Written written = write(Channels.newOutputStream(file), folder, SORT_MEMORY, manifest || expected != null, progress);
                if (expected != null && !expected.sha256().equals(written.sha256)) {
                    throw new LakeException(Reason.VERSION_GONE, "Cannot make the export again: the result is another one (expected "
                            + expected.rows() + " rows, SHA-256 " + expected.sha256() + ", actual " + written.rows + " rows, " + written.sha256
                            + "). Another version of this program, or of the gzip in its Java, may have made it");
                }
                file.force(true);
                file.close();
                publish(temporary, absolute, manifest ? written : null);
                return written;
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw failure(e, target.toString());
        } catch (UncheckedIOException e) {
            throw failure(e.getCause(), target.toString());
        }
    }

    /** A manifest that was there describes another file: it goes first, and the new one comes last. */
    private void publish(Path temporary, Path target, Written written) throws IOException {
        Path manifest = Manifest.beside(target);
        if (written != null || Files.exists(manifest)) {
            Files.deleteIfExists(manifest);
        }
        move(temporary, target);
        if (written != null) {
            Snapshot snapshot = scan.snapshot();
            Path part = manifest.resolveSibling("." + manifest.getFileName() + "." + UUID.randomUUID() + ".part");
            try {
                Files.writeString(part, new Manifest(target.getFileName().toString(), snapshot.table(), snapshot.version(), snapshot.committedAt(), question, format,
                        scan.schema().names(), written.rows, written.bytes, written.sha256).text());
                move(part, manifest);
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

    /** Where links end: what they point to is written, they stay. */
    private static Path followed(Path target) throws IOException {
        return Files.isRegularFile(target) ? target.toRealPath() : target;
    }

    /** A device or a pipe takes what comes; put a file in its place and it would be gone. */
    private Written into(Path device, Progress progress) throws IOException {
        try (OutputStream out = Files.newOutputStream(device, StandardOpenOption.WRITE)) {
            return write(out, temporaries(), SORT_MEMORY, false, progress);
        }
    }

    private static Path temporaries() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Writes onto a stream, which is flushed but not closed; gives the number of rows. */
    public long write(OutputStream out, Progress progress) {
        try {
            return write(out, temporaries(), SORT_MEMORY, false, progress).rows;
        } catch (IOException e) {
            throw failure(e, OUTPUT);
        } catch (UncheckedIOException e) {
            throw failure(e.getCause(), OUTPUT);
        }
    }

    Written write(OutputStream out, Path folder, long sortMemory, boolean hashed, Progress progress) throws IOException {
        Measured measured = new Measured(out, hashed);
        Run run = new Run(progress);
        if (format.gzip()) {
            GZIPOutputStream zipped = new GZIPOutputStream(measured, GZIP_BUFFER);
            run.through(zipped, folder, sortMemory);
            zipped.finish();
        } else {
            run.through(measured, folder, sortMemory);
        }
        out.flush();
        progress.advanced(run.rows, run.total);
        return new Written(run.rows, measured.bytes(), measured.sha256());
    }

    /** One making of the export. */
    private final class Run {
        private final Progress progress;
        private final CsvText text = new CsvText(format);
        private final long total = scan.knownRows();
        private Outlet outlet;
        private long rows;
        private long gathered;
        private long lastCall = System.nanoTime();

        private Run(Progress progress) {
            this.progress = progress;
        }

        private void through(OutputStream out, Path folder, long memory) throws IOException {
            try (Outlet open = new Outlet(out)) {
                outlet = open;
                if (sort.isEmpty()) {
                    inOrder();
                } else {
                    sorted(folder, memory);
                }
                flush();
                open.finish();
            }
        }

        private void inOrder() {
            CsvRows lines = new CsvRows(text, scan.schema().fields().size());
            lines.header(scan.schema().names());
            scan.read(batch -> {
                lines.bind(batch);
                for (int row = 0; row < batch.rows(); row++) {
                    lines.line(row);
                    if (text.size() >= Outlet.BUFFER) {
                        flush();
                    }
                    advanced();
                }
            });
        }

        private void sorted(Path folder, long memory) throws IOException {
            List<String> names = scan.schema().names();
            List<String> all = new ArrayList<>(names);
            all.addAll(sort);
            Scan extended = scan.columns(all);
            extended.schema().fields().subList(names.size(), all.size()).forEach(CsvExport::requireOrder);
            try (SortedLines lines = new SortedLines(names.size(), sort.size(), format, folder, memory)) {
                extended.read(batch -> {
                    add(lines, batch);
                    gathered += batch.rows();
                    if (due()) {
                        progress.gathered(gathered, total);
                    }
                });
                progress.gathered(gathered, total);
                new CsvRows(text, names.size()).header(names);
                lines.drain((bytes, from, length) -> {
                    text.raw(bytes, from, length);
                    if (text.size() >= Outlet.BUFFER) {
                        flush();
                    }
                    advanced();
                });
            }
        }

        private void flush() {
            try {
                text.goOnIn(outlet.swap(text.bytes(), text.size()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void advanced() {
            if (++rows % CHECK_EVERY == 0) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("The export was interrupted");
                }
                if (due()) {
                    progress.advanced(rows, total);
                }
            }
        }

        private boolean due() {
            long now = System.nanoTime();
            boolean due = now - lastCall >= NANOS_BETWEEN_CALLS;
            lastCall = due ? now : lastCall;
            return due;
        }
    }

    private static void requireOrder(Schema.Field field) {
        if (!(field.type() instanceof Type.Decimal) && (!(field.type() instanceof Type.Primitive) || field.type() == Type.Primitive.BINARY)) {
            throw new LakeException(Reason.INVALID, "Cannot sort by " + field.name() + ": values of type " + field.type() + " have no order"
                    + (field.type() instanceof Type.Struct struct ? ". Sort by a field of it, as " + field.name() + "." + struct.fields().get(0).name() : ""));
        }
    }

    private static void add(SortedLines lines, Batch batch) {
        try {
            lines.add(batch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
                + (target.equals(OUTPUT) ? ". Not all of it was written" : ". Nothing was written under that name") + "; make room or choose another place, and export again",
                e);
    }
}
