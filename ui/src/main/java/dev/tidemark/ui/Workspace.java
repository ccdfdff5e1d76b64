package dev.tidemark.ui;

import dev.tidemark.ui.live.Question;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A way to look at a lake that is worth coming back to. Immutable.
 *
 * @param lake     root of the lake
 * @param table    path of the table in it
 * @param page     id of the page
 * @param question what is asked of the table
 */
record Workspace(String name, String lake, String table, String page, Question question) {

    private static final String NOTHING = "-";

    /** One line that holds it; fields are parted by tabs, which no name keeps. */
    String line() {
        return String.join("\t", plain(name), plain(lake), plain(table), plain(page), plain(question.window()), plain(question.split()),
                question.measures() == null ? NOTHING : String.join("\u001f", question.measures()), text(question.range()),
                question.series() == null ? NOTHING : String.join("\u001f", question.series()), text(question.roles()));
    }

    /** The workspace of a line; empty if it is spoilt. */
    static Optional<Workspace> of(String line) {
        String[] fields = line.split("\t", -1);
        // Those saved before series could be chosen have two fields less, those before columns could be one.
        if (fields.length < 8 || fields.length > 10) {
            return Optional.empty();
        }
        try {
            List<String> measures = names(fields[6]);
            return Optional.of(new Workspace(fields[0], fields[1], fields[2].equals(NOTHING) ? "" : fields[2], fields[3],
                    new Question(given(fields[4]), given(fields[5]), measures, range(fields[7]), fields.length > 8 ? names(fields[8]) : null,
                            fields.length > 9 ? roles(fields[9]) : Question.Roles.ANY)));
        } catch (IllegalArgumentException | DateTimeException spoilt) {
            return Optional.empty();
        }
    }

    private static String plain(String text) {
        return text == null || text.isEmpty() ? NOTHING : text.replaceAll("[\\t\\n\\r]+", " ");
    }

    private static List<String> names(String field) {
        return field.equals(NOTHING) ? null : List.of(field.split("\u001f"));
    }

    private static String given(String field) {
        return field.equals(NOTHING) ? null : field;
    }

    /** Three columns; one that is recognised is {@code -}, a name that is told to be none is "". */
    static String text(Question.Roles roles) {
        return Stream.of(roles.time(), roles.name(), roles.value()).map(column -> column == null ? NOTHING : column).collect(Collectors.joining("\u001f"));
    }

    static Question.Roles roles(String field) {
        String[] columns = field.split("\u001f", -1);
        return columns.length == 3 ? new Question.Roles(given(columns[0]), given(columns[1]), given(columns[2])) : Question.Roles.ANY;
    }

    /** A range as a word: {@code PT1H}, {@code all}, {@code 1000..2000} (in microseconds), {@code -} for whatever suits. */
    static String text(Question.Range range) {
        if (range instanceof Question.Last last) {
            return last.length().toString();
        }
        return range instanceof Question.Between between ? between.from() + ".." + between.to() : range == null ? NOTHING : "all";
    }

    /** @throws IllegalArgumentException or {@link DateTimeException} if it is none */
    static Question.Range range(String text) {
        if (text.equals(NOTHING)) {
            return null;
        }
        if (text.equals("all")) {
            return new Question.All();
        }
        int dots = text.indexOf("..");
        return dots < 0 ? new Question.Last(Duration.parse(text))
                : new Question.Between(Long.parseLong(text.substring(0, dots)), Long.parseLong(text.substring(dots + 2)));
    }
}
