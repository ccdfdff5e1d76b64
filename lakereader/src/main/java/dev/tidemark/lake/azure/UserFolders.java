package dev.tidemark.lake.azure;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where programs of this user keep what, by the custom of the system. */
final class UserFolders {

    private UserFolders() {
    }

    /** For settings. */
    static Path settings(Map<String, String> environment) {
        return switch (system()) {
            case "windows" -> of(environment, "APPDATA", "AppData/Roaming").resolve("Tidemark");
            case "mac" -> home().resolve("Library/Application Support/Tidemark");
            default -> of(environment, "XDG_CONFIG_HOME", ".config").resolve("tidemark");
        };
    }

    /** For what can be had again. */
    static Path cache(Map<String, String> environment) {
        return switch (system()) {
            case "windows" -> of(environment, "LOCALAPPDATA", "AppData/Local").resolve("Tidemark").resolve("cache");
            case "mac" -> home().resolve("Library/Caches/Tidemark");
            default -> of(environment, "XDG_CACHE_HOME", ".cache").resolve("tidemark");
        };
    }

    private static Path of(Map<String, String> environment, String variable, String inHome) {
        String set = environment.getOrDefault(variable, "");
        return set.isBlank() ? home().resolve(inHome) : Path.of(set);
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home", "."));
    }

    private static String system() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return name.startsWith("windows") ? "windows" : name.startsWith("mac") ? "mac" : "other";
    }
}
