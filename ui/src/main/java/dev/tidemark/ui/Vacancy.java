package dev.tidemark.ui;

import dev.tidemark.ui.live.Standing;
import dev.tidemark.ui.sources.SourcesModel;
import dev.tidemark.ui.sources.Stores;
import javafx.beans.InvalidationListener;

/** Tells the live page why no table is open: what the sources know of it. */
final class Vacancy {

    private Vacancy() {
    }

    /** From now on. */
    static void tell(SourcesModel sources, Standing standing) {
        InvalidationListener listener = changed -> {
            standing.absentProperty().set(switch (sources.stateProperty().get()) {
                case FAILED, UNDRAWABLE -> sources.problemProperty().get();
                default -> sources.lakeProperty().get() == null ? "" : sources.lakeProperty().get().root();
            });
            standing.absenceReason(sources.reason().orElse(null), Stores.isStore(sources.root()));
            standing.absenceProperty().set(switch (sources.stateProperty().get()) {
                case NONE -> Standing.Absence.NO_LAKE;
                case OPENING, OPEN -> Standing.Absence.OPENING;
                case WAITING -> Standing.Absence.WAITING;
                case UNDRAWABLE -> Standing.Absence.UNDRAWABLE;
                case FAILED -> Standing.Absence.CANNOT_OPEN;
            });
        };
        sources.stateProperty().addListener(listener);
        sources.problemProperty().addListener(listener);
        standing.setOnReopen(() -> {
            if (sources.reason().isPresent()) {
                sources.reopen();
            } else {
                sources.refresh();
            }
        });
    }
}
