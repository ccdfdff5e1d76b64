package dev.tidemark.ui.command;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All commands of the window. Keys, the sheet that tells them, the palette and buttons take what they do from here, so that they cannot
 * disagree. Belongs to the FX thread.
 */
public final class Commands {

    private static final Set<KeyCode> STEPPING = Set.of(KeyCode.LEFT, KeyCode.RIGHT, KeyCode.BACK_SPACE);

    private final List<Command> commands = new ArrayList<>();
    /** What is held down since it was pressed; null for nothing. */
    private Shortcut held;

    /** @throws IllegalArgumentException if its id or one of its keys is taken */
    public void add(Command command) {
        for (Command other : commands) {
            if (other.id().equals(command.id()) || !Collections.disjoint(other.keys(), command.keys())) {
                throw new IllegalArgumentException("Cannot add command " + command.id() + ": its id or a key of it is taken by " + other.id());
            }
        }
        commands.add(command);
    }

    /** In the order in which they were added. */
    public List<Command> all() {
        return Collections.unmodifiableList(commands);
    }

    /** The command of this id. */
    public Optional<Command> find(String id) {
        return commands.stream().filter(command -> command.id().equals(id)).findFirst();
    }

    /** Does it, if it would do something now. @return whether it did */
    public boolean run(String id) {
        Optional<Command> found = find(id).filter(command -> command.enabled().getAsBoolean());
        found.ifPresent(command -> command.action().run());
        return found.isPresent();
    }

    /** The keys were let go. */
    public void release() {
        held = null;
    }

    /**
     * Does what a key stands for.
     *
     * A key that is held down does it once: what takes longer than the keyboard repeats would never come to an end. Stepping goes on.
     *
     * @param typing whether the key goes to a text field, which keeps those that write
     * @return whether it was a key of a command; one that would do nothing now still is
     */
    public boolean press(KeyEvent event, boolean typing) {
        for (Command command : commands) {
            for (Shortcut key : command.keys()) {
                if (key.matches(event) && !(typing && key.types())) {
                    if (!key.equals(held) || STEPPING.contains(event.getCode())) {
                        run(command.id());
                    }
                    held = key;
                    return true;
                }
            }
        }
        return false;
    }
}
