package dev.tidemark.ui.alerts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Who sits at this desktop, as it is written beside what he does. */
public final class Operator {

    private Operator() {
    }

    /** The name of the login and of the machine, such as {@code ann@control-room-2}; without a name of the machine the login alone. */
    public static String name(String login, Map<String, String> environment) {
        String who = login == null || login.isBlank() ? "unknown" : login;
        String machine = environment.getOrDefault("COMPUTERNAME", environment.getOrDefault("HOSTNAME", ""));
        if (machine.isBlank()) {
            try {
                machine = Files.readString(Path.of("/etc/hostname")).strip();
            } catch (IOException noSuchSystem) {
                return who;
            }
        }
        return machine.isBlank() ? who : who + "@" + machine;
    }
}
