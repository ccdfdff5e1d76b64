package dev.tidemark.stream.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The settings of {@code kafka:…}:
 *
 * <ul>
 * <li>{@code servers=HOST:PORT;HOST:PORT}: some of the brokers, from which the client learns of the others;
 * <li>{@code topic=NAME};
 * <li>{@code config=FILE}: a properties file of a Kafka client, with what the brokers want for logging in ({@code security.protocol}, {@code sasl.…},
 *     {@code ssl.…}) and what else is to be set. Secrets stand there and nowhere else;
 * <li>{@code start=earliest}, {@code latest}, or a time such as {@code 2026-01-01T00:00:00Z}: where to begin what was never read;
 * <li>{@code name=NAME}: what the source is called in the tables, instead of its servers and topic; for clusters whose servers change.
 * </ul>
 *
 * <p>A text that is refused is not repeated: it may hold a secret.
 *
 * @param name    what the source is called in the tables
 * @param servers as the client wants them, separated by commas
 * @param topic   name of the topic
 * @param config  properties file; null if there is none
 * @param first   where to begin
 */
record KafkaSpec(String name, String servers, String topic, Path config, First first) {

    private static final String EXAMPLE = "kafka:servers=HOST:PORT,topic=NAME";
    /** What stands behind {@code kafka:}, or in the configuration. */
    static final List<String> SETTINGS = List.of("config", "name", "servers", "start", "topic");
    private static final Pattern SERVER = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):[0-9]{1,5}");
    private static final Pattern SECRET = Pattern.compile("pass|secret|jaas|token|sasl|key|endpoint|user|login", Pattern.CASE_INSENSITIVE);
    /** Rule of the brokers. */
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:/-]{1,200}");
    private static final KafkaPartition.Room ROOM = new KafkaPartition.Room(65_536, 48L << 20);
    private static final Duration PATIENCE = Duration.ofSeconds(12);
    private static final Duration LOOK = Duration.ofSeconds(5);

    /**
     * Where to begin a partition of which the tables hold nothing.
     *
     * @param place {@code earliest}, {@code latest}, or {@code time}
     * @param time  milliseconds since 1970-01-01T00:00Z, for {@code time}
     */
    record First(Place place, long time) {

        enum Place { EARLIEST, LATEST, TIME }

        static final First EARLIEST = new First(Place.EARLIEST, 0);
    }

    /**
     * Understands the settings.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    static KafkaSpec of(Map<String, String> settings) {
        List<String> servers = Arrays.stream(settings.getOrDefault("servers", "").split(";")).map(String::strip).filter(s -> !s.isEmpty())
                .map(s -> s.toLowerCase(Locale.ROOT)).sorted().distinct().toList();
        if (servers.isEmpty() || !servers.stream().allMatch(server -> SERVER.matcher(server).matches())) {
            throw refused(servers.isEmpty() ? "no servers" : "unreadable servers", "servers=HOST:PORT, several separated by a semicolon");
        }
        String topic = settings.getOrDefault("topic", "");
        if (!TOPIC.matcher(topic).matches()) {
            throw refused(topic.isEmpty() ? "no topic" : "impossible topic", "topic=NAME of letters, digits, '.', '_' and '-'");
        }
        String name = settings.getOrDefault("name", String.join(";", servers) + "/" + topic);
        if (settings.containsKey("name") && !NAME.matcher(name).matches()) {
            throw refused("impossible name", "name=NAME of letters, digits and . _ : / -");
        }
        return new KafkaSpec("kafka:" + name, String.join(",", servers), topic, config(settings.get("config")), first(settings.getOrDefault("start", "earliest")));
    }

    /** The source as the program runs it. */
    KafkaSource source(InstantSource clock) {
        return new KafkaSource(this, clock, ROOM, PATIENCE, LOOK);
    }

    /**
     * Takes apart what stands behind {@code kafka:}.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    static Map<String, String> settings(String rest) {
        Map<String, String> settings = new TreeMap<>();
        for (String part : rest.split(",")) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            String key = (equals < 0 ? part : part.substring(0, equals)).strip();
            if (equals < 0 || !SETTINGS.contains(key)) {
                if (SECRET.matcher(part).find()) {
                    throw new IllegalArgumentException("Cannot use this source kafka: passwords and other settings of the login do not belong on the command line, where"
                            + " others on this machine can see them; write them into a file that only you can read, and name it with config=FILE");
                }
                throw refused(equals < 0 ? "a setting without a value" : "an unknown setting", "servers, topic, config, start and name, as in " + EXAMPLE);
            }
            if (settings.put(key, part.substring(equals + 1).strip()) != null) {
                throw refused(key + " given twice", key + " once");
            }
        }
        return settings;
    }

    private static Path config(String text) {
        try {
            return text == null ? null : Path.of(text);
        } catch (InvalidPathException e) {
            throw refused("config is no path of this system", "config=FILE");
        }
    }

    private static First first(String text) {
        switch (text) {
            case "earliest":
                return First.EARLIEST;
            case "latest":
                return new First(First.Place.LATEST, 0);
            default:
                try {
                    return new First(First.Place.TIME, Instant.parse(text).toEpochMilli());
                } catch (DateTimeException | ArithmeticException e) {
                    throw refused("unreadable start", "earliest, latest or a time like 2026-01-01T00:00:00Z");
                }
        }
    }

    private static IllegalArgumentException refused(String reason, String expected) {
        return new IllegalArgumentException("Cannot use this source kafka: " + reason + " (expected " + expected + ")");
    }
}
