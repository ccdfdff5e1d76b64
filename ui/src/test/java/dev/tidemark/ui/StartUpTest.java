package dev.tidemark.ui;

import dev.tidemark.ui.theme.Appearance;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What happens before there is a window. */
class StartUpTest {

    @TempDir
    private Path folder;

    @Test
    void settings_are_there_again_at_the_next_start() {
        Path file = folder.resolve("tidemark").resolve("desktop.properties");
        Settings settings = Settings.at(file);
        settings.list("recent", List.of("/lakes/a", "abfss://b@c/d"));
        settings.theme(Appearance.Choice.LIGHT);
        settings.bounds(new Rectangle2D(10, 20, 1280, 800), false);
        Settings again = Settings.at(file);
        assertThat(again.list("recent")).containsExactly("/lakes/a", "abfss://b@c/d");
        assertThat(again.theme()).isEqualTo(Appearance.Choice.LIGHT);
        assertThat(again.bounds()).contains(new Rectangle2D(10, 20, 1280, 800));
        assertThat(again.maximized()).isFalse();
    }

    @Test
    void many_changes_are_written_once_by_whoever_writes_and_at_the_end_all_are() {
        Path file = folder.resolve("desktop.properties");
        List<Runnable> writing = new ArrayList<>();
        Settings settings = Settings.at(file, writing::add);
        settings.text("zone", "local");
        settings.text("range", "6h");
        assertThat(file).doesNotExist();
        assertThat(writing).hasSize(1);
        writing.remove(0).run();
        assertThat(Settings.at(file).text("range")).contains("6h");
        settings.theme(Appearance.Choice.LIGHT);
        settings.close();
        assertThat(Settings.at(file).theme()).isEqualTo(Appearance.Choice.LIGHT);
        assertThat(Settings.at(file).text("zone")).contains("local");
    }

    @Test
    void a_maximised_window_remembers_the_size_it_had_before() {
        Settings settings = Settings.at(folder.resolve("desktop.properties"));
        settings.bounds(new Rectangle2D(10, 20, 1280, 800), false);
        settings.bounds(new Rectangle2D(0, 0, 3840, 2160), true);
        assertThat(settings.bounds()).contains(new Rectangle2D(10, 20, 1280, 800));
        assertThat(settings.maximized()).isTrue();
    }

    @Test
    void a_spoilt_settings_file_is_a_first_start() throws IOException {
        Path file = Files.writeString(folder.resolve("desktop.properties"), "theme=purple\nwindow.width=wide\nrecent.1=\\u00zz\n");
        Settings settings = Settings.at(file);
        assertThat(settings.bounds()).isEmpty();
        assertThat(settings.theme()).isEqualTo(Appearance.Choice.SYSTEM);
    }

    @Test
    void settings_are_kept_where_the_system_keeps_them() {
        Path home = Path.of("/home/a");
        assertThat(Settings.usual(Map.of(), "Linux", home)).isEqualTo(Path.of("/home/a/.config/tidemark/desktop.properties"));
        assertThat(Settings.usual(Map.of("XDG_CONFIG_HOME", "/x"), "Linux", home)).isEqualTo(Path.of("/x/tidemark/desktop.properties"));
        assertThat(Settings.usual(Map.of(), "Mac OS X", home)).isEqualTo(Path.of("/home/a/Library/Application Support/tidemark/desktop.properties"));
        assertThat(Settings.usual(Map.of("APPDATA", "/r"), "Windows 11", home)).isEqualTo(Path.of("/r/tidemark/desktop.properties"));
    }

    @Test
    void a_display_is_what_x11_names() {
        assertThat(Display.isThere(Map.of("DISPLAY", ":0"), "Linux")).isTrue();
        assertThat(Display.isThere(Map.of(), "Linux")).isFalse();
        assertThat(Display.isThere(Map.of("DISPLAY", " "), "Linux")).isFalse();
        assertThat(Display.isThere(Map.of(), "Windows 11")).isTrue();
        assertThat(Display.isThere(Map.of(), "Mac OS X")).isTrue();
    }

    @Test
    void the_streamer_is_looked_for_where_it_was_told_then_where_it_is_built_then_beside() throws IOException {
        Path application = folder.resolve("ui/target/tidemark");
        Path built = streamer(folder.resolve("streamer/target/tidemark-streamer"));
        assertThat(Demo.home(Map.of(), Optional.empty(), application)).isEqualTo(built);
        Path told = streamer(folder.resolve("told"));
        assertThat(Demo.home(Map.of("TIDEMARK_STREAMER_HOME", told.toString()), Optional.empty(), application)).isEqualTo(told);
        Path beside = streamer(folder.resolve("opt/tidemark-streamer"));
        assertThat(Demo.home(Map.of(), Optional.empty(), folder.resolve("opt/tidemark"))).isEqualTo(beside);
    }

    @Test
    void a_streamer_that_is_nowhere_is_told_with_the_places_looked_in() {
        assertThatThrownBy(() -> Demo.home(Map.of(), Optional.empty(), folder.resolve("ui/target/tidemark")))
                .isInstanceOf(IOException.class).hasMessageContaining("tidemark-streamer").hasMessageContaining("TIDEMARK_STREAMER_HOME");
    }

    private static Path streamer(Path home) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("bin/tidemark-streamer"), "");
        Files.writeString(home.resolve("bin/tidemark-streamer.cmd"), "");
        return home;
    }

    @Test
    void times_of_the_command_line_are_utc_unless_they_name_a_zone() {
        Tidemark.Time time = new Tidemark.Time();
        assertThat(time.convert("2026-11-21T04:30")).isEqualTo(Instant.parse("2026-11-21T04:30:00Z"));
        assertThat(time.convert("2026-11-21 04:30:10.5")).isEqualTo(Instant.parse("2026-11-21T04:30:10.5Z"));
        assertThat(time.convert("2026-11-21T04:30+02:00")).isEqualTo(Instant.parse("2026-11-21T02:30:00Z"));
        assertThat(time.convert("2026-11-21")).isEqualTo(Instant.parse("2026-11-21T00:00:00Z"));
        assertThatThrownBy(() -> time.convert("yesterday")).isInstanceOf(CommandLine.TypeConversionException.class)
                .hasMessageContaining("yesterday").hasMessageContaining("2026-11-21T04:30");
    }

    @Test
    void a_folders_name_is_the_title() {
        assertThat(WindowController.name("/tmp/x/demo-plant")).isEqualTo("Demo plant");
        assertThat(WindowController.name("C:\\lakes\\hall_2")).isEqualTo("Hall 2");
        assertThat(WindowController.name("abfss://gold@acme.dfs.core.windows.net/plant-7/")).isEqualTo("Plant 7");
    }
}
