package dev.tidemark.ui.table;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Table;
import dev.tidemark.ui.GoldLake;
import dev.tidemark.ui.Turns;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.travel.Mark;
import dev.tidemark.ui.travel.TravelModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class TableModelTest {

    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    private Path folder;

    private final Turns turns = new Turns();
    private final TravelModel travel = new TravelModel();
    private final TableModel model = new TableModel(travel, Tasks.on(turns));
    private GoldLake lake;
    private Table table;

    @BeforeEach
    void a_table_of_three_versions_the_last_of_which_compacts() {
        lake = GoldLake.in(folder.resolve("lake"), TEN.minusSeconds(3600));
        lake.append(GoldLake.minutes(TEN.minusSeconds(1800), 20), TEN.minusSeconds(600));
        lake.append(GoldLake.minutes(TEN.minusSeconds(600), 9), TEN.minusSeconds(40));
        lake.compact(GoldLake.minutes(TEN.minusSeconds(1800), 29), TEN.minusSeconds(20));
        table = Lake.at(lake.root().toString()).table("gold/windows");
        travel.history(table.history().stream().map(Mark::of).toList());
    }

    private TableFacts shown() {
        turns.until(() -> model.stateProperty().get() == TableModel.State.SHOWN);
        return model.factsProperty().get();
    }

    @Test
    void nothing_is_read_while_nobody_looks() {
        model.open(table);
        turns.all();
        assertThat(model.stateProperty().get()).isEqualTo(TableModel.State.LOADING);
        model.watch(true);
        assertThat(shown().snapshot().version()).isEqualTo(3);
    }

    @Test
    void the_newest_version_with_its_commits_sizes_and_compaction() {
        model.watch(true);
        model.open(table);
        TableFacts facts = shown();
        assertThat(facts.commits()).extracting("operation").containsExactly("CREATE TABLE", "STREAMING UPDATE", "STREAMING UPDATE", "OPTIMIZE");
        assertThat(facts.sizes().files()).isEqualTo(1);
        assertThat(facts.compaction().orElseThrow().before().files()).isEqualTo(2);
        assertThat(facts.compaction().orElseThrow().after().files()).isEqualTo(1);
        assertThat(facts.reach().from()).isZero();
        assertThat(facts.course().commits()).isEqualTo(4);
    }

    @Test
    void at_a_version_of_the_past_it_is_that_version() {
        model.watch(true);
        model.open(table);
        shown();
        travel.goTo(1);
        turns.until(() -> model.factsProperty().get().snapshot().version() == 1);
        assertThat(model.factsProperty().get().commits()).hasSize(2);
        assertThat(model.factsProperty().get().compaction()).isEmpty();
        travel.goLive();
        turns.until(() -> model.factsProperty().get().snapshot().version() == 3);
    }

    @Test
    void what_is_committed_while_it_is_live_is_read_at_the_next_second() {
        model.watch(true);
        model.open(table);
        shown();
        lake.append(GoldLake.minutes(TEN, 1), TEN.minusSeconds(1));
        travel.committed(Mark.of(table.history(4, 4).get(0)));
        model.tick();
        turns.until(() -> model.factsProperty().get().snapshot().version() == 4);
    }

    @Test
    void a_table_that_cannot_be_read_says_why_and_can_be_tried_again() {
        model.watch(true);
        model.open(Lake.at(lake.root().toString()).table("gold/none"));
        turns.until(() -> model.stateProperty().get() == TableModel.State.CANNOT_READ);
        assertThat(model.problemProperty().get()).contains("gold/none");
        model.open(table);
        shown();
        assertThat(model.problemProperty().get()).isEmpty();
    }
}
