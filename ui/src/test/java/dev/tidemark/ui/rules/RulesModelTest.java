package dev.tidemark.ui.rules;

import dev.tidemark.ui.GoldLake;
import dev.tidemark.ui.LivePage;
import dev.tidemark.ui.chart.Severity;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.travel.Position;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class RulesModelTest extends LivePage {

    private final RulesModel rules = new RulesModel(live, travel, Tasks.on(turns));

    /** v1: half an hour at 50 degrees; v2: ten minutes at 90; v3: ten more at 50. */
    @BeforeEach
    void a_table_that_was_hot_for_ten_minutes() {
        GoldLake lake = GoldLake.in(folder, TEN.minusSeconds(3600));
        lake.append(GoldLake.rows("1m", TEN.minusSeconds(3000), 30, (series, minute) -> 50.0), TEN.minusSeconds(1200));
        lake.append(GoldLake.rows("1m", TEN.minusSeconds(1200), 10, (series, minute) -> 90.0), TEN.minusSeconds(600));
        lake.append(GoldLake.rows("1m", TEN.minusSeconds(600), 10, (series, minute) -> 50.0), TEN.minusSeconds(1));
        open("gold/windows");
    }

    private static Rule above(double limit) {
        return new Rule("hot", Rule.Kind.THRESHOLD, Severity.HIGH, "temp*", limit, Double.NaN, 0, null, null, "", 1, "1", "1");
    }

    private RulesModel.Result tried(Rule rule) {
        rules.ruleProperty().set(rule);
        turns.until(() -> rules.resultProperty().get() != null && rules.resultProperty().get().rule().equals(rule));
        return rules.resultProperty().get();
    }

    @Test
    void a_rule_is_tried_at_once_on_what_the_table_holds() {
        RulesModel.Result result = tried(above(80));
        assertThat(result.episodes()).hasSize(4).allMatch(episode -> episode.source().measure().equals("temperature") && !episode.source().device().isEmpty());
        assertThat(result.window()).isEqualTo("1m");
        assertThat(result.windows()).isEqualTo(4 * 50);
        assertThat(result.version()).isEqualTo(3);
        assertThat(tried(above(95)).episodes()).isEmpty();
    }

    @Test
    void at_a_version_of_the_past_it_is_tried_on_that() {
        travel.goTo(1);
        turns.until(() -> live.frameProperty().get().version() == 1);
        assertThat(tried(above(80)).episodes()).isEmpty();
        travel.goTo(2);
        turns.until(() -> live.frameProperty().get().version() == 2);
        rules.run();
        turns.until(() -> rules.resultProperty().get().version() == 2);
        assertThat(rules.resultProperty().get().episodes()).hasSize(4).allMatch(episode -> episode.to() == Long.MAX_VALUE);
    }

    @Test
    void a_shorter_range_looks_at_less() {
        rules.rangeProperty().set(Duration.ofMinutes(15));
        assertThat(tried(above(40)).windows()).isLessThan(4 * 17);
    }

    @Test
    void a_table_has_the_windows_that_its_streamer_was_told_to_make(@TempDir Path other) {
        GoldLake lake = GoldLake.in(other, TEN.minusSeconds(3600));
        lake.append(GoldLake.rows("20s", TEN.minusSeconds(600), 10, (series, minute) -> 90.0), TEN.minusSeconds(1));
        open(other, "gold/windows");
        RulesModel.Result result = tried(above(80));
        assertThat(result.window()).isEqualTo("20s");
        assertThat(result.episodes()).hasSize(4);
    }

    @Test
    void a_rule_that_is_written_wrong_is_not_tried() {
        tried(above(80));
        rules.ruleProperty().set(above(Double.NaN));
        assertThat(rules.resultProperty().get()).isNull();
    }

    @Test
    void an_alert_that_would_have_been_is_shown_on_the_charts() {
        RulesModel.Result result = tried(above(80));
        rules.show(result.episodes().get(0));
        turns.until(() -> "device_id".equals(live.frameProperty().get().asked().split()));
        assertThat(live.view().getRange().contains(result.episodes().get(0).from())).isTrue();
        assertThat(travel.position()).isEqualTo(Position.LIVE);
        assertThat(live.series().hidden()).doesNotContain(result.episodes().get(0).source().device()).hasSize(3);
    }
}
