package dev.tidemark.ui.command;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A key that a command has. Immutable.
 *
 * @param control whether Ctrl (on a Mac: Cmd) is held
 * @param shift   whether Shift is held; does not matter for a key by its character
 * @param code    the key; null if it is told by what it types, which stands elsewhere on every keyboard
 * @param typed   that character, else ""
 */
public record Shortcut(boolean control, boolean shift, KeyCode code, String typed) {

    /** Where signs are on keyboards that type nothing while Ctrl is held, or another sign without Shift. */
    private static final Map<String, Set<KeyCode>> SIGNS = Map.of("+", Set.of(KeyCode.PLUS, KeyCode.EQUALS, KeyCode.ADD), "-", Set.of(KeyCode.MINUS, KeyCode.SUBTRACT));

    /**
     * The shortcut written so: {@code Ctrl+Shift+E}, {@code F11}, {@code Left}, {@code ?}. Keys have the names of {@link KeyCode}.
     *
     * @throws IllegalArgumentException if there is no such key
     */
    public static Shortcut of(String text) {
        String rest = text;
        boolean control = rest.startsWith("Ctrl+");
        rest = control ? rest.substring(5) : rest;
        boolean shift = rest.startsWith("Shift+");
        rest = shift ? rest.substring(6) : rest;
        if (rest.length() == 1 && !Character.isLetterOrDigit(rest.charAt(0))) {
            return new Shortcut(control, shift, null, rest);
        }
        KeyCode code = rest.matches("[0-9]") ? KeyCode.valueOf("DIGIT" + rest) : KeyCode.valueOf(rest.toUpperCase(Locale.ROOT));
        return new Shortcut(control, shift, code, "");
    }

    /** Whether this is what was pressed. */
    public boolean matches(KeyEvent event) {
        if (event.isAltDown() || event.isShortcutDown() != control) {
            return false;
        }
        return code == null ? typed.equals(event.getText()) || control && SIGNS.getOrDefault(typed, Set.of()).contains(event.getCode()) : code == event.getCode() && event.isShiftDown() == shift;
    }

    /** Whether a text field needs this key for itself. */
    boolean types() {
        return !control && (code == null || !code.isFunctionKey());
    }

    /** As it stands on the keyboard: {@code Ctrl+E}, {@code ←}. */
    public String text() {
        String key = code == null ? typed : switch (code) {
            case LEFT -> "\u2190";
            case RIGHT -> "\u2192";
            case ESCAPE -> "Esc";
            case SPACE -> "Space";
            default -> code.getName();
        };
        return (control ? "Ctrl+" : "") + (shift ? "Shift+" : "") + key;
    }
}
