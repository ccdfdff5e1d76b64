package dev.tidemark.lake.column;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Schema;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a data file says of itself: its columns, its row groups and where their chunks lie. Immutable, thread-safe. */
public final class Footer {

    private static final int MAGIC = 4;
    /** Length of the footer, then the magic. */
    private static final int TRAILER = 8;
    /** The end of a file is fetched in one go, which for a small file is all of it. */
    private static final int FIRST_READ = 64 << 10;

    private final MessageType schema;
    private final OldCalendar calendar;
    private final List<Map<List<String>, ColumnChunk>> chunks;
    private final int[] rows;
    private final int bytes;

    private Footer(FileMetaData metadata, int bytes) {
        this.schema = FileSchema.of(metadata.getSchema());
        this.calendar = OldCalendar.of(metadata);
        this.bytes = bytes;
        List<RowGroup> groups = metadata.getRow_groups();
        this.chunks = new ArrayList<>(groups.size());
        this.rows = new int[groups.size()];
        for (RowGroup group : groups) {
            if (group.getNum_rows() < 0 || group.getNum_rows() > Integer.MAX_VALUE - 64) {
                throw new CorruptPageException("a row group of " + group.getNum_rows() + " rows");
            }
            rows[chunks.size()] = (int) group.getNum_rows();
            Map<List<String>, ColumnChunk> byPath = new HashMap<>();
            for (ColumnChunk chunk : group.getColumns()) {
                if (chunk.isSetCrypto_metadata()) {
                    throw new LakeException(LakeException.Reason.UNSUPPORTED, "its columns are encrypted");
                }
                if (!chunk.isSetMeta_data()) {
                    throw new CorruptPageException("a column chunk of which nothing is said");
                }
                byPath.put(chunk.getMeta_data().getPath_in_schema(), chunk);
            }
            chunks.add(byPath);
        }
    }

    static Footer read(FileBytes file) throws IOException {
        long size = file.size();
        if (size < MAGIC + TRAILER) {
            throw new CorruptPageException("only " + size + " bytes, too few for a Parquet file");
        }
        int first = (int) Math.min(size, FIRST_READ);
        file.fetch(List.of(new FileBytes.Range(size - first, first)));
        byte[] end = tail(file, first);
        String magic = new String(end, end.length - MAGIC, MAGIC, StandardCharsets.US_ASCII);
        if (magic.equals("PARE")) {
            throw new LakeException(LakeException.Reason.UNSUPPORTED, "it is encrypted");
        }
        if (!magic.equals("PAR1")) {
            throw new CorruptPageException("no Parquet footer at its end (it may be cut off)");
        }
        int length = LittleEndian.int32(end, end.length - TRAILER);
        if (length < 0 || length > size - TRAILER - MAGIC) {
            throw new CorruptPageException("a footer of " + length + " bytes in a file of " + size);
        }
        if (length + TRAILER > end.length) {
            end = tail(file, length + TRAILER);
        }
        var in = new ByteArrayInputStream(end, end.length - TRAILER - length, length);
        return new Footer(Util.readFileMetaData(in), length);
    }

    private static byte[] tail(FileBytes file, int length) throws IOException {
        byte[] end = new byte[length];
        file.read(file.size() - length, end, 0, length);
        return end;
    }

    /** Number of row groups. */
    public int groups() {
        return rows.length;
    }

    /** Rows of a row group. */
    public int rows(int group) {
        return rows[group];
    }

    /** All rows of a row group. */
    public RowRanges all(int group) {
        return RowRanges.of(0, rows[group]);
    }

    /** Number in the file of the first row of a row group. */
    public long first(int group) {
        long before = 0;
        for (int i = 0; i < group; i++) {
            before += rows[i];
        }
        return before;
    }

    /** Bytes of a row group before compression. */
    public long bytes(int group) {
        return chunks.get(group).values().stream().mapToLong(chunk -> chunk.getMeta_data().getTotal_uncompressed_size()).sum();
    }

    /** Bytes of some columns of a row group, as they are stored. */
    public long bytes(int group, Collection<FieldPath> paths) {
        long all = 0;
        for (FieldPath path : paths) {
            for (ColumnChunk chunk : chunks(group, path)) {
                all += chunk.getMeta_data().getTotal_compressed_size();
            }
        }
        return all;
    }

    /** Rows of the file. */
    public long rows() {
        long all = 0;
        for (int group : rows) {
            all += group;
        }
        return all;
    }

    /** Roughly the memory that this takes, in bytes. */
    public long weight() {
        return 1024 + 8L * bytes;
    }

    /** The smallest and largest value of a column in a row group, if the writer noted them. */
    public Optional<Bounds> bounds(int group, FieldPath path) {
        return leaf(path).flatMap(leaf -> Optional.ofNullable(chunks.get(group).get(List.of(leaf.column().getPath())))
                .flatMap(chunk -> Bounds.of(leaf, chunk.getMeta_data())));
    }

    /** The column, if the file has it with one value a row and in a type that fits. */
    Optional<Leaf> leaf(FieldPath path) {
        return find(path).filter(found -> schema.getType(found).isPrimitive() && schema.getMaxRepetitionLevel(found) == 0)
                .map(schema::getColumnDescription)
                .flatMap(column -> leaf(column, path.type()));
    }

    /** A leaf in a type of the table, if it fits. */
    Optional<Leaf> leaf(ColumnDescriptor column, dev.tidemark.lake.Type type) {
        return Leaf.of(column, type).map(leaf -> leaf.in(calendar));
    }

    /** Where the file has a column: by field ids where these count, else by names without regard to case, the same case first. */
    Optional<String[]> find(FieldPath path) {
        List<String> found = new ArrayList<>();
        Type at = schema;
        for (Schema.Stored name : path.stored()) {
            boolean plainStruct = !at.isPrimitive() && (at == schema || !at.isRepetition(Type.Repetition.REPEATED));
            Optional<Type> next = plainStruct ? child(at.asGroupType(), name) : Optional.empty();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
            found.add(at.getName());
        }
        return Optional.of(found.toArray(String[]::new));
    }

    static Optional<Type> child(GroupType group, Schema.Stored stored) {
        if (stored.id() >= 0) {
            return group.getFields().stream().filter(field -> field.getId() != null && field.getId().intValue() == stored.id()).findFirst();
        }
        if (group.containsField(stored.name())) {
            return Optional.of(group.getType(stored.name()));
        }
        return group.getFields().stream().filter(field -> field.getName().equalsIgnoreCase(stored.name())).findFirst();
    }

    /** The chunks of a column, with all that is below it. */
    List<ColumnChunk> chunks(int group, FieldPath path) {
        String[] found = find(path).orElse(null);
        List<ColumnChunk> below = new ArrayList<>();
        for (ColumnDescriptor column : found == null ? List.<ColumnDescriptor>of() : schema.getColumns()) {
            if (column.getPath().length >= found.length && Arrays.equals(column.getPath(), 0, found.length, found, 0, found.length)) {
                below.add(chunk(group, column));
            }
        }
        return below;
    }

    MessageType schema() {
        return schema;
    }

    ColumnChunk chunk(int group, ColumnDescriptor column) {
        ColumnChunk chunk = chunks.get(group).get(List.of(column.getPath()));
        if (chunk == null) {
            throw new CorruptPageException("no chunk of column " + String.join(".", column.getPath()) + " in row group " + group);
        }
        return chunk;
    }
}
