package dev.tidemark.lake.column;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.azure.AzureException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.Util;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * Reads columns of one data file, a row group at a time. Whatever is wrong with the file becomes a {@link LakeException}
 * that names it. Not thread-safe.
 */
public final class DataFileReader implements Closeable {

    /** An index beyond that is no index of a column chunk of 2 GB. */
    private static final int LARGE_INDEX = 64 << 20;

    private final DataFile file;
    private final FileBytes bytes;
    private final Footer footer;
    private final Scratch scratch = new Scratch();
    /** The offset indexes read so far. */
    private final Map<ColumnChunk, PageLocations> locations = new IdentityHashMap<>();

    private DataFileReader(DataFile file, FileBytes bytes, Footer footer) {
        this.file = file;
        this.bytes = bytes;
        this.footer = footer;
    }

    /** Opens a file and reads its footer. */
    public static DataFileReader open(DataFile file) {
        return guarded(file.location(), () -> {
            FileBytes bytes = FileBytes.open(file);
            try {
                return new DataFileReader(file, bytes, Footer.read(bytes));
            } catch (IOException | RuntimeException e) {
                bytes.close();
                throw e;
            }
        });
    }

    /** Opens a file whose footer is known. */
    public static DataFileReader open(DataFile file, Footer footer) {
        return guarded(file.location(), () -> new DataFileReader(file, FileBytes.open(file), footer));
    }

    /** The file's footer. */
    public Footer footer() {
        return footer;
    }

    /**
     * A column of a row group, in the table's type; all null if the file does not have it.
     *
     * @throws LakeException UNSUPPORTED if the file's type cannot be shown in the table's
     */
    public Column read(int group, FieldPath path) {
        return read(group, path, footer.all(group));
    }

    /**
     * The same for the rows from one to before another: of a large row group no more is decoded at a time than there is room for.
     *
     * @throws LakeException UNSUPPORTED if the file's type cannot be shown in the table's
     */
    public Column read(int group, FieldPath path, int from, int to) {
        return read(group, path, RowRanges.of(from, to));
    }

    /**
     * The same for some rows, one after the other. Pages that hold none of them are not decoded, and not even read where the file has an offset index.
     *
     * @throws LakeException UNSUPPORTED if the file's type cannot be shown in the table's
     */
    public Column read(int group, FieldPath path, RowRanges rows) {
        return read(group, path, rows, LeafReader::flat);
    }

    /**
     * Reads a column of text as bytes: what {@link #read(int, FieldPath, int, int)} would give as strings.
     *
     * @throws LakeException UNSUPPORTED if the file's type cannot be shown in the table's
     */
    public Column.Utf8 utf8(int group, FieldPath path, int from, int to) {
        return utf8(group, path, RowRanges.of(from, to));
    }

    /** The same for some rows, as {@link #read(int, FieldPath, RowRanges)} has them. */
    public Column.Utf8 utf8(int group, FieldPath path, RowRanges rows) {
        Column column = read(group, path, rows, LeafReader::utf8);
        return column instanceof Column.Utf8 utf8 ? utf8 : new Column.Utf8(path.type(), ((Column.Strings) column).codes(), new byte[0], new int[1], 0);
    }

    /** How a flat column is decoded. */
    private interface Decoding {
        Column column(Leaf leaf, Chunk chunk, RowRanges wanted) throws IOException;
    }

