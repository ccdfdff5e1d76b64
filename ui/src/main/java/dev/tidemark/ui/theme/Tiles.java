package dev.tidemark.ui.theme;

import eu.hansolo.tilesfx.Tile;
import eu.hansolo.tilesfx.Tile.SkinType;
import eu.hansolo.tilesfx.TileBuilder;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;

/**
 * Makes tiles that take part in the themes: the tile library knows nothing of style sheets, so their colours are set here, now and
 * whenever the theme changes. Only the picture of a tile is used; its words stand beside it as labels, because a tile scales
 * its text with its size.
 */
public final class Tiles {

    private final ObservableValue<Theme> theme;

    public Tiles(ObservableValue<Theme> theme) {
        this.theme = theme;
    }

    /** A ring that is full at 1. */
    public Tile ring() {
        return dressed(TileBuilder.create().skinType(SkinType.CIRCULAR_PROGRESS).maxValue(1));
    }

    /** A half ring that is full at {@code most}. */
    public Tile gauge(double most) {
        return dressed(TileBuilder.create().skinType(SkinType.BAR_GAUGE).maxValue(most));
    }

    private Tile dressed(TileBuilder<?> builder) {
        Tile tile = builder.title("").unit("").text("").textVisible(false).valueVisible(false).percentageVisible(false)
                .minValueVisible(false).maxValueVisible(false).thresholdVisible(false).startFromZero(true)
                .decimals(0).animated(false).borderWidth(0).backgroundColor(Color.TRANSPARENT).borderColor(Color.TRANSPARENT)
                .build();
        tile.setMouseTransparent(true);
        tile.setFocusTraversable(false);
        tile.skinProperty().addListener((property, before, now) -> hideTexts(tile));
        wear(tile, theme.getValue());
        theme.addListener((property, before, now) -> wear(tile, now));
        return tile;
    }

    private static void wear(Tile tile, Theme theme) {
        tile.setBarBackgroundColor(theme.trough());
        tile.setBarColor(theme.calm());
    }

    /** The figures of these skins cannot all be switched off, and not all of them take a colour. */
    private static void hideTexts(Parent parent) {
        for (Node child : parent.getChildrenUnmodifiable()) {
            if (child instanceof Text) {
                child.setOpacity(0);
            } else if (child instanceof Parent inner) {
                hideTexts(inner);
            }
        }
    }
}
