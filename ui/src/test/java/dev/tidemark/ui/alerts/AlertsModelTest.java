package dev.tidemark.ui.alerts;

import dev.tidemark.lake.Lake;
import dev.tidemark.ui.GoldLake;
import dev.tidemark.ui.GoldLake.AlertRow;
import dev.tidemark.ui.Turns;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.live.Standing;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.travel.Position;
import dev.tidemark.ui.travel.TravelModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static dev.tidemark.ui.alerts.AlertState.ACKNOWLEDGED;
import static dev.tidemark.ui.alerts.AlertState.RETURNED;
import static dev.tidemark.ui.alerts.AlertState.SHELVED;
import static dev.tidemark.ui.alerts.AlertState.UNACKNOWLEDGED;
import static org.assertj.core.api.Assertions.assertThat;

class AlertsModelTest {

    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    private Path folder;
    @TempDir
    private Path settings;

    private final Turns turns = new Turns();
    private Instant now = TEN;
    private final List<AlertsModel> desktops = new ArrayList<>();
    private final TravelModel travel = new TravelModel();
    private final LiveModel live = new LiveModel(travel, Tasks.on(turns), () -> now);
    private AlertsModel alerts;
    private GoldLake lake;

    /** Three versions of windows; two alerts raised after the first of them, one of which is over. */
    @BeforeEach
    void a_lake_with_alerts() {
        alerts = new AlertsModel(live, travel, Tasks.on(turns), () -> now, settings, "ann@desk");
        desktops.add(alerts);
        lake = GoldLake.in(folder, TEN.minusSeconds(3600));
        lake.alerts(TEN.minusSeconds(3600));
        lake.append(GoldLake.minutes(TEN.minusSeconds(1800), 20), TEN.minusSeconds(600));
        AlertRow over = AlertRow.raised("over", "low", "hall-b-1", TEN.minusSeconds(580));
        lake.alert(List.of(AlertRow.raised("hot", "high", "hall-a-1", TEN.minusSeconds(500)), over), TEN.minusSeconds(490));
        lake.append(GoldLake.minutes(TEN.minusSeconds(600), 3), TEN.minusSeconds(400));
        lake.alert(List.of(over.cleared(TEN.minusSeconds(300))), TEN.minusSeconds(290));
        lake.append(GoldLake.minutes(TEN.minusSeconds(420), 5), TEN.minusSeconds(40));
    }

    @AfterEach
    void close() {
        desktops.forEach(AlertsModel::close);
        live.close();
        turns.all();
    }

    private AlertsModel another(Path own) {
        TravelModel position = new TravelModel();
        AlertsModel model = new AlertsModel(new LiveModel(position, Tasks.on(turns), () -> now), position, Tasks.on(turns), () -> now, own, "bob@desk");
        desktops.add(model);
        return model;
    }

    private void open(AlertsModel model) {
        model.open(Lake.at(folder.toString()));
        turns.until(() -> model.stateProperty().get() != AlertsModel.State.LOADING);
    }

    private AlertsModel opened() {
        AlertsModel model = another(settings);
        open(model);
        return model;
    }

    private void openCharts() {
        Lake opened = Lake.at(folder.toString());
        live.open(opened.table("gold/windows"), Optional.of(opened.table("gold/live")));
        turns.until(() -> live.standing().stateProperty().get() == Standing.State.SHOWN && !travel.marks().isEmpty());
    }

    private static Alert alert(AlertsModel model, String id) {
        return model.boardProperty().get().alert(id).orElseThrow();
    }

    private static AlertState state(AlertsModel model, String id) {
        return alert(model, id).state();
    }

    private static List<String> panel(AlertsModel model) {
        return model.panel().lines().stream().map(AlertLine::key).toList();
    }

    @Test
    void it_shows_what_is_open_and_what_was() {
        AlertsModel model = opened();
        assertThat(model.stateProperty().get()).isEqualTo(AlertsModel.State.SHOWN);
        assertThat(panel(model)).containsExactly("hot", "over");
        assertThat(state(model, "hot")).isEqualTo(UNACKNOWLEDGED);
        assertThat(state(model, "over")).isEqualTo(RETURNED);
        assertThat(alert(model, "over").changes()).hasSize(2);
    }

