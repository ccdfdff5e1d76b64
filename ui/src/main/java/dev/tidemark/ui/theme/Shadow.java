package dev.tidemark.ui.theme;

import javafx.geometry.Insets;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Border;
import javafx.scene.layout.BorderImage;
import javafx.scene.layout.BorderRepeat;
import javafx.scene.layout.BorderWidths;
import javafx.scene.layout.Region;

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
    private static final double[] PROFILE = profile();

    /** @param sheet what throws it; opaque, larger than a corner, and laid out by the parent of both */
    public Shadow(Region sheet) {
        getStyleClass().add("shadow");
        setManaged(false);
        setMouseTransparent(true);
        BorderWidths widths = new BorderWidths(CORNER);
        setBorder(new Border(new BorderImage(picture(), widths, new Insets(FALL - REACH, -REACH, -FALL - REACH, -REACH), widths, false, BorderRepeat.STRETCH, BorderRepeat.STRETCH)));
        sheet.boundsInParentProperty().subscribe(bounds -> resizeRelocate(bounds.getMinX(), bounds.getMinY(), bounds.getWidth(), bounds.getHeight()));
        visibleProperty().bind(sheet.visibleProperty());
    }

    /** Of the smallest sheet; how dark it is, the style sheet of the theme says. Each shadow has its own: a picture that can be written to knows whoever shows it, and would keep the sheets. */
    private static Image picture() {
        int size = PROFILE.length;
        int[] pixels = new int[size * size];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (int) Math.round(255 * PROFILE[i / size] * PROFILE[i % size]) << 24;
        }
        WritableImage picture = new WritableImage(size, size);
        picture.getPixelWriter().setPixels(0, 0, size, size, PixelFormat.getIntArgbInstance(), pixels, 0, size);
        return picture;
    }

    /** How dark a blurred line is along its length: the normal distribution, by the logistic curve next to it, from 0 at the end of its reach. */
    private static double[] profile() {
        double[] profile = new double[2 * CORNER + 1];
        double edge = logistic(-REACH);
        for (int at = 0; at < profile.length; at++) {
            profile[at] = Math.max(0, Math.min(1, (logistic(Math.min(at, profile.length - 1 - at) - REACH) - edge) / (1 - 2 * edge)));
        }
        return profile;
    }

    private static double logistic(double inside) {
        return 1 / (1 + Math.exp(-1.702 * inside / BLUR));
    }
}
