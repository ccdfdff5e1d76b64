package dev.tidemark.stream.cli;

import dev.tidemark.stream.pipeline.Settings;
import dev.tidemark.stream.window.TimeSpan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SettingsFileTest {

    @TempDir
    Path folder;

    private Settings read(String text) throws IOException {
        return SettingsFile.read(Files.writeString(folder.resolve("config.yaml"), text));
    }

    @Test
    void the_example_that_is_shipped_says_the_defaults() {
        assertThat(SettingsFile.read(Path.of("src/main/config/streamer.yaml"))).isEqualTo(Settings.DEFAULT);
    }

    @Test
    void what_is_not_set_has_its_default() throws IOException {
        assertThat(read("")).isEqualTo(Settings.DEFAULT);
        assertThat(read("# nothing\n")).isEqualTo(Settings.DEFAULT);
        Settings settings = read("idle-timeout: 5s\n");
        assertThat(settings.idleTimeout()).isEqualTo(TimeSpan.parse("5s"));
        assertThat(settings.windows()).isEqualTo(Settings.DEFAULT.windows());
    }

    @Test
    void everything_can_be_set() throws IOException {
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
                """);
        assertThat(settings.windows()).extracting(window -> window.name()).containsExactly("2m", "10m/1m");
        assertThat(settings).extracting(s -> s.watermarkDelay() + " " + s.idleTimeout() + " " + s.duplicateHorizon() + " " + s.commitInterval() + " "
                + s.commitRows() + " " + s.commitBytes() + " " + s.liveInterval()).isEqualTo("1s 2s 3s 4s 5 6144 7s");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "window: 1m                             | line 2, column 1: unknown setting (expected one of windows, watermark-delay,",
        "windows: 1m                            | windows: not a list (expected one such as [1m, 5m, 1h])",
        "windows: [1m, five]                    | line 2, column 15: windows: not a window (expected a length such as 5m,",
        "windows: [session-10m]                 | line 2, column 1: windows: session windows are not available yet",
        "windows: []                            | windows: no window (expected at least one",
        "windows: [1m, 1m]                      | windows: window named twice",
        "watermark-delay: 10                    | line 2, column 18: watermark-delay: not a time span (expected a number and one of ms, s, m, h, d",
        "watermark-delay: 1h                    | line 2, column 1: duplicate-horizon: shorter than the watermark delay (expected at least 1h, actual 10m)",
        "idle-timeout: 0s                       | idle-timeout: too short",
        "idle-timeout:                          | idle-timeout: no value",
        "idle-timeout: [1s]                     | idle-timeout: no value",
        "commit-rows: many                      | commit-rows: not a number of rows",
        "commit-rows: 0                         | commit-rows: too few",
        "commit-bytes: 1TB                      | commit-bytes: not a size",
        "commit-bytes: 9999999999GB             | commit-bytes: size too large (expected at most 8589934591GB, actual",
        "live-interval: 1ms                     | live-interval: too short",
        "'live-interval: 1s\nlive-interval: 2s' | line 3, column 1: live-interval: set twice",
        "just text                              | not a list of settings",
        "'a: [1'                                | line 2"})
    void what_cannot_be_used_is_told_with_file_line_and_column(String line, String message) {
        assertThatThrownBy(() -> read("# a comment\n" + line + "\n")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot use configuration " + folder.resolve("config.yaml"))
                .hasMessageContaining(message.strip()).hasMessageNotContaining("\n");
    }

    @Test
    void a_file_that_is_not_there_is_told() {
        assertThatThrownBy(() -> SettingsFile.read(folder.resolve("nope.yaml"))).hasMessageEndingWith("nope.yaml: there is no such file");
        assertThatThrownBy(() -> SettingsFile.read(folder)).hasMessageEndingWith("it is no file");
    }
}
