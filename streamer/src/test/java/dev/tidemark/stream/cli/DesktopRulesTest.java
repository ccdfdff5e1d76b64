package dev.tidemark.stream.cli;

import dev.tidemark.stream.alert.Delay;
import dev.tidemark.stream.alert.MeasurePattern;
import dev.tidemark.stream.alert.Rule;
import dev.tidemark.stream.alert.Rules;
import dev.tidemark.stream.alert.Severity;
import dev.tidemark.stream.config.ConfigFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules as the desktop writes them for this streamer's configuration: its tests hold that it writes this file byte for byte, and these that it is understood. */
class DesktopRulesTest {

    private static final double NONE = Double.NaN;
    private static final long SECOND = 1_000_000L;
    private static final long DAY = 86_400 * SECOND;

    @TempDir
    private Path folder;

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (InputStream stream = DesktopRulesTest.class.getResourceAsStream("/contract/alert-rules.yaml")) {
            String[] documents = new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^---\n");
            for (int i = 1; i < documents.length; i++) {
                files.add(Files.writeString(folder.resolve("rule-" + i + ".yaml"), documents[i]));
            }
        }
        return files;
    }

    private static Rules rules(Rule rule, String temperatures) {
        return new Rules(List.of(rule), temperatures);
    }

    private static MeasurePattern names(String pattern) {
        return new MeasurePattern(pattern);
    }

    private static Delay readings(int count) {
        return new Delay(0, count);
    }

    private static Delay time(long micros) {
        return new Delay(micros, 1);
    }

    @Test
    void every_rule_is_read_as_it_is_meant() throws IOException {
        List<Rules> read = files().stream().map(file -> Configuration.read(file).rules()).toList();
        assertThat(read).containsExactly(
                rules(new Rule.Threshold("too-hot", Severity.HIGH, names("*temp*"), 80, NONE, null, 2, readings(1), readings(3)), "\u00b0F"),
                rules(new Rule.Threshold("Oven 3.b", Severity.CRITICAL, names("*temp*"), 100.5, -3, "\u00b0F", 1.5, time(30 * SECOND), time(300 * SECOND)), "\u00b0C"),
                rules(new Rule.Threshold("no", Severity.LOW, names("druck \"p\\1\" *"), NONE, 1.0E-4, null, 0, readings(3), time(SECOND / 4)), "K"),
                rules(new Rule.Threshold("007", Severity.MEDIUM, names("flow"), 1.0E16, NONE, "l/min", 0, time(30 * SECOND), time(7_200 * SECOND)), "\u00b0F"),
                rules(new Rule.Spike("rise", Severity.MEDIUM, names("*"), List.of(), 20, 60 * SECOND, 0, 5, readings(1), time(60 * SECOND)), "\u00b0F"),
                rules(new Rule.Spike("rise_2", Severity.HIGH, names("*pressure*"), List.of(names("id"), names("*_id"), names("seq*")), 12.5, 90 * SECOND, 0.5, 0, readings(2), time(DAY)), "\u00b0F"),
                rules(new Rule.MissingData("silent", Severity.HIGH, names("*"), 300 * SECOND, 2, 7 * DAY, readings(1)), "\u00b0F"),
                rules(new Rule.MissingData("\u00f6fen-stumm", Severity.LOW, names("oven-*"), 3 * SECOND / 2, 0, 3 * DAY / 2, readings(2)), "\u00b0F"),
                rules(new Rule.Status("status", Map.of("error", Severity.HIGH, "critical", Severity.CRITICAL), readings(1), readings(2)), "\u00b0F"),
                rules(new Rule.Status("on", Map.of("not ready", Severity.LOW, "off", Severity.MEDIUM, "e#4", Severity.HIGH, "\"x\"", Severity.LOW), time(10 * SECOND), readings(3)), "\u00b0F"));
    }

    /** A setting that comes to a kind of rule must come to the desktop's form too, or be named here. */
    @Test
    void every_setting_of_these_rules_is_written_in_one_of_them() throws IOException {
        Set<String> known = new TreeSet<>();
        StringBuilder written = new StringBuilder();
        for (Path file : files()) {
            known.addAll(ConfigFile.keysKnown(file, Configuration::of));
            written.append(Files.readString(file));
        }
        known.removeIf(key -> !key.matches("alerts\\.(rules\\[\\]\\.)?[a-z-]+"));
        assertThat(known).contains("alerts.rules[].above").allSatisfy(key -> assertThat(written.toString()).contains(" " + key.substring(key.lastIndexOf('.') + 1) + ":"));
    }
}
