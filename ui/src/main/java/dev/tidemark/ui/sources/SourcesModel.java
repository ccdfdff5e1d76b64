package dev.tidemark.ui.sources;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.ui.live.TableShape;
import dev.tidemark.ui.live.TimeColumns;
import dev.tidemark.ui.task.Slot;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Failure;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.travel.Mark;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The open lake, its tables, the one that is shown, and the lakes that were open before. Belongs to the thread that owns the screen. */
public final class SourcesModel {

    /** How far the lake is opened. */
    public enum State {
        /** No lake. */
        NONE,
        /** Its folders are being looked through. */
        OPENING,
        /** It is there but holds no table that can be drawn yet. */
        WAITING,
        /** It holds tables, but none that can be drawn; {@link #problemProperty()} says why. */
        UNDRAWABLE,
        /** Its tables are listed. */
        OPEN,
        /** It cannot be opened; {@link #problemProperty()} says why. */
        FAILED
    }

    /** A table to show. {@code openWindows} is where its windows stand that are still open. */
    public record Selection(Lake lake, Table table, Optional<Table> openWindows) {
    }

    private static final String WINDOWS = "gold/windows";
    private static final String OPEN_WINDOWS = "gold/live";
    private static final int RECENT = 8;
    private static final int REASONS = 3;

