package dev.tidemark.lake.fuzz;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A Parquet file with everything in it, to be damaged part by part and read by scans that use its indexes and filters. */
final class FileFuzz {

    /** What a byte of the file belongs to. */
    enum Part { PAGE, DICTIONARY, PAGE_HEADER, COLUMN_INDEX, OFFSET_INDEX, BLOOM_FILTER, FOOTER, ANY }

    private record Region(Part part, int from, int to) {
    }

    private static final MessageType FILE = MessageTypeParser.parseMessageType("""
            message m { optional int64 n; optional double d; optional binary s (STRING); optional int32 i; optional boolean b; optional int64 at (TIMESTAMP(MICROS,true));
              optional group l (LIST) { repeated group list { optional int32 element; } } optional group st { optional float f; optional binary t (STRING); } }""");
    private static final Schema SCHEMA = new Schema(List.of(field("n", Type.Primitive.LONG), field("d", Type.Primitive.DOUBLE), field("s", Type.Primitive.STRING),
            field("i", Type.Primitive.INTEGER), field("b", Type.Primitive.BOOLEAN), field("at", Type.Primitive.TIMESTAMP), field("l", new Type.Array(Type.Primitive.INTEGER, true)),
            field("st", new Type.Struct(List.of(field("f", Type.Primitive.FLOAT), field("t", Type.Primitive.STRING))))));
    private static final int ROWS = 2600;

    private final Path path;
    private final byte[] whole;
    private final boolean checksums;
    private final String description;
    private final List<Condition> conditions;
    private final List<Region> regions = new ArrayList<>();
    private final Object all;
    private final Object some;

    private static Schema.Field field(String name, Type type) {
        return new Schema.Field(name, type, true);
    }

