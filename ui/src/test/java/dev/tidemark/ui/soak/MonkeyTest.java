package dev.tidemark.ui.soak;

import dev.tidemark.ui.GoldLake;
import dev.tidemark.ui.WindowOnLake;
import dev.tidemark.ui.task.Tasks;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** A short play of the {@link Monkey}, each time the same, while the lake grows. */
@ExtendWith(ApplicationExtension.class)
class MonkeyTest {

    private static final Duration LENGTH = Duration.ofSeconds(25);
    /** Everything is done for the first time here, and by code that is not compiled yet: the limit of the long test does not hold. */
    private static final long MOST_FREEZE_MILLIS = 1_500;
    /** Processor time does not depend on what else the machine does. Code that is not compiled yet takes some times as long as in the long test. */
    private static final long MOST_BUSY_MILLIS = 400;

    @TempDir
    private static Path folder;

    private final ScheduledExecutorService plant = Executors.newSingleThreadScheduledExecutor();
    private Stage stage;
    private Tasks tasks;
    private WindowOnLake window;

    @Start
    void begin(Stage shown) {
        stage = shown;
        Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        GoldLake lake = GoldLake.in(folder.resolve("plant"), now.minusSeconds(3600));
        lake.append(GoldLake.minutes(now.minusSeconds(3000), 40), now.minusSeconds(500));
        lake.alert(java.util.List.of(GoldLake.AlertRow.raised("hot", "high", "hall-a-1", now.minusSeconds(900)),
                GoldLake.AlertRow.raised("hotter", "critical", "hall-b-1", now.minusSeconds(600))), now.minusSeconds(590));
        lake.append(GoldLake.minutes(now.minusSeconds(600), 9), now.minusSeconds(40));
        plant.scheduleAtFixedRate(new Runnable() {
            private int minute;

            @Override
            public void run() {
                lake.append(GoldLake.minutes(now.plus(minute++, ChronoUnit.MINUTES), 1), Instant.now());
            }
        }, 500, 500, TimeUnit.MILLISECONDS);
        tasks = Tasks.background(Platform::runLater);
        window = new WindowOnLake(stage, folder, tasks, () -> Optional.of(folder.resolve("plant")), name -> Optional.of(folder.resolve(name)));
        window.open(folder.resolve("plant"));
    }

    @Stop
    void end() throws InterruptedException {
        window.close();
        tasks.close();
        plant.shutdownNow();
        // The folder is removed next: nothing is to be written into it any more.
        plant.awaitTermination(90, TimeUnit.SECONDS);
    }

    @Test
    void nothing_goes_wrong_whatever_is_done_to_the_window() {
        assertThat(Monkey.play(stage, 7, LENGTH.toNanos(), MOST_FREEZE_MILLIS, MOST_BUSY_MILLIS, Optional.empty())).isEmpty();
    }
}
