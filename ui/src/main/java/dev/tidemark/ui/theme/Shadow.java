package dev.tidemark.ui.theme;

import javafx.scene.layout.Region;

/**
 * The shadow of a sheet that lies above the page, for a place below it among its siblings. An effect of the sheet itself would be computed again with
 * whatever changes on it: with software rendering five times the work of painting the sheet. Belongs to the FX thread.
 */
public final class Shadow extends Region {

    /** @param sheet what throws it; opaque, and laid out by the parent of both */
    public Shadow(Region sheet) {
        getStyleClass().add("shadow");
        setManaged(false);
        setMouseTransparent(true);
        setCache(true);
        sheet.boundsInParentProperty().subscribe(bounds -> resizeRelocate(bounds.getMinX(), bounds.getMinY(), bounds.getWidth(), bounds.getHeight()));
        visibleProperty().bind(sheet.visibleProperty());
    }
}
