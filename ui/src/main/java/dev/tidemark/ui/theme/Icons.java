package dev.tidemark.ui.theme;

import javafx.scene.paint.Color;
import javafx.scene.shape.FillRule;
import javafx.scene.shape.SVGPath;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The icons. Their colours stand in the style sheet. */
public final class Icons {

    private Icons() {
    }

    /** An icon of the Feather set at one of the sizes of the style sheet: 14, 15, 16, 19 or 34 pixels. */
    public static FontIcon of(Feather icon, int size) {
        FontIcon node = new FontIcon(icon);
        // By a rule of the style sheet: a size that is only set is overruled by the theme's.
        node.getStyleClass().add("icon-" + size);
        return node;
    }

    /** The mark of Tidemark, two swells below a line of high water, 22 × 22 pixels. */
    public static SVGPath mark() {
        SVGPath path = new SVGPath();
        path.setContent("M2 5.5H20 M2 12c2.25 0 2.25-2.5 4.5-2.5s2.25 2.5 4.5 2.5 2.25-2.5 4.5-2.5 2.25 2.5 4.5 2.5"
                + "M2 18c2.25 0 2.25-2.5 4.5-2.5s2.25 2.5 4.5 2.5 2.25-2.5 4.5-2.5 2.25 2.5 4.5 2.5");
        path.setFillRule(FillRule.NON_ZERO);
        path.setFill(Color.TRANSPARENT);
        path.getStyleClass().add("brand-mark");
        return path;
    }
}
