package dev.tidemark.ui;

import dev.tidemark.ui.live.Asked;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.sources.SourcesModel;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.util.Comparator;
import java.util.Optional;

/** The workspaces that were saved, by name, what the window shows now as one, and what is remembered of tables that are opened without one. Belongs to the FX thread. */
final class Workspaces {

    private static final String KEPT = "workspace";

    private final Settings settings;
    private final SourcesModel sources;
    private final LiveModel live;
    private final Pages pages;
    private final ObservableList<Workspace> all = FXCollections.observableArrayList();
    /** What the next table is asked first, if it is the one that was meant. */
    private Workspace coming;
    private final SaidRoles said;

    Workspaces(Settings settings, SourcesModel sources, LiveModel live, Pages pages) {
        this.settings = settings;
        this.sources = sources;
        this.live = live;
        this.pages = pages;
        this.said = new SaidRoles(settings);
        live.frameProperty().addListener((property, before, now) -> {
            if (now != null) {
                live.table().ifPresent(table -> said.say(table.location(), live.question().roles()));
            }
        });
        all.setAll(settings.list(KEPT).stream().flatMap(line -> Workspace.of(line).stream()).toList());
    }

    ObservableList<Workspace> all() {
        return all;
    }

    /** Whether there is something to save. */
    boolean canSave() {
        return live.frameProperty().get() != null && sources.selectionProperty().get() != null;
    }

    /** Saves what is shown, in place of one of the same name. */
    void save(String name) {
        Asked asked = live.frameProperty().get().asked();
        SourcesModel.Selection shown = sources.selectionProperty().get();
        String plain = name.strip();
        all.removeIf(other -> other.name().equalsIgnoreCase(plain));
        all.add(new Workspace(plain, shown.lake().root(), shown.table().path(), pages.shownProperty().get().id(),
                new Question(live.question().window(), asked.split(), asked.measures(), asked.wanted(), live.question().series(), live.question().roles())));
        all.sort(Comparator.comparing(Workspace::name, String.CASE_INSENSITIVE_ORDER));
        keep();
    }

    void forget(Workspace workspace) {
        all.remove(workspace);
        keep();
    }

    /** Brings everything back as it was saved. */
    void open(Workspace workspace) {
        boolean here = sources.lakeProperty().get() != null && sources.lakeProperty().get().root().equals(workspace.lake());
        if (here && sources.selectionProperty().get() != null && sources.selectionProperty().get().table().path().equals(workspace.table())) {
            live.ask(workspace.question());
            pages.show(workspace.page());
            return;
        }
        coming = workspace;
        if (here) {
            sources.show(workspace.table());
        } else {
            sources.open(workspace.lake(), workspace.table());
        }
    }

    /** What is asked of a table that is opened because of a workspace; told once. */
    Optional<Workspace> coming(SourcesModel.Selection selection) {
        Optional<Workspace> meant = Optional.ofNullable(coming)
                .filter(workspace -> workspace.lake().equals(selection.lake().root()) && workspace.table().equals(selection.table().path()));
        coming = null;
        return meant;
    }

    /** What is asked of a table that is opened without a workspace. */
    Question first(SourcesModel.Selection selection, Question usual) {
        return said.first(selection.table().location(), usual);
    }

    private void keep() {
        settings.list(KEPT, all.stream().map(Workspace::line).toList());
    }
}
