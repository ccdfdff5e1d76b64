package dev.tidemark.lake.column;

import dev.tidemark.lake.LakeException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a data file says of itself: its columns, its row groups and where their chunks lie. Immutable, thread-safe. */
public final class Footer {

    private static final int MAGIC = 4;
    /** Length of the footer, then the magic. */
    private static final int TRAILER = 8;
    /** The end of a file is read in one go, which for a small file is all of it. */
    private static final int FIRST_READ = 64 << 10;

    private final MessageType schema;
    private final List<Map<List<String>, ColumnChunkMetaData>> chunks;
    private final int[] rows;
    private final int bytes;

    private Footer(ParquetMetadata metadata, int bytes) {
        this.schema = metadata.getFileMetaData().getSchema();
        this.bytes = bytes;
        List<BlockMetaData> blocks = metadata.getBlocks();
        this.chunks = new ArrayList<>(blocks.size());
        this.rows = new int[blocks.size()];
        for (BlockMetaData block : blocks) {
            if (block.getRowCount() < 0 || block.getRowCount() > Integer.MAX_VALUE - 64) {
                throw new CorruptPageException("a row group of " + block.getRowCount() + " rows");
            }
            rows[chunks.size()] = (int) block.getRowCount();
            Map<List<String>, ColumnChunkMetaData> byPath = new HashMap<>();
            block.getColumns().forEach(chunk -> byPath.put(List.of(chunk.getPath().toArray()), chunk));
            chunks.add(byPath);
        }
    }

    static Footer read(FileBytes file) throws IOException {
        long size = file.size();
        if (size < MAGIC + TRAILER) {
            throw new CorruptPageException("only " + size + " bytes, too few for a Parquet file");
        }
        byte[] end = tail(file, (int) Math.min(size, FIRST_READ));
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
        return new Footer(new ParquetMetadataConverter().fromParquetMetadata(Util.readFileMetaData(in)), length);
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
        return find(path).filter(found -> schema.getType(found).isPrimitive() && schema.getMaxRepetitionLevel(found) == 0)
                .map(schema::getColumnDescription)
                .flatMap(column -> Leaf.of(column, path.type()).flatMap(leaf -> Bounds.of(leaf, chunk(group, column))));
    }

    /** Where the file has a column; names are compared without regard to case, the same case first. */
    Optional<String[]> find(FieldPath path) {
        List<String> found = new ArrayList<>();
        Type at = schema;
        for (String name : path.names()) {
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

    static Optional<Type> child(GroupType group, String name) {
        if (group.containsField(name)) {
            return Optional.of(group.getType(name));
        }
        return group.getFields().stream().filter(field -> field.getName().equalsIgnoreCase(name)).findFirst();
    }

    MessageType schema() {
        return schema;
    }

    ColumnChunkMetaData chunk(int group, ColumnDescriptor column) {
        ColumnChunkMetaData chunk = chunks.get(group).get(List.of(column.getPath()));
        if (chunk == null) {
            throw new CorruptPageException("no chunk of column " + String.join(".", column.getPath()) + " in row group " + group);
        }
        return chunk;
    }
}
