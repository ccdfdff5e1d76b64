package dev.tidemark.lake.export;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.ReadingsTable;
import dev.tidemark.lake.scan.Scan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CsvExportTest {

    private static final CsvExport.Progress SILENT = (rows, total) -> { };

    @TempDir
    Path folder;
    private Path table;
    private Snapshot snapshot;

    @BeforeEach
    void write() throws IOException {
        table = Files.createDirectory(folder.resolve("table"));
        snapshot = ReadingsTable.write(table, 3, 350, true);
    }

    private List<String> filesBesideTable() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> !path.equals(table)).map(path -> path.getFileName().toString()).toList();
        }
    }

    @Test
    void a_row_a_line_with_a_header() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rows = CsvExport.write(Scan.of(snapshot).where(new Condition.In("n", Set.of(8L, 9L))), List.of(), out, SILENT);
        assertThat(rows).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                n,device,value,ok,window,day
                8,dev-1,2.0,false,"{""start"":""1970-01-01T00:08:00.000000Z"",""end"":""1970-01-01T00:09:00.000000Z""}",2026-11-21
                9,,,,,2026-11-21
                """);
    }

    @Test
    void a_file_appears_whole_and_replaces_what_was_there() throws IOException {
        Path target = Files.writeString(folder.resolve("out.csv"), "old");
        List<Long> heard = new ArrayList<>();
        CsvExport.write(Scan.of(snapshot).columns(List.of("n")), List.of(), target, (rows, total) -> {
            assertThat(total).isEqualTo(1050);
            heard.add(rows);
        });
        assertThat(Files.readAllLines(target)).hasSize(1051).startsWith("n", "0", "1");
        assertThat(heard).endsWith(1050L);
        assertThat(filesBesideTable()).containsExactly("out.csv");
    }

    @Test
    void sorted_rows_are_the_same_whether_memory_was_enough_or_not() throws IOException {
        Scan scan = Scan.of(snapshot).columns(List.of("n", "device", "value"));
        ByteArrayOutputStream inMemory = new ByteArrayOutputStream();
        CsvExport.of(scan).sort(List.of("device", "OK")).write(inMemory, folder, 1 << 24, false, SILENT);
        ByteArrayOutputStream inRuns = new ByteArrayOutputStream();
        CsvExport.of(scan).sort(List.of("device", "OK")).write(inRuns, folder, 700, false, SILENT);

        assertThat(inRuns.toString(StandardCharsets.UTF_8)).isEqualTo(inMemory.toString(StandardCharsets.UTF_8));
        assertThat(filesBesideTable()).isEmpty();
        // Nulls first, then by device, then by ok; rows alike in both stay in the order of the table.
        Comparator<Long> order = Comparator.<Long, Boolean>comparing(n -> n % 10 != 9).thenComparing(n -> n % 10 == 9 ? 0 : n % 7).thenComparing(n -> n % 10 != 9 && n % 3 == 0);
        List<Long> expected = Stream.iterate(0L, n -> n + 1).limit(1050).sorted(order).toList();
        assertThat(inMemory.toString(StandardCharsets.UTF_8).lines().skip(1).map(line -> Long.parseLong(line.substring(0, line.indexOf(','))))).isEqualTo(expected);
        assertThat(inMemory.toString(StandardCharsets.UTF_8)).startsWith("n,device,value\n9,,\n");
    }

    @Test
    void every_type_that_has_an_order_sorts_alike_in_memory_and_in_runs() throws IOException {
        for (String column : List.of("n", "device", "value", "ok", "day", "window.start")) {
            ByteArrayOutputStream inMemory = new ByteArrayOutputStream();
            CsvExport.of(Scan.of(snapshot).columns(List.of(column))).sort(List.of(column)).write(inMemory, folder, 1 << 24, false, SILENT);
            ByteArrayOutputStream inRuns = new ByteArrayOutputStream();
            CsvExport.of(Scan.of(snapshot).columns(List.of(column))).sort(List.of(column)).write(inRuns, folder, 1000, false, SILENT);
            assertThat(inRuns.toByteArray()).as(column).isEqualTo(inMemory.toByteArray());
        }
    }

    @Test
    void a_value_without_an_order_is_refused() {
        assertThatThrownBy(() -> CsvExport.write(Scan.of(snapshot), List.of("window"), folder.resolve("out.csv"), SILENT))
                .isInstanceOfSatisfying(LakeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID)).hasMessageContaining("window");
    }

    @Test
    void a_full_disk_is_told_and_leaves_nothing() throws IOException {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new FileSystemException("out.csv", null, "No space left on device");
            }
        };
        assertThatThrownBy(() -> CsvExport.write(Scan.of(snapshot), List.of(), full, SILENT)).isInstanceOf(LakeException.class)
                .hasMessageContaining("No space left on device").hasMessageContaining("make room");
    }

    @Test
    void a_full_disk_is_told_whatever_is_between() {
        OutputStream full = new OutputStream() {
            private int room = 300;

            @Override
            public void write(int b) throws IOException {
                write(new byte[1], 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                room -= length;
                if (room < 0) {
                    throw new IOException("No space left on device");
                }
            }
        };
        for (boolean gzip : new boolean[] {false, true}) {
            assertThatThrownBy(() -> CsvExport.of(Scan.of(snapshot)).format(CsvFormat.STANDARD.gzip(gzip)).write(full, SILENT)).isInstanceOf(LakeException.class)
                    .hasMessageContaining("No space left on device").hasMessageContaining("make room");
        }
    }

    @Test
    void a_format_changes_how_values_are_written() {
        CsvFormat german = CsvFormat.STANDARD.signs(';', ',').times(ZoneId.of("Europe/Berlin"), CsvFormat.TimeStyle.PLAIN).bom(true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Scan scan = Scan.of(snapshot).columns(List.of("n", "value", "window.start", "day")).where(new Condition.In("n", Set.of(5L, 9L)));
        CsvExport.of(scan).format(german).write(out, SILENT);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("\uFEFFn;value;window.start;day\n5;1,25;1970-01-01 01:05:00;2026-11-21\n9;;;2026-11-21\n");
    }

    @Test
    void times_follow_the_clocks_of_their_zone() {
        CsvText text = new CsvText(CsvFormat.STANDARD.times(ZoneId.of("Europe/Berlin"), CsvFormat.TimeStyle.ISO));
        for (String time : List.of("2026-10-25T00:59:59.999999Z", "2026-10-25T01:00:00Z", "2026-10-25T00:30:00Z", "2026-03-29T01:00:00Z", "1900-01-01T00:00:00Z")) {
            text.clear();
            text.instant(java.time.temporal.ChronoUnit.MICROS.between(java.time.Instant.EPOCH, java.time.Instant.parse(time)));
            String written = new String(text.bytes(), 0, text.size(), StandardCharsets.UTF_8);
            assertThat(java.time.OffsetDateTime.parse(written)).isEqualTo(java.time.Instant.parse(time).atZone(ZoneId.of("Europe/Berlin")).toOffsetDateTime());
        }
    }

    @Test
    void a_manifest_stands_beside_a_file_that_it_describes_and_no_other() throws IOException {
        Path target = folder.resolve("out.csv.gz");
        Path manifest = Manifest.beside(target);
        Question question = new Question(List.of("n", "value"), "n < 500", null, null, null, List.of("value"), ZoneOffset.UTC);
        CsvExport export = CsvExport.of(snapshot, question).format(CsvFormat.STANDARD.gzip(true));
        CsvExport.Written written = export.writeWithManifest(target, SILENT);
        assertThat(written.rows()).isEqualTo(500);
        Manifest read = Manifest.read(manifest);
        assertThat(read).isEqualTo(new Manifest("out.csv.gz", snapshot.table(), 3, snapshot.committedAt(), question, CsvFormat.STANDARD.gzip(true), List.of("n", "value"), 500,
                Files.size(target), written.sha256()));
        assertThat(written.sha256()).isEqualTo(sha256(target));
        try (var in = new java.util.zip.GZIPInputStream(Files.newInputStream(target))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).hasLineCount(501);
        }
        CsvExport.again(read, snapshot, folder.resolve("again.csv.gz"), SILENT);
        assertThat(folder.resolve("again.csv.gz")).hasSameBinaryContentAs(target);

        Files.delete(table.resolve("day-0.parquet"));
        CsvExport broken = CsvExport.of(Scan.of(snapshot).cache(new dev.tidemark.lake.scan.ColumnCache(0)));
        assertThatThrownBy(() -> broken.write(target, SILENT)).isInstanceOf(LakeException.class);
        assertThat(manifest).exists();
        CsvExport.of(Scan.of(snapshot).where(new Condition.Range("n", 400L, null))).write(target, SILENT);
        assertThat(manifest).doesNotExist();
    }

    private static String sha256(Path file) throws IOException {
        try {
            return java.util.HexFormat.of().formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void an_export_of_a_table_made_anew_is_not_taken_for_the_same() {
        Manifest other = new Manifest("f", snapshot.table(), 3, snapshot.committedAt().plusSeconds(1), new Question(List.of(), null, null, null, null, List.of(), ZoneOffset.UTC),
                CsvFormat.STANDARD, List.of(), 1, 1, "00");
        assertThatThrownBy(() -> CsvExport.again(other, snapshot, folder.resolve("x.csv"), SILENT)).hasMessageContaining("is another one (expected committed at");
    }

    @Test
    void a_broken_table_leaves_the_old_file_and_no_other() throws IOException {
        Path target = Files.writeString(folder.resolve("out.csv"), "old");
        Files.delete(table.resolve("day-2.parquet"));
        assertThatThrownBy(() -> CsvExport.write(Scan.of(snapshot).cache(new dev.tidemark.lake.scan.ColumnCache(0)), List.of(), target, SILENT))
                .isInstanceOf(LakeException.class).hasMessageContaining("day-2.parquet");
        assertThat(target).hasContent("old");
        assertThat(filesBesideTable()).containsExactly("out.csv");
    }

    @Test
    void an_interrupt_ends_it_and_leaves_nothing() throws IOException {
        Path target = folder.resolve("out.csv");
        for (List<String> sort : List.of(List.<String>of(), List.of("value"))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> CsvExport.write(Scan.of(snapshot), sort, target, SILENT)).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(filesBesideTable()).isEmpty();
        }
    }

    @Test
    void a_folder_that_is_not_there_or_a_folder_as_target_is_told() {
        assertThatThrownBy(() -> CsvExport.write(Scan.of(snapshot), List.of(), folder.resolve("none/out.csv"), SILENT)).isInstanceOfSatisfying(LakeException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND)).hasMessageContaining("its folder does not exist");
        assertThatThrownBy(() -> CsvExport.write(Scan.of(snapshot), List.of(), folder, SILENT)).hasMessageContaining("it is a folder");
    }

    @Test
    void a_link_stays_a_link_and_what_it_points_to_is_written() throws IOException {
        Path real = Files.writeString(folder.resolve("real.csv"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), real);
        CsvExport.write(Scan.of(snapshot), List.of(), link, SILENT);
        assertThat(link).isSymbolicLink();
        assertThat(Files.readAllLines(real)).hasSizeGreaterThan(1000);
        assertThat(filesBesideTable()).containsExactlyInAnyOrder("real.csv", "link.csv");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void a_pipe_is_written_into_and_not_replaced() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        CompletableFuture<List<String>> read = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.readAllLines(pipe);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        long rows = CsvExport.write(Scan.of(snapshot), List.of(), pipe, SILENT);
        assertThat(read.get(90, TimeUnit.SECONDS)).hasSize((int) rows + 1);
        assertThat(Files.isRegularFile(pipe)).isFalse();
        assertThat(filesBesideTable()).containsExactly("pipe");
    }
}