    private final Tasks tasks;
    private final Stores stores;
    private final Slot listing;
    private final Slot inspection;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.NONE);
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Lake> lake = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Selection> selection = new ReadOnlyObjectWrapper<>();
    private final ObservableList<TableEntry> tables = FXCollections.observableArrayList();
    /** Kept: a view that nobody holds takes its listeners with it. */
    private final ObservableList<TableEntry> tablesView = FXCollections.unmodifiableObservableList(tables);
    private final ReadOnlyObjectWrapper<Prompt> prompt = new ReadOnlyObjectWrapper<>();
    private String wanted;
    private String root = "";
    private LakeException.Reason reason;
    private final ObservableList<String> recent = FXCollections.observableArrayList();

    /** Of folders. */
    public SourcesModel(Tasks tasks) {
        this(tasks, Stores.none());
    }

    public SourcesModel(Tasks tasks, Stores stores) {
        this.tasks = tasks;
        this.stores = stores;
        this.listing = new Slot(tasks);
        this.inspection = new Slot(tasks);
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Why the lake cannot be opened, in words for the operator. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** What stands in the way while the lake cannot be opened, if that is known. */
    public Optional<LakeException.Reason> reason() {
        return state.get() == State.FAILED ? Optional.ofNullable(reason) : Optional.empty();
    }

    /** How a lake's storage account is signed in to. */
    SignIn signIn(String lake) {
        return stores.signIn(lake);
    }

    /** What a person has to do to sign in; null if nothing is asked for. */
    public ReadOnlyObjectProperty<Prompt> promptProperty() {
        return prompt.getReadOnlyProperty();
    }

    /** The root that is open, or was to be; "" before the first. */
    public String root() {
        return root;
    }

    /** The open lake; null if there is none. */
    public ReadOnlyObjectProperty<Lake> lakeProperty() {
        return lake.getReadOnlyProperty();
    }

    /** The table that is shown; null if there is none. */
    public ReadOnlyObjectProperty<Selection> selectionProperty() {
        return selection.getReadOnlyProperty();
    }

    /** The tables of the open lake, by path. */
    public ObservableList<TableEntry> tables() {
        return tablesView;
    }

    /** Roots of lakes, the last one opened first. */
    public ObservableList<String> recent() {
        return recent;
    }

    /** Opens a lake by a folder's path or a URL, and shows the table in it that an operator most likely wants to see. */
    public void open(String root) {
        open(root, null);
    }

    /** The same, with a table that is wanted: the likeliest is shown only if that one is not there or holds no series. Null for none. */
    public void open(String place, String table) {
        wanted = table;
        root = place;
        prompt.set(null);
        problem.set("");
        tables.clear();
        selection.set(null);
        listing.cancel();
        inspection.cancel();
        try {
            lake.set(stores.lake(place, told -> tasks.onScreen(() -> prompted(place, told))));
        } catch (LakeException told) {
            lake.set(null);
            fail(told);
            return;
        }
        state.set(State.OPENING);
        list();
    }

    private void prompted(String place, String told) {
        if (state.get() == State.OPENING && place.equals(root)) {
            prompt.set(Prompt.of(told));
        }
    }

    /** Opens the place again that could not be opened; whoever signs in is asked again. */
    public void reopen() {
        stores.forget(root);
        open(root, wanted);
    }

    /** Ends opening a lake; none is open then. */
    public void cancel() {
        if (state.get() == State.OPENING) {
            listing.cancel();
            inspection.cancel();
            stores.forget(root);
            prompt.set(null);
            lake.set(null);
            state.set(State.NONE);
        }
    }

    /** Whether the lake that cannot be opened may come back by itself; one that refuses us will not, and would ask a person to sign in over and over. */
    public boolean mayComeBack() {
        return state.get() == State.FAILED && !(reason == LakeException.Reason.DENIED && Stores.isStore(root));
    }

    /** Shows a table of the open lake. */
    public void show(String path) {
        List<String> paths = tables.stream().map(TableEntry::path).toList();
        Lake open = lake.get();
        Optional<Table> openWindows = path.equals(WINDOWS) ? Optional.of(open.table(OPEN_WINDOWS)) : Optional.empty();
        problem.set("");
        selection.set(new Selection(open, open.table(path), openWindows));
        state.set(paths.isEmpty() ? State.WAITING : State.OPEN);
    }

    /** Looks again: for tables, if none was there, and at the state of those that are. */
    public void refresh() {
        if (lake.get() != null && !listing.busyProperty().get()) {
            list();
        }
    }

    /** Whether the open lake is one that the streamer writes. */
    public boolean isStreamed() {
        return tables.stream().anyMatch(entry -> entry.path().equals("bronze/events") || entry.path().equals(WINDOWS));
    }

    /** Whether the lake is still waited for. */
    public boolean waits() {
        return state.get() == State.WAITING || state.get() == State.UNDRAWABLE;
    }

    private void list() {
        Lake asked = lake.get();
        String meant = selection.get() != null ? null : wanted == null ? WINDOWS : wanted;
        listing.ask(progress -> {
            List<String> paths = asked.tables();
            return new Listing(paths, meant != null && paths.contains(meant) ? Optional.of(look(asked, meant)) : Optional.empty());
        }, this::listed, this::fail);
    }

    /** Tables by path, and how the one stands that is most likely to be shown: nobody need wait for the others. */
    private record Listing(List<String> paths, Optional<TableEntry> first) {
    }

    private void listed(Listing listing) {
        prompt.set(null);
        List<String> paths = listing.paths();
        remember(lake.get().root());
        List<TableEntry> entries = new ArrayList<>();
        for (String path : paths) {
            entries.add(tables.stream().filter(entry -> entry.path().equals(path)).findFirst()
                    .orElse(new TableEntry(path, TableEntry.Status.UNKNOWN, "", -1, null, -1, 0)));
        }
        show(entries);
        if (state.get() != State.UNDRAWABLE) {
            problem.set("");
        }
        listing.first().filter(entry -> selection.get() == null && entry.status() == TableEntry.Status.DRAWABLE).ifPresent(entry -> show(entry.path()));
        inspect(paths);
    }

    /** Only what has changed: the row that is selected, and the button that is just being pressed, stay. */
    private void show(List<TableEntry> entries) {
        if (!entries.stream().map(TableEntry::path).toList().equals(tables.stream().map(TableEntry::path).toList())) {
            tables.setAll(entries);
            return;
        }
        for (int i = 0; i < entries.size(); i++) {
            if (!entries.get(i).equals(tables.get(i))) {
                tables.set(i, entries.get(i));
            }
        }
    }

    private void inspect(List<String> paths) {
        Lake asked = lake.get();
        inspection.ask(progress -> paths.stream().map(path -> look(asked, path)).toList(), entries -> {
            show(entries);
            if (selection.get() == null) {
                wanted(entries).or(() -> likeliest(entries)).ifPresentOrElse(this::show, () -> nothingToDraw(entries));
            } else {
                problem.set("");
                state.set(State.OPEN);
            }
        }, this::fail);
    }

    private Optional<String> wanted(List<TableEntry> entries) {
        return entries.stream().filter(entry -> entry.path().equals(wanted) && entry.status() != TableEntry.Status.NO_SERIES).map(TableEntry::path).findFirst();
    }

    /** A table that cannot be read does not become readable by waiting: why it cannot is told at once. */
    private void nothingToDraw(List<TableEntry> entries) {
        List<String> reasons = problems(entries, TableEntry.Status.CANNOT_READ);
        boolean ours = entries.stream().anyMatch(entry -> entry.path().equals("bronze/events"));
        if (reasons.isEmpty() && (entries.isEmpty() || ours)) {
            problem.set("");
            state.set(State.WAITING);
            return;
        }
        List<String> all = reasons.isEmpty() ? problems(entries, TableEntry.Status.NO_SERIES) : reasons;
        String told = String.join("\n", all.subList(0, Math.min(REASONS, all.size())));
        told = all.size() > REASONS ? told + "\n" + Messages.text("sources.more", all.size() - REASONS) : told;
        problem.set(reasons.isEmpty() ? told + "\n" + Messages.text("sources.noseries") : told);
        state.set(State.UNDRAWABLE);
    }

    private static List<String> problems(List<TableEntry> entries, TableEntry.Status status) {
        return entries.stream().filter(entry -> entry.status() == status).map(TableEntry::problem).toList();
    }

    private static TableEntry look(Lake lake, String path) {
        try {
            Table table = lake.table(path);
            Snapshot snapshot = table.snapshot();
            TimeColumns written = TimeColumns.of(snapshot);
            boolean drawable = TableShape.of(snapshot.schema(), written).isPresent();
            String why = drawable ? "" : lack(path.isEmpty() ? lake.root() : path, snapshot.schema(), written);
            return new TableEntry(path, drawable ? TableEntry.Status.DRAWABLE : TableEntry.Status.NO_SERIES, why, snapshot.version(), Mark.writtenAt(table, snapshot), snapshot.rows(), snapshot.bytes());
        } catch (LakeException told) {
            return new TableEntry(path, TableEntry.Status.CANNOT_READ, told.getMessage(), -1, null, -1, 0);
        }
    }

    private static String lack(String table, Schema schema, TimeColumns written) {
        String lack = Messages.text("sources.lacks." + TableShape.lack(schema, written), table, String.join(", ", schema.names()));
        return lack + written.others().entrySet().stream().sorted(Map.Entry.comparingByKey()).map(other -> " " + Messages.text("sources.lacks.written", other.getKey(), other.getValue()))
                .collect(Collectors.joining());
    }

    /** Closed windows first; in a lake of ours that is being made, they are waited for; else Gold before the rest. */
    private static Optional<String> likeliest(List<TableEntry> entries) {
        List<String> drawable = entries.stream().filter(entry -> entry.status() == TableEntry.Status.DRAWABLE).map(TableEntry::path).toList();
        Set<String> paths = new HashSet<>(entries.stream().map(TableEntry::path).toList());
        if (entries.stream().anyMatch(entry -> entry.path().equals(WINDOWS) && entry.status() != TableEntry.Status.NO_SERIES)) {
            // Also if it cannot be read: that is told in its place, and another table is not shown as if it were this one.
            return Optional.of(WINDOWS);
        }
        if (paths.contains("bronze/events") && paths.contains("silver/readings") && !paths.contains(WINDOWS)) {
            return Optional.empty();
        }
        return drawable.stream().filter(path -> path.startsWith("gold")).findFirst().or(() -> drawable.stream().findFirst());
    }

    private void remember(String root) {
        if (recent.isEmpty() || !recent.get(0).equals(root)) {
            recent.remove(root);
            recent.add(0, root);
            if (recent.size() > RECENT) {
                recent.remove(RECENT, recent.size());
            }
        }
    }

    private void fail(Throwable told) {
        prompt.set(null);
        reason = told instanceof LakeException lakeProblem ? lakeProblem.reason() : null;
        problem.set(Failure.words(told, "sources.problem", root));
        state.set(State.FAILED);
    }
}
