package dev.tidemark.ui.text;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

class MessagesTest {

    private static final Pattern IN_CODE = Pattern.compile("Messages\\.text\\(\"([a-z.A-Z]+)\"[,)]");
    private static final Pattern IN_FXML = Pattern.compile("\"%([a-z.]+)\"");

    @Test
    void every_sentence_that_is_asked_for_is_in_the_bundle() throws IOException {
        Set<String> asked = new TreeSet<>();
        asked.addAll(found(Path.of("src/main/java"), ".java", IN_CODE));
        asked.addAll(found(Path.of("src/main/resources"), ".fxml", IN_FXML));
        assertThat(asked).hasSizeGreaterThan(60);
        assertThat(asked).allSatisfy(key -> assertThat(Messages.bundle().containsKey(key)).as(key).isTrue());
    }

    @Test
    void apostrophes_and_arguments_come_out_as_written() {
        assertThat(Messages.text("notice.streamer", 1, "/tmp/x.log"))
                .isEqualTo("The demo's streamer ended by itself with exit code 1; what it said is in /tmp/x.log");
    }

    private static Set<String> found(Path folder, String end, Pattern pattern) throws IOException {
        Set<String> keys = new TreeSet<>();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(end)).toList()) {
                Matcher matcher = pattern.matcher(Files.readString(file));
                while (matcher.find()) {
                    keys.add(matcher.group(1));
                }
            }
        }
        return keys;
    }
}
