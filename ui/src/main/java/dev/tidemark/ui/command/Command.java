package dev.tidemark.ui.command;

import dev.tidemark.ui.text.Messages;

import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Something that the operator can ask for. Its name stands in the texts under {@code command.} and its id.
 *
 * @param id      never changes: it is remembered
 * @param section where the sheet of keys lists it
 * @param keys    may be none
 * @param enabled whether it would do something now
 * @param action  does it, on the FX thread
 */
public record Command(String id, Section section, List<Shortcut> keys, BooleanSupplier enabled, Runnable action) {

    /** Headings of the sheet of keys, in its order. */
    public enum Section { PAGES, WINDOW, TIME, CHARTS, ALERTS, LAKE }

    public Command {
        Objects.requireNonNull(id);
        keys = List.copyOf(keys);
    }

    /** A command that is always enabled. {@code keys} as {@link Shortcut#of} reads them. */
    public static Command of(String id, Section section, Runnable action, String... keys) {
        return new Command(id, section, Stream.of(keys).map(Shortcut::of).toList(), () -> true, action);
    }

    /** The same, enabled only while this is so. */
    public Command when(BooleanSupplier condition) {
        return new Command(id, section, keys, condition, action);
    }

    /** Its name for the operator. */
    public String text() {
        return Messages.text("command." + id);
    }
}
