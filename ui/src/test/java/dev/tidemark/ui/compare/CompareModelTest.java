package dev.tidemark.ui.compare;

import dev.tidemark.ui.GoldLake;
import dev.tidemark.ui.LivePage;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.travel.Mark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class CompareModelTest extends LivePage {

    private final CompareModel compare = new CompareModel(live, travel, Tasks.on(turns));

    /** Versions 1 to 3 bring ten minutes, one minute and two minutes: twelve rows a minute. */
    @BeforeEach
    void a_page_that_compares() {
        GoldLake lake = GoldLake.in(folder, TEN.minusSeconds(3600));
        lake.append(GoldLake.minutes(TEN.minusSeconds(900), 10), TEN.minusSeconds(300));
        lake.append(GoldLake.minutes(TEN.minusSeconds(300), 1), TEN.minusSeconds(200));
        lake.append(GoldLake.minutes(TEN.minusSeconds(240), 2), TEN.minusSeconds(60));
        open("gold/windows");
        compare.watch(true);
        turns.until(() -> compare.stateProperty().get() == CompareModel.State.SHOWN);
    }

    private Mark mark(long version) {
        return travel.mark(version).orElseThrow();
    }

    private long added() {
        return compare.rowsProperty().get().summary().added();
    }

    @Test
    void the_newest_version_is_compared_with_the_one_before() {
        assertThat(compare.comparisonProperty().get().older().version()).isEqualTo(2);
        assertThat(compare.comparisonProperty().get().newer().version()).isEqualTo(3);
    }

    @Test
    void another_table_is_compared_when_it_is_opened_under_the_page(@TempDir Path other) {
        GoldLake lake = GoldLake.in(other, TEN.minusSeconds(3600));
        lake.append(GoldLake.minutes(TEN.minusSeconds(900), 10), TEN.minusSeconds(300));
        open(other, "gold/windows");
        turns.until(() -> compare.comparisonProperty().get() != null && compare.comparisonProperty().get().newer().version() == 1);
        assertThat(compare.newerProperty().get().version()).isEqualTo(1);
    }

    @Test
    void rows_are_those_of_the_versions_that_are_compared() {
        compare.wantRows(true);
        turns.until(() -> compare.rowsProperty().get() != null);
        assertThat(added()).isEqualTo(24);
        compare.compare(mark(1), mark(2));
        // They come before the points do; then the operator thinks better of it.
        turns.until(() -> compare.rowsProperty().get() != null);
        assertThat(added()).isEqualTo(12);
        compare.compare(mark(2), mark(3));
        turns.all();
        assertThat(added()).isEqualTo(24);
    }
}
