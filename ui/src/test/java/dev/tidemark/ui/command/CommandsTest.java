package dev.tidemark.ui.command;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CommandsTest {

    private final List<String> done = new ArrayList<>();
    private final Commands commands = new Commands();
    private boolean enabled = true;

    private void add(String id, String... keys) {
        commands.add(Command.of(id, Command.Section.WINDOW, () -> done.add(id), keys).when(() -> enabled));
    }

    private static KeyEvent key(KeyCode code, String text, boolean shift, boolean control) {
        return new KeyEvent(KeyEvent.KEY_PRESSED, "", text, code, shift, control, false, false);
    }

    @Test
    void a_key_does_what_its_command_does() {
        add("export", "Ctrl+E");
        add("keys", "?");
        assertThat(commands.press(key(KeyCode.E, "e", false, true), false)).isTrue();
        assertThat(commands.press(key(KeyCode.SLASH, "?", true, false), false)).isTrue();
        assertThat(done).containsExactly("export", "keys");
    }

    @Test
    void the_same_key_with_another_modifier_is_another_key() {
        add("export", "Ctrl+E");
        add("export.table", "Ctrl+Shift+E");
        assertThat(commands.press(key(KeyCode.E, "e", false, false), false)).isFalse();
        commands.press(key(KeyCode.E, "E", true, true), false);
        assertThat(done).containsExactly("export.table");
    }

    @Test
    void what_is_typed_into_a_field_stays_there_but_for_keys_that_write_nothing() {
        add("travel.live", "L", "Escape");
        add("fullscreen", "F11");
        add("palette", "Ctrl+K");
        assertThat(commands.press(key(KeyCode.L, "l", false, false), true)).isFalse();
        assertThat(commands.press(key(KeyCode.ESCAPE, "", false, false), true)).isFalse();
        assertThat(commands.press(key(KeyCode.F11, "", false, false), true)).isTrue();
        assertThat(commands.press(key(KeyCode.K, "k", false, true), true)).isTrue();
        assertThat(done).containsExactly("fullscreen", "palette");
    }

    @Test
    void a_command_that_would_do_nothing_now_is_not_done_but_keeps_its_key() {
        add("export", "Ctrl+E");
        enabled = false;
        assertThat(commands.press(key(KeyCode.E, "e", false, true), false)).isTrue();
        assertThat(commands.run("export")).isFalse();
        assertThat(done).isEmpty();
    }

    @Test
    void two_commands_with_one_key_or_one_name_are_refused() {
        add("export", "Ctrl+E");
        assertThatThrownBy(() -> add("export")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> add("edit", "Ctrl+E")).hasMessageContaining("taken by export");
    }

    @Test
    void keys_are_written_as_they_stand_on_the_keyboard() {
        assertThat(List.of("Ctrl+Shift+E", "F11", "Left", "Escape", "?", "Ctrl+1").stream().map(key -> Shortcut.of(key).text()))
                .containsExactly("Ctrl+Shift+E", "F11", "\u2190", "Esc", "?", "Ctrl+1");
    }

    @Test
    void a_key_that_is_held_down_does_it_once_but_steps_on() {
        int[] done = {0, 0};
        Commands held = new Commands();
        held.add(Command.of("theme", Command.Section.WINDOW, () -> done[0]++, "Ctrl+D"));
        held.add(Command.of("travel.back", Command.Section.TIME, () -> done[1]++, "Left"));
        for (int i = 0; i < 3; i++) {
            held.press(key(KeyCode.D, "d", false, true), false);
        }
        assertThat(done[0]).isEqualTo(1);
        held.release();
        held.press(key(KeyCode.D, "d", false, true), false);
        assertThat(done[0]).isEqualTo(2);
        for (int i = 0; i < 3; i++) {
            held.press(key(KeyCode.LEFT, "", false, false), false);
        }
        assertThat(done[1]).isEqualTo(3);
    }
}
