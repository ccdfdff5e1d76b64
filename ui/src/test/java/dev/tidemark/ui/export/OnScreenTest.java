package dev.tidemark.ui.export;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.export.Question;
import dev.tidemark.ui.ForeignTable;
import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.live.Frame;
import dev.tidemark.ui.live.PastReading;
import dev.tidemark.ui.text.Micros;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/** Ten minutes of a table of others as a question. */
class OnScreenTest {

    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    private Path folder;

    private Batch tenMinutes(String type, Function<Instant, Object> spelled) {
        ForeignTable table = new ForeignTable(folder.resolve("foreign"), "ts:" + type + " device:string temp:double", TEN.minusSeconds(86_400));
        List<Object[]> rows = new ArrayList<>();
        for (int minute = 60; minute > 0; minute--) {
            rows.add(new Object[] {spelled.apply(TEN.minusSeconds(60L * minute)), "pump", (double) minute});
        }
        long version = table.append(rows, TEN.minusSeconds(30));
        Snapshot snapshot = Lake.at(folder.toString()).table("foreign").snapshot();
        Frame frame = PastReading.read(Lake.at(folder.toString()).table("foreign"), version, dev.tidemark.ui.live.Question.ANY, fraction -> { });
        Question question = OnScreen.question(snapshot.schema(), frame, new TimeRange(Micros.of(TEN.minusSeconds(1_200)), Micros.of(TEN.minusSeconds(600))), Set.of());
        return question.scan(snapshot).readAll();
    }

    @Test
    void of_times_as_text() {
        assertThat(tenMinutes("string", Instant::toString).doubles("temp").values()).containsExactly(20, 19, 18, 17, 16, 15, 14, 13, 12, 11);
    }

    @Test
    void of_times_in_milliseconds() {
        assertThat(tenMinutes("long", Instant::toEpochMilli).doubles("temp").values()).containsExactly(20, 19, 18, 17, 16, 15, 14, 13, 12, 11);
    }

    @Test
    void of_times_in_seconds_with_a_fraction() {
        assertThat(tenMinutes("double", time -> time.getEpochSecond() + 0.25).doubles("temp").values()).containsExactly(20, 19, 18, 17, 16, 15, 14, 13, 12, 11);
    }
}
