package dev.tidemark.stream.cli;

import dev.tidemark.stream.config.ConfigFile;
import dev.tidemark.stream.log.Retention;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.pipeline.Settings;
import dev.tidemark.stream.window.TimeSpan;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConfigurationTest {

    private static final Path EXAMPLE = Path.of("src/main/config/streamer.yaml");

    @TempDir
    Path folder;

    private Configuration read(String text) throws IOException {
        return Configuration.read(Files.writeString(folder.resolve("config.yaml"), text));
    }

    /** The example with its settings that stand as comments: those behind a # without a space, or with the indentation of a setting. */
    private Path everything() throws IOException {
        List<String> lines = Files.readAllLines(EXAMPLE).stream().map(line -> line.matches("#(\\S|  ).*") ? line.substring(1) : line).toList();
        return Files.write(folder.resolve("everything.yaml"), lines);
    }

    @Test
    void the_example_that_is_shipped_says_the_defaults_and_nothing_that_is_unknown() {
        assertThat(Configuration.read(EXAMPLE)).isEqualTo(Configuration.DEFAULT);
    }

    @Test
    void what_stands_as_a_comment_in_the_example_can_be_used() throws IOException {
        Configuration all = Configuration.read(everything());
        assertThat(all.lake()).isEqualTo("/var/lib/tidemark/plant");
        assertThat(all.sources()).extracting(Object::toString).contains("files:/var/lib/tidemark/in", "files:dir=/var/lib/tidemark/drop",
                "simulate:devices=50,faults=true,history=60,rate=1000,seed=1");
        assertThat(all.settings()).isEqualTo(Settings.DEFAULT);
        assertThat(all.metricsPort()).isEqualTo(9464);
        assertThat(all.reference().file()).isEqualTo("/etc/tidemark/devices.csv");
    }

    @Test
    void every_setting_that_is_known_stands_in_the_example() throws IOException {
        Set<String> known = ConfigFile.keysKnown(everything(), Configuration::of);
        assertThat(known).contains("lake", "windows", "sources[].kind", "sources[].history");
        Set<String> words = new TreeSet<>();
        Matcher keys = Pattern.compile("(?m)^#? *(?:- )?([a-z][a-z-]*):(?: |$)").matcher(Files.readString(EXAMPLE));
        while (keys.find()) {
            words.add(keys.group(1));
        }
        assertThat(known).allSatisfy(path -> assertThat(words).as(path).contains(path.substring(path.lastIndexOf('.') + 1)));
    }

    @Test
    void what_is_not_set_has_its_default() throws IOException {
        assertThat(read("")).isEqualTo(Configuration.DEFAULT);
        assertThat(read("# nothing\n")).isEqualTo(Configuration.DEFAULT);
        Settings settings = read("idle-timeout: 5s\n").settings();
        assertThat(settings.idleTimeout()).isEqualTo(TimeSpan.parse("5s"));
        assertThat(settings.windows()).isEqualTo(Settings.DEFAULT.windows());
    }

    @Test
    void everything_about_windows_and_cadence_can_be_set() throws IOException {
        Settings settings = read("""
                windows:
                  - 2m
                  - 10m/1m
                watermark-delay: 1s
                idle-timeout: 2s
                duplicate-horizon: 3s
                commit-interval: 4s
                commit-rows: 5
                commit-bytes: 6KB
                live-interval: 7s
                """).settings();
        assertThat(settings.windows()).extracting(window -> window.name()).containsExactly("2m", "10m/1m");
        assertThat(settings).extracting(s -> s.watermarkDelay() + " " + s.idleTimeout() + " " + s.duplicateHorizon() + " " + s.commitInterval() + " "
                + s.commitRows() + " " + s.commitBytes() + " " + s.liveInterval()).isEqualTo("1s 2s 3s 4s 5 6144 7s");
    }

    @Test
    void time_travel_is_for_all_tables_but_those_with_their_own() throws IOException {
        assertThat(read("").retentions()).isEmpty();
        Map<String, Retention> retentions = read("""
                time-travel: 30 days
                retention:
                  - table: gold/windows
                    time-travel: 1 week
                """).retentions();
        assertThat(retentions).hasSize(LakeTables.values().length - 1).doesNotContainKey("gold/live")
                .containsEntry("gold/windows", Retention.of(Duration.ofDays(7))).containsEntry("bronze/events", Retention.of(Duration.ofDays(30)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "window: [1m]                           | line 2, column 1: window: unknown setting (expected one of lake, sources, windows, watermark-delay,",
        "window: [1m]                           | did you mean windows?",
        "windows: 1m                            | line 2, column 10: windows: not a list (expected one such as",
        "windows: [1m, five]                    | line 2, column 15: windows[2]: not a window (expected a length such as 5m,",
        "windows: []                            | windows: no window (expected at least one",
        "windows: [1m, 1m]                      | line 2, column 1: windows: window named twice",
        "watermark-delay: 10                    | line 2, column 18: watermark-delay: not a time span (expected a number and one of ms, s, m, h, d",
        "watermark-delay: 1h                    | line 2, column 1: duplicate-horizon: shorter than the watermark delay (expected at least 1h, actual 10m)",
        "idle-timeout: 0s                       | idle-timeout: too short",
        "idle-timeout:                          | idle-timeout: no value",
        "idle-timeout: [1s]                     | idle-timeout: no value",
        "commit-rows: many                      | commit-rows: not a possible number (expected a whole one from 1 to",
        "commit-rows: 0                         | commit-rows: not a possible number",
        "commit-bytes: 1TB                      | commit-bytes: not a size",
        "commit-bytes: 9999999999GB             | commit-bytes: size too large (expected at most 8589934591GB, actual",
        "live-interval: 1ms                     | live-interval: too short",
        "'sources: [mqtt:x]'                    | line 2, column 11: sources[1]: Cannot use source mqtt:x: unknown kind",
        "'sources: [{kind: mqtt}]'              | line 2, column 18: sources[1].kind: unknown kind (expected one of",
        "'sources: [{kind: eventhubs, conection-string-env: X}]' | line 2, column 29: sources[1].conection-string-env: unknown setting",
        "'sources: [{kind: files}]'             | line 2, column 11: sources[1]: Cannot use source files:: no folder",
        "'sources: [{kind: files, rate: 5}]'    | sources[1]",
        "'sources: [{kind: simulate, rate: 0}]' | line 2, column 11: sources[1]: Cannot use source simulate:rate=0: impossible rate",
        "'sources: [{devices: 5}]'              | line 2, column 11: sources[1]: kind is missing",
        "'reference: {}'                        | line 2, column 12: reference.file: not one place (expected either file or table, actual none)",
        "'reference: {file: a, table: b}'       | line 2, column 22: reference.table: not one place (expected either file or table, actual both)",
        "'metrics: {port: 70000}'               | line 2, column 17: metrics.port: not a port (expected 0 to 65535",
        "'metrics:'                             | metrics: port is missing",
        "time-travel: soon                      | line 2, column 14: time-travel: not a span of time (expected words such as 30 days",
        "time-travel: 5 minutes                 | time-travel: too short",
        "'retention: [{table: gold/live, time-travel: 1 day}]' | retention[1].table: it keeps an hour",
        "'retention: [{table: gold/window, time-travel: 1 day}]' | retention[1].table: no table of the streamer (expected one of bronze/events",
        "'retention: [{table: gold/windows}]'   | retention[1]: time-travel is missing",
        "just text                              | not a list of settings"})
    void what_cannot_be_used_is_told_with_file_line_and_column(String line, String message) {
        assertThatThrownBy(() -> read("# a comment\n" + line + "\n")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot use configuration " + folder.resolve("config.yaml")).hasMessageContaining(message.strip());
    }
}
