package dev.tidemark.stream.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A YAML file of settings. Its keys are those that its reader asks for: any other is refused, with the one that was probably meant. All mistakes are told at
 * once, each with the file, line and column it stands on. Keys given twice, anchors and aliases, and a second document are refused.
 */
public final class ConfigFile {

    private static final int DEEPEST = 20;

    private final YAMLParser parser;
    private final Mistakes mistakes;

    private ConfigFile(YAMLParser parser, Mistakes mistakes) {
        this.parser = parser;
        this.mistakes = mistakes;
    }

    /**
     * Reads a file.
     *
     * @param reader makes the value of the whole file, which may be empty; an {@link InvalidSetting} that it throws is told at the key's place
     * @throws ConfigException with messages for the user
     */
    public static <T> T read(Path file, Function<Section, T> reader) {
        return read(file, reader, new Mistakes(file));
    }

    /**
     * All keys that a reader knows, as far as a file leads it to ask for them: {@code alerts.rules[].above}.
     *
     * @throws ConfigException as {@link #read}
     */
    public static Set<String> keysKnown(Path file, Function<Section, ?> reader) {
        Mistakes mistakes = new Mistakes(file);
        read(file, reader, mistakes);
        return mistakes.known();
    }

    private static <T> T read(Path file, Function<Section, T> reader, Mistakes mistakes) {
        if (!Files.isRegularFile(file)) {
            mistakes.add(Place.NONE, Files.exists(file) ? "it is no file" : "there is no such file");
            throw mistakes.exception(null);
        }
        Node.Fields root;
        try (YAMLParser parser = new YAMLFactory().createParser(Files.readString(file))) {
            root = new ConfigFile(parser, mistakes).root();
        } catch (JsonProcessingException e) {
            mistakes.add(place(e.getLocation()), "no YAML: " + e.getOriginalMessage().lines().findFirst().orElse("it cannot be understood").strip());
            throw mistakes.exception(e);
        } catch (CharacterCodingException e) {
            mistakes.add(Place.NONE, "it is no text (expected UTF-8)");
            throw mistakes.exception(e);
        } catch (IOException e) {
            mistakes.add(Place.NONE, "it cannot be read: " + e.getMessage());
            throw mistakes.exception(e);
        }
        T value = null;
        try {
            value = new Section(mistakes, "", root).make(reader);
        } catch (Mistakes.Refused e) {
            // Noted, and told below.
        }
        if (!mistakes.isEmpty()) {
            throw mistakes.exception(null);
        }
        return value;
    }

    private Node.Fields root() throws IOException {
        JsonToken token = parser.nextToken();
        Node.Fields root = new Node.Fields(Place.NONE, Map.of());
        if (token == JsonToken.START_OBJECT) {
            root = (Node.Fields) node("", 0);
        } else if (token != null && token != JsonToken.VALUE_NULL) {
            mistakes.add(here(), "not a list of settings (expected lines such as watermark-delay: 10s)");
            throw mistakes.exception(null);
        }
        if (token != null && parser.nextToken() != null) {
            mistakes.add(here(), "a second document (expected one)");
        }
        return root;
    }

    private Node node(String path, int depth) throws IOException {
        Place place = here();
        if (depth > DEEPEST) {
            mistakes.add(place, path + ": too deep (expected at most " + DEEPEST + " levels)");
            throw mistakes.exception(null);
        }
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            mistakes.add(place, path + ": an anchor or alias (expected the value itself)");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> new Node.Fields(place, fields(path, depth));
            case START_ARRAY -> {
                List<Node> nodes = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    nodes.add(node(path + "[" + (nodes.size() + 1) + "]", depth + 1));
                }
                yield new Node.Items(place, nodes);
            }
            case VALUE_NULL -> new Node.Scalar(place, null);
            default -> new Node.Scalar(place, parser.getText());
        };
    }

    private Map<String, Node.Field> fields(String path, int depth) throws IOException {
        Map<String, Node.Field> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Place at = here();
            parser.nextToken();
            String below = path.isEmpty() ? key : path + "." + key;
            Node.Field earlier = fields.putIfAbsent(key, new Node.Field(at, node(below, depth + 1)));
            if (earlier != null) {
                mistakes.add(at, below + ": set twice (expected once, actual also on line " + earlier.key().line() + ")");
            }
        }
        return fields;
    }

    private Place here() {
        return place(parser.currentTokenLocation());
    }

    private static Place place(JsonLocation location) {
        return location == null ? Place.NONE : new Place(location.getLineNr(), location.getColumnNr());
    }
}