    @Test
    void what_is_raised_appears_by_itself_and_is_news() {
        AlertsModel model = opened();
        List<String> news = new ArrayList<>();
        model.setOnRaised(raised -> raised.forEach(each -> news.add(each.id())));
        lake.alert(List.of(AlertRow.raised("new", "critical", "hall-a-2", TEN)), TEN);
        turns.until(() -> panel(model).contains("new"));
        assertThat(panel(model)).containsExactly("new", "hot", "over");
        assertThat(news).containsExactly("new");
    }

    @Test
    void an_acknowledgement_is_seen_at_once_and_still_there_after_a_restart() {
        AlertsModel model = opened();
        model.logbook().acknowledge(List.of(alert(model, "hot")), "looking into it");
        turns.until(() -> state(model, "hot") == ACKNOWLEDGED);
        turns.all();
        model.close();
        turns.all();
        AlertsModel again = opened();
        assertThat(state(again, "hot")).isEqualTo(ACKNOWLEDGED);
        Act act = alert(again, "hot").acknowledgement().orElseThrow();
        assertThat(act.comment()).isEqualTo("looking into it");
        assertThat(act.actor()).isEqualTo("bob@desk");
        assertThat(Micros.instant(act.at())).isEqualTo(TEN);
    }

    @Test
    void two_desktops_share_what_is_done(@TempDir Path own) {
        AlertsModel one = opened();
        AlertsModel other = another(own);
        open(other);
        one.logbook().acknowledge(one.panel().unacknowledged(), "");
        turns.until(() -> state(other, "hot") == ACKNOWLEDGED && panel(other).equals(List.of("hot")));
        other.logbook().shelve(List.of(alert(other, "hot")), TEN.plus(Duration.ofHours(8)), "known");
        turns.until(() -> state(one, "hot") == SHELVED);
        assertThat(alert(one, "hot").acts()).extracting(Act::kind).containsExactlyInAnyOrder(Act.Kind.ACKNOWLEDGE, Act.Kind.SHELVE);
    }

    @Test
    void what_is_done_last_holds_even_within_one_tick_of_the_clock() {
        AlertsModel model = opened();
        for (int i = 0; i < 6; i++) {
            model.logbook().shelve(List.of(alert(model, "hot")), TEN.plusSeconds(900), "");
            turns.until(() -> state(model, "hot") == SHELVED);
            model.logbook().act(Act.Kind.UNSHELVE, List.of(alert(model, "hot")), "");
            turns.until(() -> state(model, "hot") == UNACKNOWLEDGED);
        }
    }

    @Test
    void a_shelf_ends_by_the_clock() {
        AlertsModel model = opened();
        model.logbook().shelve(List.of(alert(model, "hot")), TEN.plusSeconds(900), "");
        turns.until(() -> state(model, "hot") == SHELVED);
        assertThat(panel(model)).containsExactly("over");
        now = TEN.plusSeconds(901);
        model.tick();
        turns.until(() -> state(model, "hot") == UNACKNOWLEDGED);
        assertThat(panel(model)).contains("hot");
    }

