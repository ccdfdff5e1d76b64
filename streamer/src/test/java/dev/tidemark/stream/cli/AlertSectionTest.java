package dev.tidemark.stream.cli;

import dev.tidemark.stream.alert.Delay;
import dev.tidemark.stream.alert.MeasurePattern;
import dev.tidemark.stream.alert.Rule;
import dev.tidemark.stream.alert.Rules;
import dev.tidemark.stream.alert.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static dev.tidemark.stream.alert.delivery.Mail.Encryption.NONE;
import static dev.tidemark.stream.alert.delivery.Mail.Encryption.TLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The sections {@code alerts} and {@code deliver} of a configuration file. */
class AlertSectionTest {

    private static final long SECOND = 1_000_000L;

    @TempDir
    Path folder;

    private Configuration read(String text) throws IOException {
        return Configuration.read(Files.writeString(folder.resolve("config.yaml"), text));
    }

    @Test
    void every_kind_of_rule_can_be_set_in_all_its_parts() throws IOException {
        Rules rules = read("""
                alerts:
                  temperature-unit: °C
                  rules:
                    - {name: hot, kind: threshold, severity: critical, measure: "*temp*", above: 90.5, below: -3, unit: K, dead-band: 1.5, delay: 10s, clear-delay: 4}
                    - {name: rise, kind: spike, severity: low, measure: p*, except: [pid, "*count*"], percent: 30, within: 2m, least: 0.5, dead-band: 3, delay: 2, clear-delay: 1m}
                    - {name: gone, kind: missing-data, severity: medium, device: "mill-*", after: 10m, pauses: 0, forget: 2d, clear-delay: 2}
                    - {name: words, kind: status, words: {ERROR: low, off: high}, delay: 2, clear-delay: 3}
                    - {name: odd, kind: statistical, severity: high, measure: x, score: 2.5, most: 7, dead-band: 0.25, delay: 1, clear-delay: 30s}
                    - {name: columns, kind: schema_drift, severity: high, clear-after: 2h}
                """).rules();
        assertThat(rules).isEqualTo(new Rules(List.of(
                new Rule.Threshold("hot", Severity.CRITICAL, new MeasurePattern("*temp*"), 90.5, -3, "K", 1.5, new Delay(10 * SECOND, 1), new Delay(0, 4)),
                new Rule.Spike("rise", Severity.LOW, new MeasurePattern("p*"), List.of(new MeasurePattern("pid"), new MeasurePattern("*count*")), 30, 120 * SECOND, 0.5, 3,
                        new Delay(0, 2), new Delay(60 * SECOND, 1)),
                new Rule.MissingData("gone", Severity.MEDIUM, new MeasurePattern("mill-*"), 600 * SECOND, 0, 2 * 86_400 * SECOND, new Delay(0, 2)),
                new Rule.Status("words", Map.of("error", Severity.LOW, "off", Severity.HIGH), new Delay(0, 2), new Delay(0, 3)),
                new Rule.Statistical("odd", Severity.HIGH, new MeasurePattern("x"), 2.5, 7, 0.25, Delay.NONE, new Delay(30 * SECOND, 1)),
                new Rule.SchemaDrift("columns", Severity.HIGH, 7_200 * SECOND)), "°C"));
    }

    @Test
    void what_a_rule_does_not_say_has_its_default() throws IOException {
        assertThat(read("""
                alerts:
                  rules:
                    - {name: limits, kind: threshold}
                    - {name: rise, kind: spike}
                    - {name: gone, kind: missing_data}
                    - {name: odd, kind: statistical}
                    - {name: columns, kind: schema_drift}
                """).rules().all()).containsExactly(
                new Rule.Threshold("limits", Severity.MEDIUM, MeasurePattern.ANY, Double.NaN, Double.NaN, null, 0, Delay.NONE, Delay.NONE),
                new Rule.Spike("rise", Severity.MEDIUM, MeasurePattern.ANY, List.of(), 20, 60 * SECOND, 0, 0, Delay.NONE, Delay.NONE),
                new Rule.MissingData("gone", Severity.MEDIUM, MeasurePattern.ANY, 300 * SECOND, 2, 7 * 86_400 * SECOND, Delay.NONE),
                new Rule.Statistical("odd", Severity.MEDIUM, MeasurePattern.ANY, 3, 100, 0, Delay.NONE, Delay.NONE),
                new Rule.SchemaDrift("columns", Severity.MEDIUM, 3_600 * SECOND));
    }

