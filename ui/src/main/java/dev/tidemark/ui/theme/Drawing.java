package dev.tidemark.ui.theme;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.transform.Scale;

/** A region that is painted by its own code, in the colours of the theme: again whenever its size or the theme changes. For the screen's thread. */
public abstract class Drawing extends Region {

    private final Canvas canvas = new Canvas();
    private final ObjectProperty<Theme> theme = new SimpleObjectProperty<>(this, "theme", Theme.DARK);

    protected Drawing() {
        canvas.setManaged(false);
        getChildren().add(canvas);
        theme.addListener((property, before, now) -> paint());
    }

    /** The theme its colours come from. */
    public final ObjectProperty<Theme> themeProperty() {
        return theme;
    }

    /** Paints all of it. */
    protected abstract void paint(GraphicsContext g, Theme colours);

    /** Has it painted now, because what it shows has changed. */
    protected final void paint() {
        paint(canvas.getGraphicsContext2D(), theme.get());
    }

    @Override
    protected void layoutChildren() {
        // A canvas that is enlarged is blurred: it has as many pixels as it covers.
        double factor = getLocalToSceneTransform().getMxx();
        if (canvas.getWidth() != getWidth() * factor || canvas.getHeight() != getHeight() * factor) {
            canvas.setWidth(getWidth() * factor);
            canvas.setHeight(getHeight() * factor);
            canvas.getTransforms().setAll(new Scale(1 / factor, 1 / factor));
            canvas.getGraphicsContext2D().setTransform(factor, 0, 0, factor, 0, 0);
            paint();
        }
    }
}