    /** Writes a file with settings drawn by chance. */
    FileFuzz(Path folder, Random random) throws IOException {
        path = folder.resolve("part=1, 50%.parquet");
        Files.deleteIfExists(path);
        checksums = random.nextInt(3) > 0;
        CompressionCodecName codec = List.of(CompressionCodecName.UNCOMPRESSED, CompressionCodecName.SNAPPY, CompressionCodecName.ZSTD, CompressionCodecName.GZIP,
                CompressionCodecName.LZ4_RAW).get(random.nextInt(5));
        WriterVersion version = random.nextBoolean() ? WriterVersion.PARQUET_1_0 : WriterVersion.PARQUET_2_0;
        boolean dictionary = random.nextBoolean();
        description = codec + ", " + version + ", dictionary " + dictionary + ", checksums " + checksums;
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(path)).withConf(new PlainParquetConfiguration()).withType(FILE)
                .withCompressionCodec(codec).withWriterVersion(version).withDictionaryEncoding(dictionary).withBloomFilterEnabled(random.nextBoolean())
                .withByteStreamSplitEncoding(random.nextBoolean()).withPageRowCountLimit(300).withDictionaryPageSize(random.nextBoolean() ? 2000 : 1 << 20)
                .withPageWriteChecksumEnabled(checksums).withRowGroupRowCountLimit(2200).build()) {
            for (int i = 0; i < ROWS; i++) {
                writer.write(row(i, random));
            }
        }
        whole = Files.readAllBytes(path);
        conditions = random.nextBoolean() ? List.of(new Condition.Range("n", 500L, 900L), Condition.equal("s", "text " + random.nextInt(50)))
                : List.of(new Condition.Range("at", null, 1_000_000L), new Condition.NotNull("d"));
        locate();
        all = read(List.of());
        some = read(conditions);
    }

    private static Group row(int i, Random random) {
        Group row = new SimpleGroup(FILE);
        if (i % 11 > 0) {
            row.append("n", (long) i).append("d", i / 8.0).append("s", "text " + random.nextInt(50)).append("i", random.nextInt(1000)).append("b", i % 3 == 0).append("at", i * 1000L);
            for (int k = 0; k < i % 3; k++) {
                (k == 0 ? row.addGroup("l") : row.getGroup("l", 0)).addGroup("list").append("element", i + k);
            }
            row.addGroup("st").append("f", i / 4f).append("t", "t" + i);
        }
        return row;
    }

    /** Finds out which bytes are what. */
    private void locate() throws IOException {
        int footer = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(whole.length - 8);
        FileMetaData meta = Util.readFileMetaData(new ByteArrayInputStream(whole, whole.length - 8 - footer, footer));
        regions.add(new Region(Part.FOOTER, whole.length - 8 - footer, whole.length));
        regions.add(new Region(Part.ANY, 0, whole.length));
        for (RowGroup group : meta.getRow_groups()) {
            for (ColumnChunk chunk : group.getColumns()) {
                regions.add(new Region(Part.COLUMN_INDEX, (int) chunk.getColumn_index_offset(), (int) chunk.getColumn_index_offset() + chunk.getColumn_index_length()));
                regions.add(new Region(Part.OFFSET_INDEX, (int) chunk.getOffset_index_offset(), (int) chunk.getOffset_index_offset() + chunk.getOffset_index_length()));
                ColumnMetaData column = chunk.getMeta_data();
                if (column.isSetBloom_filter_offset()) {
                    regions.add(new Region(Part.BLOOM_FILTER, (int) column.getBloom_filter_offset(), (int) column.getBloom_filter_offset() + 40));
                }
                int at = (int) (column.getDictionary_page_offset() > 0 ? column.getDictionary_page_offset() : column.getData_page_offset());
                int end = at + (int) column.getTotal_compressed_size();
                while (at < end) {
                    ByteArrayInputStream in = new ByteArrayInputStream(whole, at, end - at);
                    PageHeader header = Util.readPageHeader(in);
                    int body = end - in.available();
                    regions.add(new Region(Part.PAGE_HEADER, at, body));
                    at = body + header.getCompressed_page_size();
                    regions.add(new Region(header.getType() == PageType.DICTIONARY_PAGE ? Part.DICTIONARY : Part.PAGE, body, at));
                }
            }
        }
    }

    private Object read(List<Condition> conditions) throws IOException {
        DataFile file = new DataFile("file:" + path, Map.of(), Files.size(path), Instant.EPOCH, Optional.empty());
        Scan scan = Scan.of(Snapshots.of(SCHEMA, file)).cache(new ColumnCache(0));
        for (Condition condition : conditions) {
            scan = scan.where(condition);
        }
        Batch batch = scan.readAll();
        List<Object> rows = new ArrayList<>();
        for (Column column : batch.columns()) {
            for (int i = 0; i < batch.rows(); i++) {
                rows.add(column.value(i));
            }
        }
        return rows;
    }

    /** Damages the file and reads it, so many times; counts how that ended. */
    Map<Verdict, Integer> run(Random random, int times, String seed) throws IOException, InterruptedException {
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        List<Part> parts = List.of(Part.values());
        for (int i = 0; i < times; i++) {
            Part part = parts.get(random.nextInt(parts.size()));
            List<Region> candidates = regions.stream().filter(region -> region.part == part && region.to > region.from).toList();
            if (candidates.isEmpty()) {
                continue;
            }
            Region region = candidates.get(random.nextInt(candidates.size()));
            Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
            byte[] damaged = damage.done(whole, region.from, region.to, random);
            Files.write(path, damaged);
            boolean filtered = random.nextBoolean();
            String what = seed + ", " + i + ": " + damage + " " + region + " (" + description + ", conditions " + (filtered ? conditions : "none") + ")";
            Verdict verdict = Verdict.of(() -> read(filtered ? conditions : List.of()), filtered ? some : all, List.of(path.getFileName().toString()), what);
            verdicts.merge(verdict, 1, Integer::sum);
            boolean inPlace = damage == Damage.FLIPPED || damage == Damage.OVERWRITTEN || damage == Damage.ZEROED;
            if (verdict == Verdict.OTHER && checksums && inPlace && (part == Part.PAGE || part == Part.DICTIONARY)) {
                throw new AssertionError(what + ": wrong rows, although the page has a checksum");
            }
            if (verdict != Verdict.SAME && Arrays.equals(damaged, whole)) {
                throw new AssertionError(what + ": nothing was changed, and yet it is told");
            }
        }
        Files.write(path, whole);
        return verdicts;
    }

    /** Snapshots of files without a log. */
    private static final class Snapshots {
        static Snapshot of(Schema schema, DataFile file) {
            return new Snapshot("a table", 0, Instant.EPOCH, schema, List.of(), List.of(file), Map.of(), Map.of(), 1, 2);
        }
    }
}
