package dev.tidemark.stream.source;

import com.azure.messaging.eventhubs.models.EventPosition;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The settings of {@code eventhubs:…}:
 *
 * <ul>
 * <li>{@code connection-string-env=NAME} or {@code connection-string-file=PATH}: of an Event Hub, or of an IoT Hub's Event Hub-compatible endpoint; {@code hub=NAME}
 *     where it has no EntityPath. Or {@code namespace=plant.servicebus.windows.net,hub=telemetry} with the identity that azure-identity finds;
 * <li>{@code consumer-group=$Default};
 * <li>{@code start=earliest}, {@code latest}, or a time such as {@code 2026-01-01T00:00:00Z}: where to begin what was never read;
 * <li>{@code prefetch=2000}: messages asked for ahead, for each partition;
 * <li>{@code owner-level=0}: of two receivers of a partition the one with the higher level stays, of equal ones the later.
 * </ul>
 */
final class EventHubsSpec {

    static final List<String> SETTINGS = List.of("connection-string-env", "connection-string-file", "consumer-group", "hub", "namespace", "owner-level", "prefetch",
            "start");

    private static final String EXAMPLE = "eventhubs:connection-string-env=HUB";
    private static final List<String> WAYS = List.of("connection-string-env", "connection-string-file", "namespace");
    private static final Duration LOOK = Duration.ofSeconds(5);

    private EventHubsSpec() {
    }

    /** @throws IllegalArgumentException with a message for the user */
    static SourceSpec of(String text, Map<String, String> settings, Function<String, String> environment) {
        requireOneWay(text, settings);
        String group = settings.getOrDefault("consumer-group", "$Default");
        if (group.isEmpty()) {
            throw SourceSpec.refused(text, "no consumer group", "a name such as $Default", "nothing");
        }
        EventPosition first = first(text, settings.getOrDefault("start", "earliest"));
        int prefetch = (int) SourceSpec.number(text, settings, "prefetch", 2_000, 1, 8_000);
        OptionalLong level = OptionalLong.of(SourceSpec.number(text, settings, "owner-level", 0, 0, Long.MAX_VALUE));
        return new SourceSpec(text, false, clock -> {
            // Only now: a configuration can be checked where its secrets are not.
            HubAccess access = access(text, settings, environment);
            return new EventHubs(access.toString(), new AmqpHubReader(access, group, prefetch, level), first, LOOK, clock);
        });
    }

    private static void requireOneWay(String text, Map<String, String> settings) {
        List<String> ways = WAYS.stream().filter(settings::containsKey).toList();
        if (ways.size() != 1) {
            throw SourceSpec.refused(text, "no single way in", EXAMPLE + ", or connection-string-file=PATH, or namespace=HOST,hub=NAME",
                    ways.isEmpty() ? "none" : String.join(" and ", ways));
        }
    }

    private static HubAccess access(String text, Map<String, String> settings, Function<String, String> environment) {
        String hub = settings.get("hub");
        try {
            if (settings.containsKey("namespace")) {
                return HubAccess.withIdentity(settings.get("namespace"), hub);
            }
            String file = settings.get("connection-string-file");
            return file != null ? HubAccess.fromFile(file, hub) : HubAccess.fromEnvironment(settings.get("connection-string-env"), hub, environment);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Cannot use source " + text + ": " + e.getMessage(), e);
        }
    }

    private static EventPosition first(String text, String start) {
        return switch (start) {
            case "earliest" -> EventPosition.earliest();
            case "latest" -> EventPosition.latest();
            default -> EventPosition.fromEnqueuedTime(SourceSpec.instant(text, start));
        };
    }
}
