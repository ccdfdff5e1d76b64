package dev.tidemark.ui.export;

import dev.tidemark.lake.Table;
import dev.tidemark.lake.export.CsvExport;
import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.live.Frame;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.task.Slot;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Failure;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.travel.Mark;
import dev.tidemark.ui.travel.TravelModel;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes the table that is open as CSV, at the version that is shown: what the charts show of it, all of it, or a query of it. One at a time; it
 * never blocks the screen. Belongs to the thread that owns the screen.
 */
public final class ExportModel {

    /** The part of a sorted export after which the first row is written. */
    private static final double GATHERING = 0.7;

    /** How far an export is. */
    public enum State { NONE, RUNNING, DONE, FAILED }

    private final LiveModel live;
    private final TravelModel travel;
    private final Tasks tasks;
    private final Function<String, Optional<Path>> chooser;
    private final Slot slot;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.NONE);
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Path> file = new ReadOnlyObjectWrapper<>();
    private ExportPlan last;
    private String format = "";
    private Consumer<String> keep = line -> { };

    /** @param chooser asks the operator where to write, given a name that suits; empty if there is to be no export */
    public ExportModel(LiveModel live, TravelModel travel, Tasks tasks, Function<String, Optional<Path>> chooser) {
        this.live = live;
        this.travel = travel;
        this.tasks = tasks;
        this.chooser = chooser;
        this.slot = new Slot(tasks);
    }

    /** How files are written is remembered: {@code line} is what was kept the last time, "" if nothing was. */
    public void remember(String line, Consumer<String> keeper) {
        format = line;
        keep = keeper;
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** What is being written, was written, or went wrong, in words. */
    public ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    /** From 0 to 1; negative while it is not known. */
    public ReadOnlyDoubleProperty progressProperty() {
        return slot.progressProperty();
    }

    /** The file that is being written or was written; null before the first. */
    public ReadOnlyObjectProperty<Path> fileProperty() {
        return file.getReadOnlyProperty();
    }

    /** Whether there is something to export, and nothing being exported. */
    public boolean isPossible() {
        return live.table().isPresent() && state.get() != State.RUNNING;
    }

    /**
     * An export to be thought about, of the version that is on screen at this moment.
     *
     * @param ofScreen whether what the charts show is meant, rather than the whole table; the operator may choose otherwise
     */
    public DraftModel draft(boolean ofScreen) {
        Table table = live.table().orElseThrow();
        Frame frame = live.frameProperty().get();
        TimeRange range = live.view().getRange();
        Set<String> hidden = Set.copyOf(live.series().hidden());
        OptionalLong version = frame != null ? OptionalLong.of(frame.version()) : travel.shown().map(Mark::version).map(OptionalLong::of).orElse(OptionalLong.empty());
        return new DraftModel(tasks, () -> version.isPresent() ? table.snapshot(version.getAsLong()) : table.snapshot(),
                frame == null ? null : snapshot -> OnScreen.question(snapshot.schema(), frame, range, hidden),
                ofScreen && frame != null ? DraftModel.Scope.SCREEN : DraftModel.Scope.TABLE, format);
    }

    /** Asks where to, and writes; does nothing while an export runs, or if the draft is not ready. @return whether it begins */
    public boolean write(DraftModel draft) {
        Optional<ExportPlan> plan = draft.plan();
        if (plan.isEmpty() || state.get() == State.RUNNING) {
            return false;
        }
        format = FormatText.of(plan.get().format(), plan.get().manifest());
        keep.accept(format);
        return begin(plan.get());
    }

    /** The same export to another place, after it could not be written to the first. */
    public void elsewhere() {
        if (state.get() == State.FAILED) {
            begin(last);
        }
    }

    private boolean begin(ExportPlan plan) {
        Optional<Path> chosen = chooser.apply(plan.name());
        if (chosen.isEmpty()) {
            return false;
        }
        Path target = chosen.get();
        last = plan;
        file.set(target);
        text.set(Messages.text("export.running", target.getFileName()));
        state.set(State.RUNNING);
        slot.ask(progress -> written(plan, target, progress), this::done, this::failed);
        return true;
    }

    private static CsvExport.Written written(ExportPlan plan, Path target, Slot.Progress progress) {
        CsvExport export = plan.export();
        // A percentage needs the whole: where statistics do not tell it, the columns of the condition are looked through first.
        long all = plan.count();
        boolean sorted = !plan.question().sort().isEmpty();
        CsvExport.Progress heard = new CsvExport.Progress() {
            @Override
            public void advanced(long rows, long total) {
                progress.reached(all <= 0 ? -1 : sorted ? GATHERING + (1 - GATHERING) * Math.min(1, (double) rows / all) : Math.min(1, (double) rows / all));
            }

            @Override
            public void gathered(long rows, long total) {
                progress.reached(all <= 0 ? -1 : GATHERING * Math.min(1, (double) rows / all));
            }
        };
        return plan.manifest() ? export.writeWithManifest(target, heard) : export.write(target, heard);
    }

    /** Ends a running export; nothing is left of its file. */
    public void cancel() {
        if (state.get() == State.RUNNING) {
            slot.cancel();
            state.set(State.NONE);
        }
    }

    /** Takes the notice of the last export away. */
    public void dismiss() {
        if (state.get() != State.RUNNING) {
            state.set(State.NONE);
        }
    }

    private void done(CsvExport.Written written) {
        text.set(Messages.text(last.manifest() ? "export.done.manifest" : "export.done", Format.whole(written.rows()), Format.bytes(written.bytes())));
        state.set(State.DONE);
    }

    private void failed(Throwable problem) {
        text.set(Failure.words(problem, "export.failed", file.get()));
        state.set(State.FAILED);
    }
}
