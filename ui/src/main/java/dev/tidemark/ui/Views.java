package dev.tidemark.ui;

import dev.tidemark.ui.text.Messages;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;
import javafx.util.Callback;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Views as their FXML describes them, in the operator's language. */
final class Views {

    private Views() {
    }

    /** A view with one controller. */
    static Parent of(String fxml, Object controller) {
        return of(fxml, (Callback<Class<?>, Object>) type -> controller);
    }

    /** A view of several parts, each with its controller. */
    static Parent of(String fxml, Callback<Class<?>, Object> controllers) {
        FXMLLoader loader = new FXMLLoader(Views.class.getResource(fxml), Messages.bundle());
        loader.setControllerFactory(controllers);
        try {
            return loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
