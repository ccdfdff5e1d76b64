package dev.tidemark.ui;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pages of the window, of which one is shown. A view that is not seen yet is not made yet. Belongs to the FX thread. */
final class Pages {

    private final List<Page> pages;
    private final Map<Page, Node> views = new HashMap<>();
    private final ReadOnlyObjectWrapper<Page> shown = new ReadOnlyObjectWrapper<>();

    Pages(List<Page> pages) {
        this.pages = List.copyOf(pages);
    }

    /** In the order of the rail. */
    List<Page> all() {
        return pages;
    }

    /** The one on screen; null before the first. */
    ReadOnlyObjectProperty<Page> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    /** What a page shows. */
    Node view(Page page) {
        return views.computeIfAbsent(page, made -> made.view().get());
    }

    /** Whether this page is on screen. */
    boolean shows(String id) {
        return shown.get() != null && shown.get().id().equals(id);
    }

    /** @throws IllegalArgumentException if there is no such page */
    void show(String id) {
        Page page = pages.stream().filter(each -> each.id().equals(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Cannot show page " + id + ": there is none"));
        if (page != shown.get()) {
            shown.set(page);
        }
        page.onShow().run();
    }
}
