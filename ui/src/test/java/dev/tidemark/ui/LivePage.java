package dev.tidemark.ui;

import dev.tidemark.lake.Lake;
import dev.tidemark.ui.live.Frame;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.live.Standing;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.travel.TravelModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The models of a live page at ten o'clock, without a screen: what they do is done while the test waits. */
public abstract class LivePage {

    protected static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    protected Path folder;

    protected final Turns turns = new Turns();
    protected final TravelModel travel = new TravelModel();
    protected final LiveModel live = new LiveModel(travel, Tasks.on(turns), () -> TEN);

    @AfterEach
    void close() {
        live.close();
        turns.all();
    }

    /** Opens a table of the folder, and waits until it is shown, or why it is not. */
    protected final void open(String table) {
        open(folder, table);
    }

    protected final void open(Path root, String table) {
        open(root, table, Optional.empty());
    }

    /** @param openWindows path of the table of windows that are still open */
    protected final void open(Path root, String table, Optional<String> openWindows) {
        Lake lake = Lake.at(root.toString());
        live.open(lake.table(table), openWindows.map(lake::table));
        turns.until(() -> live.standing().stateProperty().get() != Standing.State.LOADING && !travel.marks().isEmpty());
    }

    protected final Frame frame() {
        return live.frameProperty().get();
    }
}
