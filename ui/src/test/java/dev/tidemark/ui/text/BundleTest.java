package dev.tidemark.ui.text;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What the desktop says stands in one bundle: no sentence in FXML or in code, no key that is not there, none that nobody uses. */
class BundleTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern LITERAL = Pattern.compile("\"([^\"\\\\\n]*+(?:\\\\.[^\"\\\\\n]*+)*+)\"");
    private static final Pattern KEY = Pattern.compile("[a-z]+(\\.[A-Za-z0-9_]+)+");
    /** What puts words on the screen. */
    private static final Pattern SHOWN = Pattern.compile("(?:new (?:Label|Button|Tooltip|MenuItem|ToggleButton|Text|CheckBox|Menu)\\(|Tip\\.on\\(\\w+, |\\.set(?:Text|PromptText|Title|AccessibleText|AccessibleHelp)\\()\"((?:[^\"\\\\]|\\\\.)*[A-Za-z]{2,}(?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern VIEW_TEXT = Pattern.compile("(?:text|promptText|accessibleText|title)=\"([^%\"][^\"]*)\"");
    private static final Pattern VIEW_KEY = Pattern.compile("\"%([^\"]+)\"");

    private static String code = "";
    private static String views = "";

    @BeforeAll
    static void read() {
        code = text(SOURCES, ".java");
        views = text(RESOURCES, ".fxml");
    }

    private static String text(Path folder, String ending) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().map(BundleTest::content).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        for (Matcher matcher = pattern.matcher(text); matcher.find();) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void views_hold_no_sentence_and_no_key_that_is_not_there() {
        assertThat(found(VIEW_TEXT, views)).isEmpty();
        assertThat(found(VIEW_KEY, views)).isNotEmpty().allMatch(Messages.bundle()::containsKey);
    }

    @Test
    void code_puts_no_sentence_on_the_screen_by_itself() {
        // A name is no sentence.
        assertThat(found(SHOWN, code)).isSubsetOf("UTC");
    }

    @Test
    void every_key_that_code_asks_for_is_there() {
        Set<String> missing = new TreeSet<>();
        for (String argument : found(Pattern.compile("Messages\\.text\\(\"((?:[^\"\\\\]|\\\\.)*)\"\\s*[,)]"), code)) {
            if (!Messages.bundle().containsKey(argument)) {
                missing.add(argument);
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void every_key_is_used() {
        Set<String> literals = new TreeSet<>(found(LITERAL, code));
        literals.addAll(found(VIEW_KEY, views));
        // A key is used as it stands, or begins or ends as a literal that is put together with something.
        List<String> beginnings = literals.stream().filter(literal -> literal.length() > 3 && literal.endsWith(".")).toList();
        List<String> parts = literals.stream().filter(literal -> KEY.matcher(literal).matches()).toList();
        Set<String> unused = new TreeSet<>();
        for (String key : Messages.bundle().keySet()) {
            boolean named = literals.contains(key) || beginnings.stream().anyMatch(key::startsWith) || parts.stream().anyMatch(part -> key.startsWith("command." + part))
                    || literals.stream().anyMatch(literal -> literal.startsWith(".") && literal.length() > 2 && key.endsWith(literal) && beginnings.isEmpty());
            if (!named) {
                unused.add(key);
            }
        }
        assertThat(unused).isEmpty();
    }
}
