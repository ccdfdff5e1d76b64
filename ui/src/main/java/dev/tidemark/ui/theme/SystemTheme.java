package dev.tidemark.ui.theme;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks the operating system whether its user likes it dark or light. Where it cannot be known: dark. */
public final class SystemTheme {

    private SystemTheme() {
    }

    /** The system's theme; asks a program of the system and waits for it for half a second at most. */
    public static Theme now() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.contains("win")) {
            return answer(List.of("reg", "query", "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize",
                    "/v", "AppsUseLightTheme")).filter(text -> text.contains("0x1")).map(text -> Theme.LIGHT).orElse(Theme.DARK);
        }
        if (system.contains("mac")) {
            // The key exists only while the dark look is on.
            return answer(List.of("defaults", "read", "-g", "AppleInterfaceStyle")).isPresent() ? Theme.DARK : Theme.LIGHT;
        }
        String gtk = System.getenv().getOrDefault("GTK_THEME", "");
        if (!gtk.isEmpty()) {
            return gtk.endsWith(":dark") ? Theme.DARK : Theme.LIGHT;
        }
        return answer(List.of("gsettings", "get", "org.gnome.desktop.interface", "color-scheme"))
                .filter(text -> text.contains("prefer-light")).map(text -> Theme.LIGHT).orElse(Theme.DARK);
    }

    private static Optional<String> answer(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (!process.waitFor(500, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException notThere) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
