package dev.tidemark.stream.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is wrong with a file, gathered while it is read; and which keys its reader knows. Not thread-safe. */
final class Mistakes {

    private static final int MOST = 20;

    /** An element or a section cannot be made; why has been noted. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused() {
            super(null, null, false, false);
        }
    }

    private record Mistake(Place place, String why) {
    }

    private final Path file;
    private final List<Mistake> mistakes = new ArrayList<>();
    private final Set<String> known = new TreeSet<>();

    Mistakes(Path file) {
        this.file = file;
    }

    void add(Place place, String why) {
        mistakes.add(new Mistake(place, why));
    }

    boolean isEmpty() {
        return mistakes.isEmpty();
    }

    void know(String path) {
        known.add(path);
    }

    Set<String> known() {
        return known;
    }

    ConfigException exception(Throwable cause) {
        List<String> lines = new ArrayList<>();
        mistakes.stream().sorted(Comparator.comparing(Mistake::place)).limit(MOST).forEach(mistake -> lines.add(text(mistake)));
        if (mistakes.size() > MOST) {
            lines.add("Cannot use configuration " + file + ": and " + (mistakes.size() - MOST) + " more mistakes");
        }
        return new ConfigException(lines, cause);
    }

    private String text(Mistake mistake) {
        Place place = mistake.place;
        String where = place.line() < 1 ? "" : ", line " + place.line() + ", column " + place.column();
        return "Cannot use configuration " + file + where + ": " + mistake.why;
    }
}
