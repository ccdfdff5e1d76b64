package dev.tidemark.ui.theme;

import javafx.application.Application;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ListChangeListener;
import javafx.collections.WeakListChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.stage.PopupWindow;
import javafx.stage.Window;

import java.util.List;
import java.util.function.Supplier;

/** What the user chose to look at, and the theme that follows from it. Belongs to the FX thread. */
public final class Appearance {

    /** What can be chosen. */
    public enum Choice { DARK, LIGHT, SYSTEM }

    /** Of the window's root; the style sheet has a rule of it. */
    private static final PseudoClass LIGHT = PseudoClass.getPseudoClass("light");

    private final ObjectProperty<Choice> choice = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<Theme> theme = new ReadOnlyObjectWrapper<>();
    private final Magnification magnification = new Magnification();
    private ListChangeListener<Window> popups;
    private final Supplier<Theme> system;

    /**
     * @param choice what the user chose
     * @param system the operating system's own theme, for those who follow it
     */
    public Appearance(Choice choice, Supplier<Theme> system) {
        this.system = system;
        this.choice.addListener((property, before, now) -> theme.set(themeOf(now)));
        this.choice.set(choice);
        // Before the first control: else JavaFX would load its own theme first.
        Application.setUserAgentStylesheet(theme.get().userAgentStylesheet().address());
    }

    /** What the user chose. */
    public ObjectProperty<Choice> choiceProperty() {
        return choice;
    }

    /** The theme that is shown. */
    public ReadOnlyObjectProperty<Theme> themeProperty() {
        return theme.getReadOnlyProperty();
    }

    /** How large all of it is. */
    public Magnification magnification() {
        return magnification;
    }

    /** Dark becomes light, light becomes dark. */
    public void toggle() {
        choice.set(theme.get() == Theme.DARK ? Choice.LIGHT : Choice.DARK);
    }

    /** Dresses a scene, now and whenever the theme changes, and what pops up above its window. */
    public void dress(Scene scene) {
        wear(scene, theme.get());
        theme.addListener((property, before, now) -> wear(scene, now));
        popups = change -> {
            while (change.next()) {
                change.getAddedSubList().stream().filter(window -> isAbove(window, scene.getWindow())).forEach(this::enlarge);
            }
        };
        Window.getWindows().addListener(new WeakListChangeListener<>(popups));
    }

    private static void wear(Scene scene, Theme theme) {
        // A menu or a tooltip takes the sheets of its window when it opens; one that is open now would be left without colours.
        List.copyOf(Window.getWindows()).stream().filter(PopupWindow.class::isInstance).forEach(Window::hide);
        // A root that waits to be dressed puts off finding its styles to the next frame, once; else that is done at once for each of the two changes below.
        scene.getRoot().pseudoClassStateChanged(LIGHT, theme == Theme.LIGHT);
        Application.setUserAgentStylesheet(theme.userAgentStylesheet().address());
        scene.getStylesheets().setAll(theme.stylesheet().address(), StyleSheet.TIDEMARK.address());
        scene.setFill(theme.page());
    }

    private static boolean isAbove(Window window, Window below) {
        Window owner = window;
        while (owner instanceof PopupWindow popup) {
            owner = popup.getOwnerWindow();
        }
        return owner == below && window != below;
    }

    /** As it opens, a popup has taken the sheets of its window. A sheet of sizes there would have all pages find their styles anew wherever the window is pulled to. */
    private void enlarge(Window popup) {
        magnification.popups().ifPresent(popup.getScene().getStylesheets()::add);
    }

    private Theme themeOf(Choice chosen) {
        return switch (chosen) {
            case DARK -> Theme.DARK;
            case LIGHT -> Theme.LIGHT;
            case SYSTEM -> system.get();
        };
    }
}
