package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Severity;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Tip;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.Shape;

import java.util.Locale;

/** How severe an alert is, told by shape, number and colour at once: a square 1, a triangle 2, a triangle on its head 3, a disc 4 (ISA-101). */
final class SeverityMark extends StackPane {

    private static final double SIZE = 18;

    private Severity shown;

    SeverityMark() {
        getStyleClass().add("severity");
        setMinSize(SIZE, SIZE);
        setMaxSize(SIZE, SIZE);
    }

    /** Hollow while somebody knows of it. */
    void show(Severity severity, boolean hollow) {
        getStyleClass().remove("hollow");
        if (hollow) {
            getStyleClass().add("hollow");
        }
        if (severity == shown) {
            return;
        }
        shown = severity;
        for (Severity each : Severity.values()) {
            getStyleClass().remove(each.name().toLowerCase(Locale.ROOT));
        }
        getStyleClass().add(severity.name().toLowerCase(Locale.ROOT));
        Label number = new Label(String.valueOf(Severity.values().length - severity.ordinal()));
        number.getStyleClass().add("severity-number");
        Shape shape = shape(severity);
        shape.getStyleClass().add("severity-shape");
        number.setTranslateY(severity == Severity.HIGH ? 2 : severity == Severity.MEDIUM ? -2.5 : 0);
        getChildren().setAll(shape, number);
        Tip.on(this, name(severity));
        setAccessibleText(name(severity));
    }

    /** A severity in words. */
    static String name(Severity severity) {
        return Messages.text("alerts.severity." + severity);
    }

    private static Shape shape(Severity severity) {
        return switch (severity) {
            case CRITICAL -> rounded(new Rectangle(15, 15));
            case HIGH -> new Polygon(9, 1, 17.5, 16, 0.5, 16);
            case MEDIUM -> new Polygon(0.5, 2, 17.5, 2, 9, 17);
            case LOW -> new Circle(7.5);
        };
    }

    private static Rectangle rounded(Rectangle square) {
        square.setArcWidth(4);
        square.setArcHeight(4);
        return square;
    }
}
