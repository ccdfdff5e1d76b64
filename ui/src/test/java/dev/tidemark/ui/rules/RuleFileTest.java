package dev.tidemark.ui.rules;

import dev.tidemark.ui.chart.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RuleFileTest {

    /** One of each kind, as the streamer's documented configuration has them, every setting with a value that is not the usual one. */
    private static final String ALL = """
            lake: plant
            alerts:
              temperature-unit: °C
              rules:
                - name: too-hot
                  kind: threshold
                  severity: critical
                  measure: "*temp*"
                  above: 100.5
                  below: -3
                  unit: °F
                  dead-band: 2
                  delay: 30s
                  clear-delay: 3
                - name: limits
                  kind: threshold
                  measure: "*"
                - name: spike
                  kind: spike
                  severity: low
                  measure: "*"
                  except: [id, "*_id", seq*]
                  percent: 25
                  within: 2m
                  least: 0.5
                  dead-band: 5
                  delay: 2
                  clear-delay: 1m
                - name: silent
                  kind: missing-data
                  severity: high
                  device: "oven-*"
                  after: 10m
                  pauses: 0
                  forget: 12h
                  clear-delay: 2
                - name: status
                  kind: status
                  words:
                    error: high
                    Not ready: low
                    off: medium
                  delay: 4
                  clear-delay: 2
                - name: schema
                  kind: schema_drift
                  clear-after: 1h
                - name: unusual
                  kind: statistical
                  score: 3
            """;

    @TempDir
    private Path folder;

    private RuleFile read(String text) throws IOException, RuleFile.Unreadable {
        return RuleFile.read(Files.writeString(folder.resolve("streamer.yaml"), text));
    }

    private Rule only(String entry) throws IOException, RuleFile.Unreadable {
        return read("alerts: {rules: [" + entry + "]}").entries().get(0).rule().orElseThrow();
    }

    @Test
    void every_rule_is_read_with_all_that_it_says() throws Exception {
        List<RuleFile.Entry> entries = read(ALL).entries();
        assertThat(entries).extracting(RuleFile.Entry::name).containsExactly("too-hot", "limits", "spike", "silent", "status", "schema", "unusual");
        Rule.Details usual = Rule.Details.USUAL;
        Rule first = Rule.FIRST;
        assertThat(entries.get(0).rule()).contains(new Rule("too-hot", Rule.Kind.THRESHOLD, Severity.CRITICAL, "*temp*", 100.5, -3, first.percent(), first.within(), first.after(), first.words(),
                2, "30s", "3", new Rule.Details("°F", "°C", "", 0, usual.pauses(), usual.forget())));
        assertThat(entries.get(2).rule()).contains(new Rule("spike", Rule.Kind.SPIKE, Severity.LOW, "*", Double.NaN, Double.NaN, 25, Duration.ofMinutes(2), first.after(), first.words(),
                5, "2", "1m", new Rule.Details("", "°C", "id, *_id, seq*", 0.5, usual.pauses(), usual.forget())));
        assertThat(entries.get(3).rule()).contains(new Rule("silent", Rule.Kind.SILENCE, Severity.HIGH, "oven-*", Double.NaN, Double.NaN, first.percent(), first.within(), Duration.ofMinutes(10),
                first.words(), 0, "1", "2", new Rule.Details("", "°C", "", 0, 0, Duration.ofHours(12))));
        assertThat(entries.get(4).rule()).get().extracting(Rule::words, Rule::delay, Rule::clearDelay).containsExactly("error: high, not ready: low, off: medium", "4", "2");
    }

    @Test
    void what_is_read_is_written_back_the_same() throws Exception {
        List<Rule> rules = read(ALL).entries().stream().flatMap(entry -> entry.rule().stream()).toList();
        assertThat(rules).hasSize(4);
        for (Rule rule : rules) {
            assertThat(rule.mistakes()).isEmpty();
            assertThat(read(rule.yaml()).entries()).containsExactly(new RuleFile.Entry(rule.name(), Optional.of(rule), ""));
        }
    }

    @Test
    void what_a_rule_does_not_say_is_as_the_streamer_has_it() throws Exception {
        Rule limit = only("{name: t, kind: threshold, above: 1}");
        assertThat(limit).extracting(Rule::severity, Rule::pattern, Rule::deadBand, Rule::delay, Rule::clearDelay, Rule::details)
                .containsExactly(Severity.MEDIUM, "*", 0.0, "1", "1", Rule.Details.USUAL);
        assertThat(limit.below()).isNaN();
        assertThat(only("{name: s, kind: spike}")).extracting(Rule::percent, Rule::within).containsExactly(20.0, Duration.ofMinutes(1));
        assertThat(only("{name: m, kind: missing_data}")).extracting(Rule::pattern, Rule::after).containsExactly("*", Duration.ofMinutes(5));
    }

    @Test
    void what_cannot_be_edited_here_is_offered_with_the_reason() throws Exception {
        List<RuleFile.Entry> entries = read(ALL).entries();
        assertThat(entries.get(1)).extracting(RuleFile.Entry::rule, RuleFile.Entry::reason).containsExactly(Optional.empty(), "its limits stand in the reference data");
        assertThat(entries.get(5).reason()).isEqualTo("it is about fields, not about values");
        assertThat(entries.get(6).reason()).isEqualTo("windows hold no anomaly scores");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {name: a, kind: guess}                              | “guess” is no kind of rule
            {name: a}                                           | “” is no kind of rule
            {name: a, kind: threshold, above: high}             | “above” is written wrong
            {name: a, kind: threshold, above: 1, mesure: x}     | “mesure” is no setting of it
            {name: a, kind: threshold, above: 1, percent: 5}    | “percent” is no setting of it
            {name: a, kind: spike, within: soon}                | “within” is written wrong
            {name: a, kind: spike, severity: awful}             | “severity” is written wrong
            {name: a, kind: spike, measure: [a, b]}             | “measure” is written wrong
            {name: a, kind: spike, except: id}                  | “except” is written wrong
            {name: a, kind: status, words: [error]}             | “words” is written wrong
            just a text                                         | “” is no kind of rule
            """)
    void a_rule_that_the_streamer_would_refuse_is_offered_with_what_is_wrong(String rule, String reason) throws Exception {
        assertThat(read("alerts: {rules: [" + rule + ", {name: good, kind: spike}]}").entries()).satisfiesExactly(
                wrong -> assertThat(wrong).extracting(RuleFile.Entry::rule, RuleFile.Entry::reason).containsExactly(Optional.empty(), reason),
                good -> assertThat(good.rule()).isPresent());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            windows: [1m]                     | it has no list alerts: rules:, so the streamer has its usual rules
            alerts:                           | it has no list alerts: rules:, so the streamer has its usual rules
            alerts: {rules: []}               | its list of rules is empty
            alerts: {rules: 5}                | it is no configuration of a streamer
            alerts: loud                      | it is no configuration of a streamer
            milk                              | it is no configuration of a streamer
            ''                                | it is no configuration of a streamer
            alerts: {rules: [                 | is no YAML
            "alerts: \u0001"                  | is no YAML
            """)
    void a_file_without_rules_says_what_to_do(String text, String reason) {
        Path file = folder.resolve("streamer.yaml");
        assertThatThrownBy(() -> read(text)).isInstanceOf(RuleFile.Unreadable.class).hasMessageStartingWith("Cannot read rules of " + file + ": ").hasMessageContaining(reason);
    }

    @Test
    void a_broken_line_is_told_with_its_place() {
        assertThatThrownBy(() -> read("alerts:\n  rules:\n   - name: a\n  kind: [\n")).hasMessageContaining("line 4, column");
    }

    @Test
    void what_is_no_text_or_not_there_is_told() throws Exception {
        Path binary = Files.write(folder.resolve("a.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThatThrownBy(() -> RuleFile.read(binary)).hasMessageContaining("it is no configuration");
        assertThatThrownBy(() -> RuleFile.read(folder)).hasMessageContaining("it is no configuration");
        assertThatThrownBy(() -> RuleFile.read(folder.resolve("gone.yaml"))).hasMessageContaining("it is not there any more");
    }
}