    private Column read(int group, FieldPath path, RowRanges rows, Decoding decoding) {
        return guarded(file.location(), () -> {
            Scratch.requireRoom(8L * rows.count());
            Optional<String[]> found = footer.find(path);
            if (found.isEmpty()) {
                return Column.constant(path.type(), null, rows.count());
            }
            unreadable(path.type()).ifPresent(type -> {
                throw new LakeException(Reason.UNSUPPORTED, "its column " + path + " is of the type " + type
                        + ", which is not supported yet. Choose the other columns, or read it with Spark");
            });
            org.apache.parquet.schema.Type field = footer.schema().getType(found.get());
            if (path.type() instanceof Type.Primitive || path.type() instanceof Type.Decimal) {
                if (!field.isPrimitive() || footer.schema().getMaxRepetitionLevel(found.get()) > 0) {
                    throw incompatible(path, field);
                }
                ColumnDescriptor column = footer.schema().getColumnDescription(found.get());
                Leaf leaf = footer.leaf(column, path.type()).orElseThrow(() -> incompatible(path, field));
                return decoding.column(leaf, chunk(group, column, rows), rows);
            }
            Assembly assembly = Assembly.of(footer, found.get(), path.type()).orElseThrow(() -> incompatible(path, field));
            return assembly.read(column -> chunk(group, column, rows), footer.rows(group), rows);
        });
    }

    private Chunk chunk(int group, ColumnDescriptor column, RowRanges rows) throws IOException {
        ColumnChunk chunk = footer.chunk(group, column);
        PageLocations pages = rows.count() < footer.rows(group) ? pages(group, chunk) : null;
        return pages == null ? Chunk.read(bytes, column, chunk.getMeta_data(), scratch, footer.rows(group)) : Chunk.read(bytes, column, chunk.getMeta_data(), scratch, pages, rows);
    }

    /** The offset index of a column chunk; null if there is none. */
    private PageLocations pages(int group, ColumnChunk chunk) throws IOException {
        PageLocations known = locations.get(chunk);
        if (known == null && chunk.isSetOffset_index_offset() && chunk.isSetOffset_index_length()) {
            InputStream in = index(chunk.getOffset_index_offset(), chunk.getOffset_index_length());
            known = new PageLocations(Util.readOffsetIndex(in), Chunk.range(bytes, chunk.getMeta_data()), footer.rows(group));
            locations.put(chunk, known);
        }
        return known;
    }

    private InputStream index(long offset, int length) throws IOException {
        if (offset < 4 || length < 0 || length > LARGE_INDEX || length > bytes.size() - offset) {
            throw new CorruptPageException("an index of " + length + " bytes at byte " + offset + " of a file of " + bytes.size());
        }
        byte[] index = new byte[length];
        bytes.read(offset, index, 0, length);
        return new ByteArrayInputStream(index);
    }

    /** What the writer noted of the pages of a flat column; empty if it noted nothing. */
    public Optional<PageIndex> pageIndex(int group, FieldPath path) {
        return guarded(file.location(), () -> {
            Leaf leaf = footer.leaf(path).orElse(null);
            if (leaf == null) {
                return Optional.empty();
            }
            ColumnChunk chunk = footer.chunk(group, leaf.column());
            if (!chunk.isSetColumn_index_offset() || !chunk.isSetColumn_index_length()) {
                return Optional.empty();
            }
            PageLocations pages = pages(group, chunk);
            return pages == null ? Optional.empty()
                    : Optional.of(PageIndex.of(leaf, Util.readColumnIndex(index(chunk.getColumn_index_offset(), chunk.getColumn_index_length())), pages));
        });
    }

    /** The Bloom filter of a flat column; empty if it has none. */
    public Optional<BloomFilter> bloomFilter(int group, FieldPath path) {
        return guarded(file.location(), () -> {
            Leaf leaf = footer.leaf(path).orElse(null);
            return leaf == null ? Optional.empty() : BloomFilter.read(bytes, leaf, footer.chunk(group, leaf.column()).getMeta_data());
        });
    }

