package dev.tidemark.stream.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the user wrote after {@code --source}: a kind, a colon, and what that kind needs.
 *
 * <ul>
 * <li>{@code files:DIR} — a {@link FileDrop};
 * <li>{@code simulate:devices=50,rate=1000,seed=1,faults=true|few|false} — a {@link Simulator} that runs by the clock;
 * <li>{@code simulate:…,history=120} — the same, and it begins with the messages of the last 120 minutes, as fast as they are read;
 * <li>{@code eventhubs:connection-string-env=NAME} — {@link EventHubs}, see {@link EventHubsSpec};
 * <li>{@code kafka:servers=HOST:PORT,topic=NAME} — {@link KafkaSource}, see {@link KafkaSpec};
 * <li>{@code simulate:…,start=2026-01-01T00:00:00Z,count=100000} — one that ends, as fast as it is read.
 * </ul>
 */
public final class SourceSpec {

    /** Kind → the settings that it has. */
    public static final Map<String, List<String>> KINDS = Map.of(
            "eventhubs", EventHubsSpec.SETTINGS,
            "files", List.of("dir"),
            "kafka", KafkaSpec.SETTINGS,
            "simulate", List.of("count", "devices", "faults", "history", "rate", "seed", "start"));

    /** Of so many incidents one, where few are wanted. */
    private static final int FEW = 2;
    private static final String SIMULATE_EXAMPLE = "simulate:devices=50,rate=1000,seed=1";

    private final String text;
    private final boolean endless;
    private final Function<InstantSource, EventSource> factory;

    SourceSpec(String text, boolean endless, Function<InstantSource, EventSource> factory) {
        this.text = text;
        this.endless = endless;
        this.factory = factory;
    }

    /**
     * Understands what the user wrote.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public static SourceSpec parse(String text) {
        return parse(text, System::getenv);
    }

    static SourceSpec parse(String text, Function<String, String> environment) {
        requireNoSecret(text);
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        String rest = colon < 0 ? "" : text.substring(colon + 1);
        return of(text, kind, switch (kind) {
            case "files" -> Map.of("dir", rest);
            case "kafka" -> KafkaSpec.settings(rest);
            default -> settings(text, kind, rest);
        }, environment);
    }

    /**
     * Understands what stands in a configuration file.
     *
     * @param kind     one of {@link #KINDS}
     * @param settings some of that kind's
     * @throws IllegalArgumentException with a message for the user
     */
    public static SourceSpec of(String kind, Map<String, String> settings) {
        String text = kind + ":" + settings.entrySet().stream().map(Object::toString).collect(Collectors.joining(","));
        requireNoSecret(text);
        return of(text, kind, settings, System::getenv);
    }

    private static void requireNoSecret(String text) {
        if (HubAccess.holdsSecret(text)) {
            throw new IllegalArgumentException("Cannot use a source whose text holds a key (expected connection-string-env=NAME or connection-string-file=PATH,"
                    + " so that others do not see it)");
        }
    }

    private static SourceSpec of(String text, String kind, Map<String, String> settings, Function<String, String> environment) {
        return switch (kind) {
            case "files" -> files(text, settings.getOrDefault("dir", ""));
            case "simulate" -> simulate(text, settings);
            case "eventhubs" -> EventHubsSpec.of(text, settings, environment);
            case "kafka" -> new SourceSpec(text, false, KafkaSpec.of(settings)::source);
            default -> throw refused(text, "unknown kind", "files:DIR, eventhubs:connection-string-env=NAME, kafka:servers=HOST:PORT,topic=NAME or " + SIMULATE_EXAMPLE, "'" + kind + "'");
        };
    }

    /**
     * The source. It reads nothing before it is opened.
     *
     * @throws IllegalArgumentException with a message for the user, if what it needs to get in (a connection string, say) is missing or unusable
     */
    public EventSource create(InstantSource clock) {
        return factory.apply(clock);
    }

    /**
     * Refuses a source that never ends: {@code --once} would wait for ever.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public void requireEnd() {
        if (endless) {
            throw refused(text, "it never ends, so --once cannot wait for its end", "count=N besides, for example count=100000",
                    "no count");
        }
    }

    /** As the user wrote it. */
    @Override
    public String toString() {
        return text;
    }

    private static SourceSpec files(String text, String dir) {
        if (dir.isBlank()) {
            throw refused(text, "no folder", "files:DIR", "nothing behind the colon");
        }
        try {
            Path path = Path.of(dir);
            return new SourceSpec(text, false, clock -> new FileDrop(path, clock));
        } catch (InvalidPathException e) {
            throw refused(text, "no path of this system", "files:DIR", e.getReason());
        }
    }

    private static SourceSpec simulate(String text, Map<String, String> settings) {
        int devices = (int) number(text, settings, "devices", 50, 1, 100_000);
        int rate = (int) number(text, settings, "rate", 1_000, 1, 1_000_000);
        long seed = number(text, settings, "seed", 1, Long.MIN_VALUE, Long.MAX_VALUE);
        String faulty = settings.getOrDefault("faults", "true");
        if (!List.of("true", "few", "false").contains(faulty)) {
            throw refused(text, "unreadable faults", "true, few or false", "'" + faulty + "'");
        }
        Plant.Layout plant = new Plant.Layout(seed, devices, !faulty.equals("false"), faulty.equals("few") ? FEW : 1);
        if (settings.containsKey("start") && !settings.containsKey("count")) {
            throw refused(text, "a replay that never ends", "count=N beside start", "no count");
        }
        int history = (int) number(text, settings, "history", 0, 0, 525_600);
        if (!settings.containsKey("count")) {
            return new SourceSpec(text, true, clock -> Simulator.live(plant, rate, history, clock));
        }
        if (history > 0) {
            throw refused(text, "a replay has no history", "history or count, not both", "both");
        }
        long count = number(text, settings, "count", 0, 1, 1_000_000_000_000L);
        Instant start = instant(text, settings.getOrDefault("start", "2026-01-01T00:00:00Z"));
        return new SourceSpec(text, false, clock -> Simulator.replay(plant, rate, start, count));
    }

    private static Map<String, String> settings(String text, String kind, String rest) {
        List<String> known = KINDS.get(kind);
        if (known == null) {
            return Map.of();
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (String part : rest.split(",")) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            String key = (equals < 0 ? part : part.substring(0, equals)).strip();
            if (equals < 0 || !known.contains(key)) {
                throw refused(text, equals < 0 ? "no value" : "unknown setting", "settings like key=value with " + String.join(", ", known),
                        "'" + part.strip() + "'");
            }
            if (settings.put(key, part.substring(equals + 1).strip()) != null) {
                throw refused(text, "a setting given twice", key + " once", "'" + part.strip() + "'");
            }
        }
        return settings;
    }

    static long number(String text, Map<String, String> settings, String key, long otherwise, long least, long most) {
        String value = settings.get(key);
        if (value == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number out of bounds.
        }
        String bounds = least == Long.MIN_VALUE ? "" : " from " + least + " to " + most;
        throw refused(text, "impossible " + key, "a whole number" + bounds, "'" + value + "'");
    }

    static Instant instant(String text, String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeException e) {
            throw refused(text, "unreadable start", "a time like 2026-01-01T00:00:00Z", "'" + value + "'");
        }
    }

    static IllegalArgumentException refused(String text, String reason, String expected, String actual) {
        return new IllegalArgumentException(
                "Cannot use source " + text + ": " + reason + " (expected " + expected + ", actual " + actual + ")");
    }
}
