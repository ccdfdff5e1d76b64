package dev.tidemark.ui.theme;

import javafx.geometry.Insets;
import javafx.scene.image.Image;
import javafx.scene.image.PixelWriter;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Border;
import javafx.scene.layout.BorderImage;
import javafx.scene.layout.BorderRepeat;
import javafx.scene.layout.BorderWidths;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

/**
 * The shadow of a sheet that lies above the page, for a place below it among its siblings: a picture whose corners and edges are laid around the sheet. An effect
 * is computed from all pixels of a sheet, with software rendering a tenth of a second for a large one, and again with whatever changes on it. Belongs to the FX thread.
 */
public final class Shadow extends Region {

    /** How far it reaches. */
    private static final int REACH = 36;
    /** Standard deviation of the blur, as that of an effect of this reach. */
    private static final double BLUR = REACH / 3.0;
    /** How far below the sheet the light throws it. */
    private static final int FALL = 10;
    /** A corner of the picture: beyond it an edge looks the same all along. */
    private static final int CORNER = 2 * REACH + FALL;
    private static final BorderWidths WIDTHS = new BorderWidths(CORNER);
    private static final Border BORDER = new Border(new BorderImage(picture(), WIDTHS, new Insets(FALL - REACH, -REACH, -FALL - REACH, -REACH), WIDTHS, false,
            BorderRepeat.STRETCH, BorderRepeat.STRETCH));

    /** @param sheet what throws it; opaque, larger than a corner, and laid out by the parent of both */
    public Shadow(Region sheet) {
        getStyleClass().add("shadow");
        setManaged(false);
        setMouseTransparent(true);
        setBorder(BORDER);
        sheet.boundsInParentProperty().subscribe(bounds -> resizeRelocate(bounds.getMinX(), bounds.getMinY(), bounds.getWidth(), bounds.getHeight()));
        visibleProperty().bind(sheet.visibleProperty());
    }

    /** Of the smallest sheet; how dark it is, the style sheet of the theme says. */
    private static Image picture() {
        int size = 2 * CORNER + 1;
        WritableImage picture = new WritableImage(size, size);
        PixelWriter pixels = picture.getPixelWriter();
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                pixels.setColor(x, y, Color.gray(0, covered(x, size) * covered(y, size)));
            }
        }
        return picture;
    }

    /** The share of a blurred line of this length that is dark at a place: the normal distribution, by the logistic curve next to it, from 0 at the end of its reach. */
    private static double covered(int at, int length) {
        double inside = Math.min(at, length - 1 - at) - REACH;
        double edge = logistic(-REACH);
        return Math.max(0, Math.min(1, (logistic(inside) - edge) / (1 - 2 * edge)));
    }

    private static double logistic(double inside) {
        return 1 / (1 + Math.exp(-1.702 * inside / BLUR));
    }
}
