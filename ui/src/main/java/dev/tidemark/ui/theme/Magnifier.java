package dev.tidemark.ui.theme;

import javafx.scene.layout.Region;
import javafx.scene.transform.Scale;

/** The root of a window, which draws its content larger or smaller: the content is laid out as in a window with that much less room, or more. */
public final class Magnifier extends Region {

    private final Region content;
    private final Magnification magnification;
    private final Scale scale = new Scale();

    public Magnifier(Region content, Magnification magnification) {
        this.content = content;
        this.magnification = magnification;
        getStyleClass().add("tidemark");
        content.getTransforms().add(scale);
        getChildren().add(content);
        magnification.factorProperty().addListener((property, before, now) -> requestLayout());
    }

    @Override
    protected void layoutChildren() {
        magnification.room(getWidth(), getHeight());
        double factor = magnification.factorProperty().get();
        scale.setX(factor);
        scale.setY(factor);
        content.resizeRelocate(0, 0, getWidth() / factor, getHeight() / factor);
    }
}
