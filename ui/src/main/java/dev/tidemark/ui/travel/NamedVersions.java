package dev.tidemark.ui.travel;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The versions of the open table that the operator has given a name, by version. They are the operator's own: kept beside the settings, not in the
 * table. Belongs to the thread that owns the screen.
 */
public final class NamedVersions {

    /** A version and its name. */
    public record Named(long version, String name) {
    }

    private final Function<String, List<String>> load;
    private final BiConsumer<String, List<String>> save;
    private final ObservableList<Named> all = FXCollections.observableArrayList();
    private String table;

    /**
     * @param load lines kept under a table's location
     * @param save keeps them
     */
    public NamedVersions(Function<String, List<String>> load, BiConsumer<String, List<String>> save) {
        this.load = load;
        this.save = save;
    }

    /** The names of the open table, by version. */
    public ObservableList<Named> all() {
        return all;
    }

    /** Another table. */
    public void open(String location) {
        table = location;
        all.setAll(load.apply(location).stream().flatMap(line -> read(line).stream()).sorted(Comparator.comparingLong(Named::version)).toList());
    }

    /** No table. */
    public void close() {
        table = null;
        all.clear();
    }

    /** Gives a version a name; it loses the one before, and so does another version of this name. An empty name takes it away. */
    public void name(long version, String name) {
        if (table == null) {
            return;
        }
        String plain = name.strip().replaceAll("\\s+", " ");
        all.removeIf(named -> named.version() == version || named.name().equalsIgnoreCase(plain));
        if (!plain.isEmpty()) {
            all.add(new Named(version, plain));
            all.sort(Comparator.comparingLong(Named::version));
        }
        save.accept(table, all.stream().map(named -> named.version() + " " + named.name()).toList());
    }

    /** The name of a version. */
    public Optional<String> of(long version) {
        return all.stream().filter(named -> named.version() == version).map(Named::name).findFirst();
    }

    /** The version of a name, without regard to case. */
    public Optional<Named> find(String name) {
        return all.stream().filter(named -> named.name().equalsIgnoreCase(name.strip())).findFirst();
    }

    private static Optional<Named> read(String line) {
        int space = line.indexOf(' ');
        try {
            return space < 1 ? Optional.empty() : Optional.of(new Named(Long.parseLong(line.substring(0, space)), line.substring(space + 1)));
        } catch (NumberFormatException spoilt) {
            return Optional.empty();
        }
    }
}