    @Test
    void no_rules_raise_nothing_and_a_unit_alone_leaves_the_usual_ones() throws IOException {
        assertThat(read("alerts: {rules: []}\n").rules()).isEqualTo(Rules.NONE);
        assertThat(read("alerts: {temperature-unit: K}\n").rules()).isEqualTo(new Rules(Rules.DEFAULT.all(), "K"));
        assertThat(read("alerts:\n").rules()).isEqualTo(Rules.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "kind: threshold                                | alerts.rules[1]: name is missing",
        "name: a                                        | alerts.rules[1]: kind is missing",
        "name: a, kind: level                           | alerts.rules[1].kind: unknown kind (expected threshold, spike, missing_data, status, statistical or schema_drift, actual \"level\")",
        "name: a, kind: spike, severity: bad            | alerts.rules[1].severity: no severity (expected critical, high, medium or low, actual \"bad\")",
        "name: a, kind: threshold, above: hot           | alerts.rules[1].above: not a possible number",
        "name: a, kind: threshold, below: .inf          | alerts.rules[1].below: not a possible number",
        "name: a, kind: threshold, above: 1, below: 1   | alerts.rules[1].above: not above the lower limit (expected more than 1.0, actual 1.0)",
        "name: a, kind: threshold, dead-band: -1        | alerts.rules[1].dead-band: not a possible number",
        "name: a, kind: threshold, delay: soon          | alerts.rules[1].delay: no delay (expected a time span such as 30s, or a number of readings",
        "name: a, kind: threshold, clear-delay: 0       | alerts.rules[1].clear-delay: no delay",
        "name: a, kind: threshold, device: x            | alerts.rules[1].device: unknown setting (expected one of",
        "name: a, kind: threshold, measure: ' '         | alerts.rules[1].measure: no pattern",
        "name: a, kind: threshold, unit: ''             | alerts.rules[1].unit: no text",
        "name: a, kind: spike, percent: 0               | alerts.rules[1].percent: not positive (expected such as 20, actual 0.0)",
        "name: a, kind: spike, within: 1                | alerts.rules[1].within: not a time span",
        "name: a, kind: spike, except: b                | alerts.rules[1].except: not a list",
        "name: a, kind: spike, except: [b, ' ']         | alerts.rules[1].except[2]: no pattern",
        "name: a, kind: spike, least: -1                | alerts.rules[1].least: not a possible number",
        "name: a, kind: missing_data, after: 0s         | alerts.rules[1].after: too short",
        "name: a, kind: missing_data, pauses: 101       | alerts.rules[1].pauses: not a possible number (expected a whole one from 0 to 100",
        "name: a, kind: missing_data, forget: 5m        | alerts.rules[1].forget: too short (expected longer than after)",
        "name: a, kind: status                          | alerts.rules[1].words: no word (expected such as error: high)",
        "name: a, kind: status, words: {error: bad}     | alerts.rules[1].words: error: no severity",
        "name: a, kind: status, words: error            | alerts.rules[1].words: not a section",
        "name: a, kind: statistical, score: 0           | alerts.rules[1].score: not positive",
        "name: a, kind: statistical, most: 0            | alerts.rules[1].most: not a possible number (expected a whole one from 1 to 10000",
        "name: a, kind: schema_drift, clear-after: 0s   | alerts.rules[1].clear-after: too short"})
    void what_cannot_be_used_of_a_rule_is_told_with_its_place(String rule, String message) {
        assertThatThrownBy(() -> read("alerts:\n  rules:\n    - {" + rule.strip() + "}\n")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(", line 3, column ").hasMessageContaining(": " + message.strip());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "temperature-unit: °X                                                       | alerts.temperature-unit: no unit of temperature (expected °F, °C or K, actual \"°X\")",
        "rules: none                                                                | alerts.rules: not a list",
        "rules: [hot]                                                               | alerts.rules[1]: not a section",
        "rules: [{name: a, kind: spike}, {name: a, kind: threshold}]                | alerts: two rules of one name (expected names of their own, actual a twice)",
        "rules: [{name: a, kind: missing_data}, {name: b, kind: missing_data}]      | alerts: two rules of kind missing_data (expected at most one",
        "rule: []                                                                   | alerts.rule: unknown setting (expected one of temperature-unit, rules; did you mean rules?)"})
    void what_does_not_go_together_is_told(String line, String message) {
        assertThatThrownBy(() -> read("alerts:\n  " + line.strip() + "\n")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(", line 2, column ").hasMessageContaining(message.strip());
    }

    @Test
    void every_kind_of_delivery_can_be_set_in_all_its_parts() throws IOException {
        assertThat(read("""
                deliver:
                  - {name: hook, kind: webhook, url-file: /etc/url, severity: high, most: 5, timeout: 3s}
                  - {name: slack, kind: slack, url-env: SLACK}
                  - {name: mail, kind: mail, host: h, port: 2525, encryption: none, from: a@b, to: [c@d, e@f]}
                  - {name: tls, kind: mail, host: h, encryption: tls, user: u, password-env: P, from: a@b, to: [c@d]}
                """).deliveries()).containsExactly(
                new DeliverySection("hook", DeliverySection.Kind.WEBHOOK, Severity.HIGH, 5, Duration.ofSeconds(3), Path.of("/etc/url"), null, null),
                new DeliverySection("slack", DeliverySection.Kind.SLACK, Severity.MEDIUM, 20, Duration.ofSeconds(15), null, "SLACK", null),
                new DeliverySection("mail", DeliverySection.Kind.MAIL, Severity.MEDIUM, 20, Duration.ofSeconds(15), null, null,
                        new DeliverySection.MailTo("h", 2525, NONE, null, "a@b", List.of("c@d", "e@f"))),
                new DeliverySection("tls", DeliverySection.Kind.MAIL, Severity.MEDIUM, 20, Duration.ofSeconds(15), null, "P",
                        new DeliverySection.MailTo("h", 465, TLS, "u", "a@b", List.of("c@d"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "kind: webhook, url-env: U                                           | deliver[1]: name is missing",
        "name: ../a, url-env: U                                              | deliver[1].name:",
        "name: a, kind: pager, url-env: U                                    | deliver[1].kind: unknown word (expected webhook, slack, mail, actual \"pager\")",
        "name: a, kind: webhook                                              | deliver[1].url-file: missing (expected url-file or url-env: where the url is, which is a secret)",
        "name: a, url-file: f, url-env: U                                    | deliver[1].url-file: set beside url-env (expected one of them)",
        "name: a, url: https://x                                             | deliver[1].url: unknown setting",
        "name: a, url-env: U, severity: bad                                  | deliver[1].severity: no severity",
        "name: a, url-env: U, most: 0                                        | deliver[1].most: not a possible number",
        "name: a, url-env: U, timeout: 5                                     | deliver[1].timeout: not a time span",
        "name: a, url-env: U, host: h                                        | deliver[1].host: unknown setting",
        "name: a, kind: mail, from: a@b, to: [c@d]                           | deliver[1]: host is missing",
        "name: a, kind: mail, host: h, to: [c@d]                             | deliver[1]: from is missing",
        "name: a, kind: mail, host: h, from: a@b                             | deliver[1].to: nobody (expected mail addresses",
        "name: a, kind: mail, host: h, port: 0, from: a@b, to: [c@d]         | deliver[1].port: not a possible number",
        "name: a, kind: mail, host: h, encryption: ssl, from: a@b, to: [c@d] | deliver[1].encryption: unknown word",
        "name: a, kind: mail, host: h, user: u, from: a@b, to: [c@d]         | deliver[1].password-file: missing",
        "name: a, kind: mail, host: h, password-env: P, from: a@b, to: [c@d] | deliver[1].password-file: a password without a user (expected both or none)"})
    void what_cannot_be_used_of_a_delivery_is_told_with_its_place(String delivery, String message) {
        assertThatThrownBy(() -> read("deliver:\n  - {" + delivery.strip() + "}\n")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(", line 2, column ").hasMessageContaining(message.strip());
    }

    @Test
    void two_deliveries_of_one_name_are_refused() {
        assertThatThrownBy(() -> read("deliver: [{name: a, url-env: U}, {name: a, url-env: V}]\n")).hasMessageContaining("deliver: two channels of one name");
    }
}
