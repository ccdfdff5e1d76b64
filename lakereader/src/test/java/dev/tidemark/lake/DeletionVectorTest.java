package dev.tidemark.lake;

import dev.tidemark.lake.export.CsvExport;
import dev.tidemark.lake.log.Base85;
import dev.tidemark.lake.scan.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Where deletion vectors may stand. */
class DeletionVectorTest {

    private static final Path SPARK = Path.of("src/test/resources/tables/deletion_vectors/table");
    private static final Pattern OF_THE_TABLE = Pattern.compile("\"storageType\":\"u\",\"pathOrInlineDv\":\"([^\"]{20})\"");

    @TempDir
    private Path folder;

    private static String rows(Path table, long version) {
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        CsvExport.write(Scan.of(Lake.at(table.toString()).table("").snapshot(version)), List.of("id"), csv, (rows, total) -> { });
        return csv.toString();
    }

    /** As a shallow clone has it: the table's files are here, the vectors in another folder. */
    @Test
    void vectors_that_are_named_by_a_whole_path_count_as_those_of_the_table() throws IOException {
        Path clone = Files.createDirectories(folder.resolve("clone/_delta_log")).getParent();
        Path elsewhere = Files.createDirectory(folder.resolve("50% of it"));
        try (Stream<Path> files = Files.list(SPARK)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, (file.toString().endsWith(".bin") ? elsewhere : clone).resolve(file.getFileName()));
            }
        }
        String uri = "file://" + elsewhere.toString().replace("%", "%25").replace(" ", "%20");
        int rewritten = 0;
        try (Stream<Path> commits = Files.list(SPARK.resolve("_delta_log"))) {
            for (Path commit : commits.filter(file -> file.toString().endsWith(".json")).toList()) {
                String text = Files.readString(commit);
                rewritten += (int) OF_THE_TABLE.matcher(text).results().count();
                Files.writeString(clone.resolve("_delta_log").resolve(commit.getFileName()), OF_THE_TABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(
                        "\"storageType\":\"p\",\"pathOrInlineDv\":\"" + uri + "/deletion_vector_" + Base85.uuid(found.group(1)) + ".bin\"")));
            }
        }
        assertThat(rewritten).isPositive();
        for (long version = 1; version <= 9; version++) {
            assertThat(rows(clone, version)).as("version %d", version).isEqualTo(rows(SPARK, version));
        }
    }
}
