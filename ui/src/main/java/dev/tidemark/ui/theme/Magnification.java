package dev.tidemark.ui.theme;

import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.SimpleIntegerProperty;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How large the window draws all it shows, for those who stand far from a wall of it: what is chosen, and what comes of it. Nothing is cut off for being
 * large: a window that has no room for the choice draws as large as it can. Belongs to the FX thread.
 */
public final class Magnification {

    /** What can be chosen, in percent. */
    public static final List<Integer> STEPS = List.of(90, 100, 110, 125, 150, 200, 250);
    /** As large as it was made. */
    public static final int USUAL = 100;
    /** A window of this size has room for all pages as large as they were made. */
    private static final double LEAST_WIDTH = 1160;
    private static final double LEAST_HEIGHT = 725;

    private final IntegerProperty chosen = new SimpleIntegerProperty(USUAL);
    private final ReadOnlyDoubleWrapper factor = new ReadOnlyDoubleWrapper(1);
    private double room = Double.MAX_VALUE;

    Magnification() {
        chosen.addListener((property, before, now) -> settle());
    }

    /** What is chosen, in percent. */
    public IntegerProperty chosenProperty() {
        return chosen;
    }

    /** What everything is drawn with. */
    public ReadOnlyDoubleProperty factorProperty() {
        return factor.getReadOnlyProperty();
    }

    /** One step larger, if there is room. */
    public void larger() {
        if (chosen.get() <= Math.round(100 * factor.get())) {
            STEPS.stream().filter(step -> step > chosen.get()).findFirst().ifPresent(chosen::set);
        }
    }

    /** One step smaller than it is. */
    public void smaller() {
        double now = 100 * factor.get();
        STEPS.stream().sorted(Collections.reverseOrder()).filter(step -> step < Math.round(now)).findFirst().ifPresent(chosen::set);
    }

    /** As large as it was made. */
    public void usual() {
        chosen.set(USUAL);
    }

    /** The size of the window in logical pixels. */
    void room(double width, double height) {
        room = Math.max(1, Math.min(width / LEAST_WIDTH, height / LEAST_HEIGHT));
        settle();
    }

    /** A style sheet for menus and tooltips: they are windows of their own, which no other window enlarges. */
    Optional<String> popups() {
        if (factor.get() == 1) {
            return Optional.empty();
        }
        String rules = rule(13, ".popup, .popup .label, .popup .text-field, .popup .button, .popup .list-cell, .context-menu .menu-item .label")
                + rule(12, ".tooltip, .popup .small, .popup .mono") + rule(11, ".context-menu .menu-item:disabled .label, .context-menu .picker-name");
        return Optional.of("data:text/css;base64," + Base64.getEncoder().encodeToString(rules.getBytes(StandardCharsets.UTF_8)));
    }

    private String rule(double size, String selectors) {
        return String.format(Locale.ROOT, "%s { -fx-font-size: %.1fpx; }%n", selectors, size * Math.round(20 * factor.get()) / 20);
    }

    private void settle() {
        factor.set(Math.min(chosen.get() / 100.0, room));
    }
}
