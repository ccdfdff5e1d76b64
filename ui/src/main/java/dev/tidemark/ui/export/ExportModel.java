package dev.tidemark.ui.export;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.export.CsvExport;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.live.Asked;
import dev.tidemark.ui.live.Frame;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.live.TableShape;
import dev.tidemark.ui.task.Slot;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Micros;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Writes what the charts show as CSV: their measures, series and range, at the version that is shown. One at a time; it
 * never blocks the screen. Belongs to the thread that owns the screen.
 */
public final class ExportModel {

    /** How far an export is. */
    public enum State { NONE, RUNNING, DONE, FAILED }

    private static final DateTimeFormatter IN_A_NAME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final LiveModel live;
    private final Function<String, Optional<Path>> chooser;
    private final Slot slot;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.NONE);
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Path> file = new ReadOnlyObjectWrapper<>();

    /** @param chooser asks the operator where to write, given a name that suits; empty if there is to be no export */
    public ExportModel(LiveModel live, Tasks tasks, Function<String, Optional<Path>> chooser) {
        this.live = live;
        this.chooser = chooser;
        this.slot = new Slot(tasks);
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

    /** Asks where to, and writes. Does nothing while nothing is shown, or while an export runs. */
    public void export() {
        Frame frame = live.frameProperty().get();
        if (frame == null || live.table().isEmpty() || state.get() == State.RUNNING) {
            return;
        }
        TimeRange range = live.view().getRange();
        Optional<Path> chosen = chooser.apply(name(live.table().get(), frame, range));
        if (chosen.isEmpty()) {
            return;
        }
        Path target = chosen.get();
        Table table = live.table().get();
        Set<String> hidden = Set.copyOf(live.series().hidden());
        file.set(target);
        text.set(Messages.text("export.running", target.getFileName()));
        state.set(State.RUNNING);
        slot.ask(progress -> CsvExport.write(scan(table, frame, range, hidden), sort(frame.asked()), target,
                (rows, total) -> progress.reached(total <= 0 ? -1 : (double) rows / total)), this::done, this::failed);
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

    private void done(long rows) {
        text.set(Messages.text("export.done", Format.whole(rows)));
        state.set(State.DONE);
    }

    private void failed(Throwable problem) {
        text.set(problem instanceof LakeException ? problem.getMessage()
                : Messages.text("export.failed", file.get(), problem.getMessage()));
        state.set(State.FAILED);
    }

    private static Scan scan(Table table, Frame frame, TimeRange range, Set<String> hidden) {
        Asked asked = frame.asked();
        Scan scan = Scan.of(table.snapshot(frame.version()));
        if (asked.shape().kind() == TableShape.Kind.WINDOWS) {
            scan = scan.where(new Condition.In("window", Set.of(asked.window())))
                    .where(new Condition.In("grain", Set.of(asked.grain())))
                    .where(new Condition.In("measure", Set.copyOf(asked.measures())));
        } else {
            List<String> columns = new ArrayList<>(List.of(asked.shape().time()));
            columns.addAll(asked.shape().keys());
            asked.measures().stream().filter(measure -> !columns.contains(measure)).forEach(columns::add);
            scan = scan.columns(columns);
        }
        if (asked.shape().timePart() == null) {
            scan = scan.where(new Condition.Range(asked.shape().time(), range.from(), range.to()));
        }
        if (!hidden.isEmpty() && asked.split() != null) {
            Set<String> shown = new TreeSet<>();
            frame.lines().values().forEach(lines -> shown.addAll(lines.keySet()));
            shown.removeAll(hidden);
            scan = scan.where(new Condition.In(asked.split(), shown));
        }
        return scan;
    }

    private static List<String> sort(Asked asked) {
        List<String> sort = new ArrayList<>();
        if (asked.shape().timePart() == null) {
            sort.add(asked.shape().time());
        }
        if (asked.split() != null) {
            sort.add(asked.split());
        }
        if (asked.shape().kind() == TableShape.Kind.WINDOWS) {
            sort.add("measure");
        }
        return sort;
    }

    private static String name(Table table, Frame frame, TimeRange range) {
        String path = table.path().isEmpty() ? "table" : table.path().replace('/', '-');
        return path + "_v" + frame.version() + "_" + IN_A_NAME.format(Micros.instant(range.from())) + "_"
                + IN_A_NAME.format(Micros.instant(range.to())) + ".csv";
    }
}
