package dev.tidemark.ui.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.ui.task.WholeFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What operators did and the lake does not hold yet, kept on this computer: one small file each, so that two desktops can share the folder and
 * a crash loses nothing. A file goes when the lake has what is in it. Thread-safe as far as the file system is.
 */
final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final String ENDING = ".json";

    /** Made when there is something to write or read: most starts have nothing. */
    private static final class Json {
        private static final ObjectMapper MAPPER = new ObjectMapper();
    }

    private final Path folder;

    private Outbox(Path folder) {
        this.folder = folder;
    }

    /** What waits for one lake. */
    static Outbox of(Path settings, String lakeRoot) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(lakeRoot.getBytes(StandardCharsets.UTF_8));
            return new Outbox(settings.resolve("acks").resolve(HexFormat.of().formatHex(digest, 0, 8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot name a folder: this Java has no SHA-256", e);
        }
    }

    /** Where it is. */
    Path folder() {
        return folder;
    }

    /** Keeps what was done until it is handed in. */
    void keep(List<Act> acts) throws IOException {
        Files.createDirectories(folder);
        for (Act act : acts) {
            WholeFile.write(file(act), text(act));
        }
    }

    /** What waits, oldest first. A file that cannot be read is left alone. */
    List<Act> waiting() {
        List<Act> acts = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(ENDING)).forEach(file -> {
                try {
                    acts.add(act(Json.MAPPER.readTree(file.toFile())));
                } catch (IOException | RuntimeException e) {
                    LOG.warn("Cannot read {} (expected what an operator did)", file, e);
                }
            });
        } catch (IOException none) {
            LOG.debug("Nothing waits in {}", folder, none);
        }
        acts.sort(Comparator.comparingLong(Act::at).thenComparing(Act::id));
        return acts;
    }

    /** Forgets what the lake holds now. */
    void handedIn(List<Act> acts) throws IOException {
        for (Act act : acts) {
            Files.deleteIfExists(file(act));
        }
    }

    private Path file(Act act) {
        return folder.resolve(act.id() + ENDING);
    }

    private static String text(Act act) {
        ObjectNode node = Json.MAPPER.createObjectNode().put("id", act.id()).put("alert", act.alertId()).put("rule", act.alarm().rule())
                .put("device", act.alarm().device()).put("measure", act.alarm().measure()).put("action", act.kind().written())
                .put("comment", act.comment()).put("actor", act.actor()).put("at", act.at());
        if (act.until() != Act.NEVER) {
            node.put("until", act.until());
        }
        return node.toString();
    }

    private static Act act(JsonNode node) {
        AlarmKey alarm = new AlarmKey(node.path("rule").asText(), node.path("device").asText(), node.path("measure").asText());
        return new Act(node.required("id").asText(), node.path("alert").asText(), alarm, Act.Kind.of(node.required("action").asText()).orElseThrow(),
                node.path("comment").asText(), node.path("until").asLong(Act.NEVER), node.path("actor").asText(), node.required("at").asLong());
    }
}
