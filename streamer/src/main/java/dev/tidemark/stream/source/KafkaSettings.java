package dev.tidemark.stream.source;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Kafka client is told: what the user's file says, and what the source needs whatever stands there. Knows what of it is secret. Immutable. */
final class KafkaSettings {

    private static final Pattern SECRET = Pattern.compile("pass|secret|jaas|token|key$|certificate", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTED = Pattern.compile("[\"']([^\"']{3,})[\"']");

    private final Map<String, Object> client = new HashMap<>();
    private final Set<String> secrets = new HashSet<>();

    private KafkaSettings() {
    }

    /** @throws IOException with a message for the user if the file cannot be read */
    static KafkaSettings read(KafkaSpec spec) throws IOException {
        Properties file = new Properties();
        if (spec.config() != null) {
            try (Reader reader = Files.newBufferedReader(spec.config(), StandardCharsets.UTF_8)) {
                file.load(reader);
            } catch (NoSuchFileException e) {
                throw unreadable(spec, "there is no such file", e);
            } catch (AccessDeniedException e) {
                throw unreadable(spec, "no permission to read it; grant it to the user who runs this", e);
            } catch (IOException | IllegalArgumentException e) {
                throw unreadable(spec, "no properties file in UTF-8 (expected lines like security.protocol=SASL_SSL)", e);
            }
        }
        KafkaSettings settings = new KafkaSettings();
        for (String key : file.stringPropertyNames()) {
            String value = file.getProperty(key).strip();
            settings.client.put(key, value);
            if (SECRET.matcher(key).find() && value.length() > 2) {
                settings.secrets.add(value);
                for (Matcher quoted = QUOTED.matcher(value); quoted.find(); ) {
                    settings.secrets.add(quoted.group(1));
                }
            }
        }
        settings.client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, spec.servers());
        settings.client.putIfAbsent(CommonClientConfigs.CLIENT_ID_CONFIG, "tidemark");
        // Nobody asked us to report on ourselves to the brokers.
        settings.client.putIfAbsent(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false");
        return settings;
    }

    private static IOException unreadable(KafkaSpec spec, String why, Exception cause) {
        return new IOException("Cannot use source " + spec.name() + ": config=" + spec.config() + ": " + why, cause);
    }

    /** For asking about topics. */
    Map<String, Object> admin() {
        return new HashMap<>(client);
    }

    /** For reading: positions are ours, there is no group, and nothing is skipped silently. */
    Map<String, Object> consumer() {
        Map<String, Object> consumer = new HashMap<>(client);
        consumer.remove(ConsumerConfig.GROUP_ID_CONFIG);
        consumer.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        consumer.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG);
        consumer.remove(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
        consumer.remove(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        consumer.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        consumer.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 4_096);
        // The client keeps what it has fetched beside what waits here: less than its default of 50 MB.
        consumer.putIfAbsent(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
        return consumer;
    }

    /** A text of the client without the secrets that may have got into it. */
    String hide(String text) {
        String hidden = text;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, "…");
        }
        return hidden;
    }
}