    /** Says which columns of some rows of a row group will be read next, so that a remote store is asked once for all of them. */
    public void fetch(int group, List<FieldPath> paths, RowRanges rows) {
        if (!bytes.remote()) {
            return;
        }
        guarded(file.location(), () -> {
            List<ColumnChunk> chunks = new ArrayList<>();
            for (FieldPath path : paths) {
                chunks.addAll(footer.chunks(group, path));
            }
            boolean some = rows.count() < footer.rows(group);
            if (some) {
                bytes.fetch(chunks.stream().filter(chunk -> !locations.containsKey(chunk) && chunk.isSetOffset_index_offset() && chunk.getOffset_index_length() > 0)
                        .map(chunk -> new FileBytes.Range(chunk.getOffset_index_offset(), chunk.getOffset_index_length())).toList());
            }
            List<FileBytes.Range> ranges = new ArrayList<>();
            for (ColumnChunk chunk : chunks) {
                PageLocations pages = some ? pages(group, chunk) : null;
                ranges.addAll(pages == null ? List.of(Chunk.range(bytes, chunk.getMeta_data())) : Chunk.ranges(bytes, chunk.getMeta_data(), pages, rows));
            }
            bytes.fetch(ranges);
            return null;
        });
    }

    private static Optional<Type> unreadable(Type type) {
        Stream<Type> parts = type instanceof Type.Struct struct ? struct.fields().stream().map(Schema.Field::type)
                : type instanceof Type.Array array ? Stream.of(array.element())
                : type instanceof Type.MapOf map ? Stream.of(map.key(), map.value()) : Stream.empty();
        return type instanceof Type.Unreadable ? Optional.of(type) : parts.flatMap(part -> unreadable(part).stream()).findFirst();
    }

    private static LakeException incompatible(FieldPath path, org.apache.parquet.schema.Type found) {
        return new LakeException(Reason.UNSUPPORTED, "its column " + path + " has another type than the table's (expected "
                + path.type() + ", actual " + found.toString().replaceAll("\\s+", " ") + ")");
    }

    @Override
    public void close() {
        scratch.close();
        try {
            bytes.close();
        } catch (IOException e) {
            // Nothing was written: what was read stays true.
        }
    }

    interface Reading<T> {
        T read() throws IOException;
    }

    /** Turns everything that can go wrong with a file into a message that names it. */
    static <T> T guarded(String file, Reading<T> reading) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("Reading " + file + " was interrupted");
        }
        try {
            return reading.read();
        } catch (LakeException e) {
            throw new LakeException(e.reason(), "Cannot read " + file + ": " + e.getMessage(), e);
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new LakeException(Reason.BROKEN_DATA, "Cannot read " + file + ": the file is missing. The log names it, so it was "
                    + "probably removed by VACUUM; versions that need it cannot be read any more, choose a newer one", e);
        } catch (AccessDeniedException | AccessControlException e) {
            throw new LakeException(Reason.DENIED, "Cannot read " + file + ": no permission to read this file. Ask for the right to read the table's folder", e);
        } catch (AzureException e) {
            throw LakeException.of("Cannot read " + file, e);
        } catch (FileBytes.StoreException e) {
            throw new LakeException(Reason.UNREACHABLE, "Cannot read " + file + ": " + e.getMessage() + ". Try again", e);
        } catch (ClosedByInterruptException | InterruptedIOException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Reading " + file + " was interrupted");
        } catch (OutOfMemoryError e) {
            // Of one large array, as a rule: the heap is as it was.
            throw new LakeException(Reason.UNSUPPORTED, "Cannot read " + file + ": it takes more memory than there is (" + e.getMessage()
                    + "). Give Java more, as in JAVA_OPTS=-Xmx4g, or read fewer columns", e);
        } catch (LinkageError e) {
            throw new LakeException(Reason.UNSUPPORTED, "Cannot read " + file + ": a library that it needs cannot be loaded ("
                    + e.getMessage() + "). Let java.io.tmpdir be a folder from which programs may run, as in JAVA_OPTS=-Djava.io.tmpdir=FOLDER", e);
        } catch (IOException | RuntimeException e) {
            throw new LakeException(Reason.BROKEN_DATA, "Cannot read " + file + ": its bytes are not what they should be ("
                    + described(e) + "). Restore the file from a copy, or choose a version that does not need it", e);
        }
    }

    private static String described(Throwable e) {
        return e instanceof CorruptPageException || e.getMessage() == null ? String.valueOf(e.getMessage())
                : e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
