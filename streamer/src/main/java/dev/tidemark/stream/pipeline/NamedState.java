package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.log.Place;
import dev.tidemark.stream.state.BrokenState;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.window.Watermarks;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The state file that the newest version of {@code gold/windows} names, held against the tables. */
public final class NamedState {

    private NamedState() {
    }

    /**
     * Looks at it.
     *
     * @param windows transactions of {@code gold/windows}
     * @param silver  of {@code silver/readings}
     * @return why it cannot be used at the next start; empty if it can, or none is named
     */
    public static Optional<String> problem(Lake lake, Map<String, Long> windows, Map<String, Long> silver) {
        long generation = windows.getOrDefault(TransactionIds.STATE_GENERATION, 0L);
        if (generation == 0) {
            return Optional.empty();
        }
        long id = windows.getOrDefault(TransactionIds.STATE_ID, 0L);
        StateFolder folder = new StateFolder(Place.of(lake.root()).resolve(LakeTables.GOLD_WINDOWS.path()).path().resolve("_streamer").resolve("state"), false);
        try {
            Optional<StateFolder.Named> file = folder.list().stream().filter(named -> named.generation() == generation && named.id() == id).findFirst();
            if (file.isEmpty()) {
                return Optional.of("state " + generation + " is missing");
            }
            StateFile.Head head = StateFile.head(folder.read(file.get()));
            long holds = Math.min(TakenBack.through(silver), TakenBack.through(windows));
            if (head.ingestedAt() > holds || head.watermark() > windows.getOrDefault(TransactionIds.WATERMARK, Watermarks.NONE)) {
                return Optional.of("state " + generation + " knows more than the tables hold: one was taken back");
            }
            return Optional.empty();
        } catch (BrokenState | IOException e) {
            return Optional.of("state " + generation + " cannot be read: " + e.getMessage());
        }
    }
}
