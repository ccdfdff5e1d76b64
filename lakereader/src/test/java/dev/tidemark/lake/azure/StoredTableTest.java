package dev.tidemark.lake.azure;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Tables in a storage account: what they hold, and what it costs to know. */
@Timeout(600)
class StoredTableTest {

    private static final String KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static final String ROOT = "abfss://lake@tables.dfs.core.windows.net";

    @TempDir
    private Path folder;
    private DfsServer server;
    private DfsTree container;
    private GrownTable grown;

    @BeforeAll
    static void trust() {
        Certificates.trust();
    }

    @BeforeEach
    void an_account() throws IOException {
        server = new DfsServer("tables", DfsGate.key("tables", KEY));
        container = server.container("lake");
        grown = new GrownTable(folder.resolve("t"));
        StoreCache.use(folder.resolve("cache"), 64 << 20);
    }

    @AfterEach
    void close() {
        server.close();
        AzureAccounts.forget("tables");
    }

    private Table table() {
        return Lake.at(ROOT, AzureAccess.key(KEY).endpoint(server.endpoint())).table("t");
    }

    private List<String> asked() {
        return server.taken().stream().map(answer -> answer.operation() + " " + answer.path().replaceFirst("^t/_delta_log/0*(\\d+)", "$1").replaceFirst("^t/_delta_log", "log")).toList();
    }

    @Test
    void a_table_is_opened_from_its_last_checkpoint_without_the_log_before_it() {
        grown.create().grow(1, 40).checkpoint().grow(41, 44).copyTo(container, "t");
        Snapshot now = table().snapshot();
        assertThat(now.version()).isEqualTo(44);
        assertThat(now.files()).hasSize(44);
        List<String> asked = asked();
        assertThat(asked).filteredOn(request -> request.startsWith("LIST")).containsExactly("LIST ");
        assertThat(asked).filteredOn(request -> request.matches("READ \\d+\\.json")).containsExactlyInAnyOrder("READ 41.json", "READ 42.json", "READ 43.json", "READ 44.json");
        assertThat(asked).filteredOn(request -> request.matches("STATUS \\d+\\.json")).containsExactlyInAnyOrder("STATUS 44.json", "STATUS 45.json");
        assertThat(asked).filteredOn(request -> request.contains("40.checkpoint")).containsExactly("READ 40.checkpoint.parquet");
        assertThat(asked).hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void what_lies_before_the_checkpoint_is_found_when_it_is_asked_for() {
        grown.create().grow(1, 40).checkpoint().grow(41, 44).copyTo(container, "t");
        Table table = table();
        table.snapshot();
        assertThat(table.snapshot(7).files()).hasSize(7);
        assertThat(table.earliestVersion()).isZero();
        server.taken();
        assertThat(table.history()).extracting(Commit::version).hasSize(45).startsWith(0L, 1L);
        assertThat(asked()).filteredOn(request -> request.startsWith("STATUS")).as("commits that were listed are fetched and not asked for").hasSizeLessThan(10);
    }

    @Test
    void a_poll_for_the_next_commit_is_two_small_requests() {
        grown.create().grow(1, 3).copyTo(container, "t");
        Table table = table();
        table.snapshot();
        server.taken();
        assertThat(table.latestVersion()).isEqualTo(3);
        assertThat(asked()).containsExactly("STATUS 3.json", "STATUS 4.json");
        grown.grow(4, 4).copyTo(container, "t");
        assertThat(table.snapshot().files()).hasSize(4);
    }

    @Test
    void a_table_made_anew_under_the_same_names_is_read_as_it_is() {
        grown.create().grow(1, 3).copyTo(container, "t");
        Table table = table();
        assertThat(table.snapshot().files()).hasSize(3);
        container.delete("t");
        new GrownTable(folder.resolve("other")).create().grow(1, 2).grow(3, 3).copyTo(container, "t");
        assertThat(table.snapshot().version()).isEqualTo(3);
        container.delete("t");
        new GrownTable(folder.resolve("third")).create().copyTo(container, "t");
        assertThat(table.snapshot().files()).isEmpty();
    }

    @Test
    void a_store_that_cannot_be_reached_is_no_missing_table() {
        Table table = table();
        assertThat(catchThrowableOfType(LakeException.class, table::snapshot).reason()).isEqualTo(LakeException.Reason.NOT_FOUND);
        Table elsewhere = Lake.at("abfss://other@tables.dfs.core.windows.net", AzureAccess.key(KEY).endpoint(server.endpoint())).table("t");
        LakeException container = catchThrowableOfType(LakeException.class, elsewhere::snapshot);
        assertThat(container.reason()).isEqualTo(LakeException.Reason.NOT_FOUND);
        assertThat(container).hasMessageContaining("account tables has no container other");
    }

    @Test
    void a_version_is_published_once() throws IOException {
        AzureAccounts.enter("tables", AzureAccess.key(KEY).endpoint(server.endpoint()));
        CommitLog log = CommitLog.of(Place.of(ROOT + "/new"));
        assertThat(log.publish(0, List.of("{\"commitInfo\":{}}"), true)).isTrue();
        assertThat(log.publish(0, List.of("{\"commitInfo\":{}}", "{}"), true)).isFalse();
        assertThat(new String(container.bytes("new/_delta_log/00000000000000000000.json"))).isEqualTo("{\"commitInfo\":{}}\n");
    }
}