    @Test
    void where_the_lake_takes_nothing_it_is_kept_here_said_so_and_handed_in_later() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("ops"), "not a folder");
        AlertsModel model = opened();
        model.logbook().acknowledge(List.of(alert(model, "hot")), "");
        turns.until(() -> !model.logbook().keptProperty().get().isEmpty());
        assertThat(model.logbook().keptProperty().get()).contains("kept on this computer").contains("Cannot write to");
        assertThat(state(model, "hot")).isEqualTo(ACKNOWLEDGED);
        model.close();
        turns.all();

        AlertsModel again = opened();
        turns.until(() -> !again.logbook().keptProperty().get().isEmpty());
        assertThat(state(again, "hot")).isEqualTo(ACKNOWLEDGED);

        Files.delete(inTheWay);
        now = TEN.plusSeconds(11);
        again.tick();
        turns.until(() -> again.logbook().keptProperty().get().isEmpty());
        assertThat(Lake.at(folder.toString()).table("ops/acks").snapshot().rows()).isEqualTo(1);
    }

    @Test
    void without_a_table_it_says_so_and_shows_it_when_it_comes(@TempDir Path other) {
        folder = other;
        lake = GoldLake.in(other, TEN.minusSeconds(60));
        AlertsModel model = opened();
        assertThat(model.stateProperty().get()).isEqualTo(AlertsModel.State.NO_TABLE);
        lake.alerts(TEN.minusSeconds(30));
        lake.alert(List.of(AlertRow.raised("first", "high", "hall-a-1", TEN)), TEN);
        turns.until(() -> model.stateProperty().get() == AlertsModel.State.SHOWN && panel(model).equals(List.of("first")));
    }

    @Test
    void a_table_of_alerts_without_any_is_no_missing_table(@TempDir Path other) {
        folder = other;
        lake = GoldLake.in(other, TEN.minusSeconds(60));
        lake.alerts(TEN.minusSeconds(30));
        AlertsModel model = opened();
        assertThat(model.stateProperty().get()).isEqualTo(AlertsModel.State.SHOWN);
        assertThat(panel(model)).isEmpty();
    }

    @Test
    void lost_files_are_told_and_not_taken_for_quiet() {
        lake.loseData("gold/alerts");
        AlertsModel model = opened();
        assertThat(model.stateProperty().get()).isEqualTo(AlertsModel.State.CANNOT_READ);
        assertThat(model.problemProperty().get()).contains(".parquet");
    }

    @Test
    void an_alert_that_could_not_be_read_is_told_of_as_soon_as_it_can(@TempDir Path away) throws IOException {
        AlertsModel model = opened();
        Set<Path> before = alertFiles();
        lake.alert(List.of(AlertRow.raised("missed", "high", "hall-a-2", TEN)), TEN);
        Path file = alertFiles().stream().filter(each -> !before.contains(each)).findFirst().orElseThrow();
        // It is taken in by a turn of ours: by then its file is away.
        Files.move(file, away.resolve("kept"));
        turns.until(() -> model.stateProperty().get() == AlertsModel.State.CANNOT_READ);
        assertThat(model.problemProperty().get()).contains(".parquet");

        Files.move(away.resolve("kept"), file);
        lake.alert(List.of(AlertRow.raised("next", "low", "hall-a-2", TEN)), TEN);
        turns.until(() -> model.stateProperty().get() == AlertsModel.State.SHOWN && panel(model).contains("next"));
        assertThat(panel(model)).containsExactly("missed", "hot", "next", "over");
    }

    @Test
    void what_could_not_be_read_is_read_again_by_the_clock(@TempDir Path away) throws IOException {
        Path file = alertFiles().iterator().next();
        Files.move(file, away.resolve("kept"));
        AlertsModel model = opened();
        assertThat(model.stateProperty().get()).isEqualTo(AlertsModel.State.CANNOT_READ);
        Files.move(away.resolve("kept"), file);
        now = TEN.plusSeconds(9);
        model.tick();
        turns.all();
        assertThat(model.stateProperty().get()).isEqualTo(AlertsModel.State.CANNOT_READ);
        now = TEN.plusSeconds(10);
        model.tick();
        turns.until(() -> model.stateProperty().get() == AlertsModel.State.SHOWN);
        assertThat(panel(model)).containsExactly("hot", "over");
    }

    @Test
    void what_is_heard_of_a_lake_that_was_left_is_not_taken_for_the_one_that_is_open(@TempDir Path other) {
        GoldLake.in(other, TEN.minusSeconds(60));
        AlertsModel model = another(settings);
        List<AlertsModel.State> seen = new ArrayList<>();
        model.stateProperty().addListener((property, before, now) -> seen.add(now));
        model.open(Lake.at(other.toString()));
        open(model);
        turns.all();
        assertThat(seen).doesNotContain(AlertsModel.State.NO_TABLE);
    }

    private Set<Path> alertFiles() throws IOException {
        try (Stream<Path> files = Files.walk(lake.table("gold/alerts"))) {
            return files.filter(file -> file.toString().endsWith(".parquet")).collect(Collectors.toSet());
        }
    }

    @Test
    void what_is_old_and_over_is_not_read_and_what_is_old_and_open_is(@TempDir Path other) {
        folder = other;
        Instant old = TEN.minus(Duration.ofDays(40));
        lake = GoldLake.in(other, old.minusSeconds(60));
        lake.alerts(old.minusSeconds(60));
        AlertRow over = AlertRow.raised("old-over", "high", "hall-a-1", old);
        AlertRow late = AlertRow.raised("old-cleared-now", "high", "hall-b-1", old);
        lake.alert(List.of(over, AlertRow.raised("old-open", "high", "hall-a-2", old), late), old.plusSeconds(5));
        lake.alert(List.of(over.cleared(old.plusSeconds(60))), old.plusSeconds(70));
        lake.alert(List.of(late.cleared(TEN.minusSeconds(60))), TEN.minusSeconds(50));
        AlertsModel model = opened();
        assertThat(model.boardProperty().get().alerts()).extracting(Alert::id).containsExactlyInAnyOrder("old-open", "old-cleared-now");
        assertThat(alert(model, "old-cleared-now").changes()).hasSize(2);
        assertThat(model.boardProperty().get().figures().standing()).isEqualTo(1);
    }

    @Test
    void at_a_version_of_the_past_alerts_are_as_they_were_and_nothing_can_be_done() {
        openCharts();
        open(alerts);
        alerts.logbook().acknowledge(List.of(alert(alerts, "hot")), "");
        turns.until(() -> state(alerts, "hot") == ACKNOWLEDGED);

        travel.goTo(2);
        turns.until(() -> alerts.boardProperty().get().at() == Micros.of(TEN.minusSeconds(400)));
        assertThat(alerts.pastProperty().get()).isTrue();
        assertThat(alerts.nowProperty().get()).isEqualTo(TEN.minusSeconds(400));
        assertThat(state(alerts, "hot")).isEqualTo(UNACKNOWLEDGED);
        assertThat(state(alerts, "over")).isEqualTo(UNACKNOWLEDGED);
        assertThat(alerts.logbook().can(Act.Kind.ACKNOWLEDGE, alerts.panel().alerts())).isFalse();

        travel.goTo(1);
        turns.until(() -> alerts.boardProperty().get().alerts().isEmpty());
        assertThat(alerts.stateProperty().get()).isEqualTo(AlertsModel.State.SHOWN);
        assertThat(alerts.currentProperty().get().open()).isEqualTo(2);

        travel.goLive();
        assertThat(alerts.pastProperty().get()).isFalse();
        assertThat(state(alerts, "hot")).isEqualTo(ACKNOWLEDGED);
    }

    @Test
    void selecting_an_alert_takes_the_charts_to_it_and_back() {
        openCharts();
        open(alerts);
        Question before = live.question();
        alerts.visit(alert(alerts, "hot"));
        assertThat(travel.position()).isEqualTo(new Position.At(2));
        turns.until(() -> live.frameProperty().get().version() == 2);
        assertThat(live.view().getRange().contains(Micros.of(TEN.minusSeconds(500)))).isTrue();
        assertThat(live.frameProperty().get().asked().split()).isEqualTo("device_id");
        assertThat(live.series().hidden()).contains("hall-b-1").doesNotContain("hall-a-1");
        // The list is that of now: the next alert can be dealt with.
        assertThat(alerts.pastProperty().get()).isFalse();
        assertThat(panel(alerts)).containsExactly("hot", "over");
        assertThat(live.annotationsProperty().get().get("temperature").marks()).anyMatch(mark -> mark.stressed() && mark.from() == Micros.of(TEN.minusSeconds(500)));

        alerts.comeBack();
        assertThat(travel.position()).isEqualTo(Position.LIVE);
        assertThat(live.question()).isEqualTo(before);
        assertThat(live.frameProperty().get().version()).isEqualTo(3);
    }

    @Test
    void back_to_live_by_key_is_back_to_what_was_asked_before() {
        openCharts();
        open(alerts);
        Question before = live.question();
        alerts.visit(alert(alerts, "hot"));
        turns.until(() -> live.frameProperty().get().version() == 2);
        travel.goLive();
        assertThat(live.question()).isEqualTo(before);
        assertThat(alerts.tripProperty().get()).isNull();
    }

    @Test
    void travelling_on_from_a_visit_makes_the_list_that_of_then() {
        openCharts();
        open(alerts);
        alerts.visit(alert(alerts, "hot"));
        turns.until(() -> live.frameProperty().get().version() == 2);
        travel.step(-1);
        turns.until(() -> alerts.pastProperty().get() && alerts.boardProperty().get().alerts().isEmpty());
    }

    @Test
    void a_refresh_changes_only_the_lines_that_are_others() {
        AlertsModel model = opened();
        List<String> changes = new ArrayList<>();
        model.panel().lines().addListener((javafx.collections.ListChangeListener<AlertLine>) change -> {
            while (change.next()) {
                changes.add(change.getFrom() + "-" + change.getTo());
            }
        });
        lake.alert(List.of(AlertRow.raised("new", "low", "hall-a-2", TEN)), TEN);
        turns.until(() -> panel(model).contains("new"));
        assertThat(panel(model)).containsExactly("hot", "new", "over");
        assertThat(changes).containsExactly("1-2");
    }
}
