package dev.tidemark.ui.command;

import javafx.scene.input.KeyEvent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * All commands of the window. Keys, the sheet that tells them, the palette and buttons take what they do from here, so that they cannot
 * disagree. Belongs to the FX thread.
 */
public final class Commands {

    private final List<Command> commands = new ArrayList<>();

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

    /**
     * Does what a key stands for.
     *
     * @param typing whether the key goes to a text field, which keeps those that write
     * @return whether it was a key of a command; one that would do nothing now still is
     */
    public boolean press(KeyEvent event, boolean typing) {
        for (Command command : commands) {
            for (Shortcut key : command.keys()) {
                if (key.matches(event) && !(typing && key.types())) {
                    run(command.id());
                    return true;
                }
            }
        }
        return false;
    }
}
