package dev.tidemark.ui;

import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;

/** Where the window stands on the screens, from one run to the next. Belongs to the FX thread. */
final class WindowBounds {

    private static final double LEAST_WIDTH = 1024;
    private static final double LEAST_HEIGHT = 640;
    private static final double USUAL_WIDTH = 1600;
    private static final double USUAL_HEIGHT = 1000;
    /** So far below the upper edge the window can be taken hold of. */
    private static final double HANDLE = 20;

    private final Stage stage;
    private final Settings settings;

    WindowBounds(Stage stage, Settings settings) {
        this.stage = stage;
        this.settings = settings;
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
    }

    /** Where it was, if there is still a screen. */
    void restore() {
        Rectangle2D screen = Screen.getPrimary().getVisualBounds();
        stage.setWidth(Math.min(USUAL_WIDTH, screen.getWidth()));
        stage.setHeight(Math.min(USUAL_HEIGHT, screen.getHeight()));
        settings.bounds().filter(WindowBounds::canBeReached).ifPresent(bounds -> {
            stage.setX(bounds.getMinX());
            stage.setY(bounds.getMinY());
            stage.setWidth(Math.max(LEAST_WIDTH, bounds.getWidth()));
            stage.setHeight(Math.max(LEAST_HEIGHT, bounds.getHeight()));
        });
        stage.setMaximized(settings.maximized());
        // A wall screen is one again after a restart.
        stage.setFullScreen(settings.fullScreen());
    }

    /** For the next start. */
    void keep() {
        settings.fullScreen(stage.isFullScreen());
        if (!stage.isFullScreen()) {
            settings.bounds(new Rectangle2D(stage.getX(), stage.getY(), Math.max(1, stage.getWidth()), Math.max(1, stage.getHeight())), stage.isMaximized());
        }
    }

    private static boolean canBeReached(Rectangle2D bounds) {
        return Screen.getScreensForRectangle(bounds).stream()
                .anyMatch(each -> each.getVisualBounds().contains(bounds.getMinX() + bounds.getWidth() / 2, bounds.getMinY() + HANDLE));
    }
}
