package dev.tidemark.lake.fuzz;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** A table of Spark's, of which one file is damaged: a commit, a checkpoint, a deletion vector or a data file. */
final class TableFuzz {

    private final Path folder;
    private final List<Path> files;
    private final Map<Long, Object> rows = new java.util.TreeMap<>();

    /** @param table the table's folder, which is copied */
    TableFuzz(Path table, Path copy) throws IOException {
        folder = copy;
        try (Stream<Path> all = Files.walk(table)) {
            for (Path from : all.toList()) {
                Path to = copy.resolve(table.relativize(from).toString());
                if (Files.isDirectory(from)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(from, to);
                }
            }
        }
        try (Stream<Path> all = Files.walk(copy)) {
            files = all.filter(Files::isRegularFile).filter(file -> !file.getFileName().toString().endsWith(".crc")).sorted().toList();
        }
        long latest = Lake.at(folder.toString()).table("").latestVersion();
        for (long version = Lake.at(folder.toString()).table("").earliestVersion(); version <= latest; version++) {
            rows.put(version, read(version));
        }
    }

    private Object read(long version) {
        Batch batch = Scan.of(Lake.at(folder.toString()).table("").snapshot(version)).cache(new ColumnCache(0)).readAll();
        List<Object> rows = new ArrayList<>();
        for (Column column : batch.columns()) {
            for (int i = 0; i < batch.rows(); i++) {
                Object value = column.value(i);
                rows.add(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
            }
        }
        return rows;
    }

    /** Damages a file and reads a version, so many times; counts how that ended. */
    Map<Verdict, Integer> run(Random random, int times, String seed) throws IOException, InterruptedException {
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        List<Long> versions = List.copyOf(rows.keySet());
        List<Path> logs = files.stream().filter(file -> file.getParent().endsWith("_delta_log") || file.toString().endsWith(".bin")).toList();
        for (int i = 0; i < times; i++) {
            Path file = random.nextInt(4) > 0 ? logs.get(random.nextInt(logs.size())) : files.get(random.nextInt(files.size()));
            byte[] whole = Files.readAllBytes(file);
            Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
            Files.write(file, whole.length == 0 ? new byte[] {1} : damage.done(whole, 0, whole.length, random));
            long version = random.nextInt(3) == 0 ? versions.get(versions.size() - 1) : versions.get(random.nextInt(versions.size()));
            String what = seed + ", " + i + ": " + damage + " " + folder.relativize(file) + ", version " + version + " of " + folder.getFileName();
            verdicts.merge(Verdict.of(() -> read(version), rows.get(version), List.of(folder.toString()), what), 1, Integer::sum);
            Files.write(file, whole);
        }
        return verdicts;
    }
}
