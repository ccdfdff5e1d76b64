package dev.tidemark.lake.bench;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.bench.Peers.Cost;
import dev.tidemark.lake.bench.Peers.Work;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Scan;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.delta.standalone.DeltaLog;
import io.delta.standalone.data.RowRecord;
import org.apache.hadoop.conf.Configuration;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Five columns of ten million Gold rows, each value touched: our scan and its peers on the same files, one thread each. */
final class ScanFigures {

    private static final int DAYS = 14;
    private static final List<String> COLUMNS = List.of("window_start", "device_id", "measure", "count", "avg");

    private final GoldTable table;
    private final List<Path> files = new ArrayList<>();
    private final Snapshot snapshot;
    private long sink;

    ScanFigures(Path folder) throws Exception {
        table = new GoldTable(folder.resolve("scan"));
        for (int day = 0; day < DAYS; day++) {
            files.add(table.day(day));
        }
        table.commit();
        snapshot = Lake.at(table.folder().toString()).table("").snapshot();
    }

    /** @param rounds how often each is measured; the best counts */
    void run(int rounds) throws Exception {
        Map<String, Work> works = new LinkedHashMap<>();
        works.put("scan", () -> scan(1));
        Optional<Connection> duck = Peers.duck(1);
        String from = Peers.parquet(files);
        duck.ifPresent(connection -> {
            works.put("DuckDB, aggregate", () -> {
                Peers.one(connection, "SELECT sum(epoch_us(window_start)), min(window_start), max(window_start), min(device_id), max(device_id), min(measure), max(measure), "
                        + "sum(count), min(count), max(count), sum(avg), min(avg), max(avg) FROM " + from);
                return (long) DAYS * GoldTable.ROWS_OF_DAY;
            });
            works.put("DuckDB, least aggregate", () -> {
                Peers.one(connection, "SELECT max(window_start), count(device_id), count(measure), sum(count), sum(avg) FROM " + from);
                return (long) DAYS * GoldTable.ROWS_OF_DAY;
            });
            works.put("DuckDB, rows", () -> duckRows(connection, from));
        });
        works.put("Delta Kernel", () -> kernelRows(table.folder().toString()));
        works.put("delta-standalone", () -> standaloneRows(table.folder().toString()));
        Map<String, Cost> best = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Work> work : works.entrySet()) {
                boolean slow = List.of("DuckDB, rows", "Delta Kernel", "delta-standalone").contains(work.getKey());
                if (!slow || round == rounds - 1) {
                    try {
                        best.merge(work.getKey(), Peers.measure(work.getKey(), work.getValue()), Peers::better);
                    } catch (Exception | LinkageError e) {
                        System.out.println("(no " + work.getKey() + ": " + e + ")");
                    }
                }
            }
        }
        Cost ours = best.get("scan");
        System.out.printf("five columns of Gold rows, one thread%n%-26s %12s %18s %18s %22s%n", "", "rows", "M rows/s of CPU", "M rows/s", "CPU as a multiple of ours");
        for (Cost cost : best.values()) {
            System.out.printf("%-26s %,12d %18.2f %18.2f %22.2f%n", cost.what(), cost.rows(), cost.rate(), cost.wallRate(), ours.rate() / cost.rate());
        }
        if (sink == 42) {
            System.out.println();
        }
        table.delete();
    }

    /** Only our scan, again and again: for a profiler. */
    void profile(int seconds) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            Cost cost = Peers.measure("scan", () -> scan(1));
            System.out.printf("%.2f M rows/s of CPU%n", cost.rate());
        }
        table.delete();
    }

    private long scan(int threads) {
        long[] rows = new long[1];
        Scan.of(snapshot).cache(new ColumnCache(0)).columns(COLUMNS).read(batch -> rows[0] += touch(batch));
        return rows[0];
    }

    private long touch(Batch batch) {
        for (Column column : batch.columns()) {
            sink += column.isNull(batch.rows() - 1) ? 1 : 0;
        }
        return batch.rows();
    }

    private long duckRows(Connection duck, String from) throws Exception {
        long rows = 0;
        try (Statement statement = duck.createStatement();
             ResultSet row = statement.executeQuery("SELECT epoch_us(window_start), device_id, measure, count, avg FROM " + from)) {
            while (row.next()) {
                double average = row.getDouble(5);
                sink += row.getLong(1) + row.getString(2).length() + row.getString(3).length() + row.getLong(4) + (row.wasNull() ? 0 : (long) average);
                rows++;
            }
        }
        return rows;
    }

    private long kernelRows(String path) throws Exception {
        Engine engine = DefaultEngine.create(new Configuration());
        io.delta.kernel.Snapshot kernel = io.delta.kernel.Table.forPath(engine, path).getLatestSnapshot(engine);
        StructType all = kernel.getSchema();
        StructType wanted = new StructType(COLUMNS.stream().map(all::get).toList());
        io.delta.kernel.Scan scan = kernel.getScanBuilder().withReadSchema(wanted).build();
        Row state = scan.getScanState(engine);
        StructType physical = ScanStateRow.getPhysicalDataReadSchema(state);
        long rows = 0;
        try (CloseableIterator<FilteredColumnarBatch> fileBatches = scan.getScanFiles(engine)) {
            while (fileBatches.hasNext()) {
                try (CloseableIterator<Row> scanFiles = fileBatches.next().getRows()) {
                    while (scanFiles.hasNext()) {
                        Row file = scanFiles.next();
                        FileStatus status = InternalScanFileUtils.getAddFileStatus(file);
                        var read = engine.getParquetHandler().readParquetFiles(Utils.singletonCloseableIterator(status), physical, Optional.empty());
                        try (CloseableIterator<FilteredColumnarBatch> batches = io.delta.kernel.Scan.transformPhysicalData(engine, state, file,
                                read.map(io.delta.kernel.engine.FileReadResult::getData))) {
                            while (batches.hasNext()) {
                                rows += touch(batches.next());
                            }
                        }
                    }
                }
            }
        }
        return rows;
    }

    private long touch(FilteredColumnarBatch batch) {
        int rows = batch.getData().getSize();
        ColumnVector average = batch.getData().getColumnVector(4);
        ColumnVector time = batch.getData().getColumnVector(0);
        ColumnVector device = batch.getData().getColumnVector(1);
        for (int i = 0; i < rows; i++) {
            sink += time.getLong(i) + device.getString(i).length() + (average.isNullAt(i) ? 0 : (long) average.getDouble(i));
        }
        return rows;
    }

    /** A tenth of a day is enough to tell how slow it is. It gives whole rows: columns cannot be chosen, and times of Parquet's INT64 not be read. */
    private long standaloneRows(String path) throws Exception {
        long rows = 0;
        try (io.delta.standalone.data.CloseableIterator<RowRecord> records = DeltaLog.forTable(new Configuration(), path).snapshot().open()) {
            while (records.hasNext() && rows < GoldTable.ROWS_OF_DAY / 10) {
                RowRecord record = records.next();
                sink += record.getString("device_id").length() + record.getString("measure").length() + record.getLong("count") + (record.isNullAt("avg") ? 0 : (long) record.getDouble("avg"));
                rows++;
            }
        }
        return rows;
    }
}
