package dev.tidemark.ui.rules;

import dev.tidemark.ui.chart.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rules as this desktop writes them, one of every kind with every setting. What it writes stands in a file that the streamer's tests read with the streamer's own parser: neither module knows
 * the other, and both hold to this file.
 */
class RuleContractTest {

    private static final double NONE = Double.NaN;
    private static final Rule.Details USUAL = Rule.Details.USUAL;

    private static Rule threshold(String name, Severity severity, String measure, double above, double below, double deadBand, String delay, String clearDelay, String unit, String temperatures) {
        return new Rule(name, Rule.Kind.THRESHOLD, severity, measure, above, below, NONE, null, null, "", deadBand, delay, clearDelay,
                new Rule.Details(unit, temperatures, "", 0, USUAL.pauses(), USUAL.forget()));
    }

    private static Rule spike(String name, Severity severity, String measure, double percent, Duration within, double deadBand, String delay, String clearDelay, String except, double least) {
        return new Rule(name, Rule.Kind.SPIKE, severity, measure, NONE, NONE, percent, within, null, "", deadBand, delay, clearDelay,
                new Rule.Details("", USUAL.temperatures(), except, least, USUAL.pauses(), USUAL.forget()));
    }

    private static Rule silence(String name, Severity severity, String device, Duration after, String clearDelay, double pauses, Duration forget) {
        return new Rule(name, Rule.Kind.SILENCE, severity, device, NONE, NONE, NONE, null, after, "", 0, "1", clearDelay,
                new Rule.Details("", USUAL.temperatures(), "", 0, pauses, forget));
    }

    private static Rule status(String name, String words, String delay, String clearDelay) {
        return new Rule(name, Rule.Kind.STATUS, Severity.HIGH, "", NONE, NONE, NONE, null, null, words, 0, delay, clearDelay);
    }

    /** In the order of the file. */
    private static final List<Rule> RULES = List.of(
            Rule.FIRST,
            threshold("Oven 3.b", Severity.CRITICAL, "*temp*", 100.5, -3, 1.5, "30s", "5m", "\u00b0F", "\u00b0C"),
            threshold("no", Severity.LOW, "druck \"p\\1\" *", NONE, 1.0E-4, 0, "3", "250ms", "", "K"),
            threshold("007", Severity.MEDIUM, "flow", 1.0E16, NONE, 0, " 30 s ", "2 h", "l/min", "\u00b0F"),
            spike("rise", Severity.MEDIUM, "*", 20, Duration.ofMinutes(1), 5, "1", "1m", "", 0),
            spike("rise_2", Severity.HIGH, "*pressure*", 12.5, Duration.ofSeconds(90), 0, "2", "1d", "id, *_id ,seq*", 0.5),
            silence("silent", Severity.HIGH, "*", Duration.ofMinutes(5), "1", USUAL.pauses(), USUAL.forget()),
            silence("\u00f6fen-stumm", Severity.LOW, "oven-*", Duration.ofMillis(1500), "2", 0, Duration.ofHours(36)),
            status("status", "error: high, critical: critical", "1", "2"),
            status("on", "Not ready: low, off: medium, E#4: HIGH, \"x\": low", "10s", "3"));

    @TempDir
    private Path folder;

    private static String contract() throws IOException {
        try (InputStream stream = RuleContractTest.class.getResourceAsStream("/contract/alert-rules.yaml")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void the_file_that_the_streamer_reads_is_what_is_written_here_byte_for_byte() throws IOException {
        String contract = contract();
        String head = contract.substring(0, contract.indexOf("---\n"));
        assertThat(head.lines()).allMatch(line -> line.startsWith("#"));
        assertThat(RULES).allSatisfy(rule -> assertThat(rule.mistakes()).isEmpty());
        assertThat(contract).isEqualTo(Stream.concat(Stream.of(head), RULES.stream().map(Rule::yaml)).reduce((before, next) -> before + "---\n" + next).orElseThrow());
    }

    @Test
    void every_kind_and_every_severity_is_there() {
        assertThat(RULES).extracting(Rule::kind).contains(Rule.Kind.values());
        assertThat(RULES).extracting(Rule::severity).contains(Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW);
    }

    @Test
    void what_is_written_can_be_opened_here_again() throws Exception {
        for (Rule rule : RULES) {
            RuleFile.Entry read = RuleFile.read(Files.writeString(folder.resolve("streamer.yaml"), rule.yaml())).entries().get(0);
            assertThat(read.rule()).as(read.reason()).get().extracting(Rule::yaml).isEqualTo(rule.yaml());
        }
    }
}
