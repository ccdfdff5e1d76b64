package dev.tidemark.lake.spark;

import dev.tidemark.lake.Lake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What tests may expect of the Spark that they share. */
class SparkTest {

    @TempDir
    private Path folder;

    @Test
    void it_writes_tables_and_gives_rows_with_every_value_exact() {
        Spark.shared().run("CREATE TABLE delta.`" + folder + "` (id BIGINT, at TIMESTAMP, price DECIMAL(20,3), tags MAP<STRING,FLOAT>) USING delta",
                "INSERT INTO delta.`" + folder + "` VALUES (1, timestamp'1969-12-31 23:59:59.999999', 1.5, map('b', 0.5, 'a', null)), (2, null, null, null)");
        assertThat(Spark.shared().rows("SELECT * FROM delta.`" + folder + "` ORDER BY id")).containsExactly(
                "{\"id\":1,\"at\":-1,\"price\":1.500,\"tags\":[[\"a\",null],[\"b\",0.5]]}", "{\"id\":2,\"at\":null,\"price\":null,\"tags\":null}");
        assertThat(Lake.at(folder.toString()).table("").snapshot().rows()).isEqualTo(2);
    }

    @Test
    void what_it_refuses_is_told_in_its_own_words() {
        assertThatThrownBy(() -> Spark.shared().rows("SELECT nothing")).isInstanceOf(IllegalStateException.class).hasMessageContaining("UNRESOLVED_COLUMN");
        assertThat(Spark.shared().rows("SELECT 1 AS one")).containsExactly("{\"one\":1}");
    }
}
