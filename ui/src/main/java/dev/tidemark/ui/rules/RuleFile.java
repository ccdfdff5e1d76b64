package dev.tidemark.ui.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tidemark.ui.text.Messages;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules that a streamer's configuration names, in its order. Immutable. */
public record RuleFile(Path file, List<Entry> entries) {

    /** More than any configuration has: what is longer is another file, and is not read. */
    private static final long LONGEST = 1 << 20;

    /**
     * One rule of it.
     *
     * @param rule   empty if it cannot be edited here
     * @param reason why it cannot be, for the operator; "" if it can
     */
    public record Entry(String name, Optional<Rule> rule, String reason) {
    }

    /** A file without rules to offer. The message is for the operator: what is wrong, where, and what to do. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(Path file, String key, Object... values) {
            super(Messages.text("rules.unread", file, Messages.text("rules.unread." + key, values)));
        }
    }

    public RuleFile {
        entries = List.copyOf(entries);
    }

    /**
     * Reads the list {@code alerts: rules:} of a file; whatever else it says is not looked at. Not for the thread that owns the screen.
     *
     * @throws Unreadable if it cannot be read, is no configuration, or names no rule
     */
    public static RuleFile read(Path file) throws Unreadable {
        JsonNode whole = parse(file);
        JsonNode alerts = whole.path("alerts");
        JsonNode rules = alerts.path("rules");
        if (!whole.isObject() || !(alerts.isObject() || alerts.isNull() || alerts.isMissingNode()) || !(rules.isArray() || rules.isNull() || rules.isMissingNode())) {
            throw new Unreadable(file, "other");
        }
        if (rules.isEmpty()) {
            throw new Unreadable(file, rules.isArray() ? "empty" : "none");
        }
        String temperatures = alerts.path("temperature-unit").asText(Rule.Details.USUAL.temperatures());
        List<Entry> entries = new ArrayList<>();
        for (JsonNode rule : rules) {
            entries.add(entry(rule, temperatures));
        }
        return new RuleFile(file, entries);
    }

    private static Entry entry(JsonNode node, String temperatures) {
        String name = node.path("name").asText("");
        String shown = name.isBlank() ? Messages.text("rules.offer.nameless") : name;
        try {
            return new Entry(shown, Optional.of(new RuleEntry(node, temperatures).rule()), "");
        } catch (RuleEntry.Refused refused) {
            return new Entry(shown, Optional.empty(), refused.getMessage());
        }
    }

    private static JsonNode parse(Path file) throws Unreadable {
        try {
            if (Files.isDirectory(file) || Files.size(file) > LONGEST) {
                throw new Unreadable(file, "other");
            }
            return new YAMLMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException broken) {
            if (broken.getLocation() == null) {
                throw new Unreadable(file, "other");
            }
            throw new Unreadable(file, "yaml", String.valueOf(broken.getLocation().getLineNr()), String.valueOf(broken.getLocation().getColumnNr()));
        } catch (NoSuchFileException gone) {
            throw new Unreadable(file, "gone");
        } catch (AccessDeniedException denied) {
            throw new Unreadable(file, "denied");
        } catch (CharacterCodingException noText) {
            throw new Unreadable(file, "other");
        } catch (IOException disk) {
            throw new Unreadable(file, "disk", disk.getMessage());
        }
    }
}
