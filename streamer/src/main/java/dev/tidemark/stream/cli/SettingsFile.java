package dev.tidemark.stream.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.tidemark.stream.pipeline.Settings;
import dev.tidemark.stream.window.TimeSpan;
import dev.tidemark.stream.window.WindowSpec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@link Settings} from a YAML file; what is wrong with it is told with file, line and column. */
final class SettingsFile {

    private static final List<String> KEYS = List.of("windows", "watermark-delay", "idle-timeout", "duplicate-horizon",
            "commit-interval", "commit-rows", "commit-bytes", "live-interval");
    private static final Pattern BYTES = Pattern.compile("(\\d{1,15})(KB|MB|GB)?");

    private final Path file;
    private final JsonParser parser;
    private final Map<String, JsonLocation> places = new HashMap<>();

    private List<WindowSpec> windows = Settings.DEFAULT.windows();
    private TimeSpan watermarkDelay = Settings.DEFAULT.watermarkDelay();
    private TimeSpan idleTimeout = Settings.DEFAULT.idleTimeout();
    private TimeSpan duplicateHorizon = Settings.DEFAULT.duplicateHorizon();
    private TimeSpan commitInterval = Settings.DEFAULT.commitInterval();
    private int commitRows = Settings.DEFAULT.commitRows();
    private long commitBytes = Settings.DEFAULT.commitBytes();
    private TimeSpan liveInterval = Settings.DEFAULT.liveInterval();

    private SettingsFile(Path file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * Reads a file; what it does not set is as in {@link Settings#DEFAULT}.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    static Settings read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("Cannot use configuration " + file + ": " + (Files.exists(file) ? "it is no file" : "there is no such file"));
        }
        try (JsonParser parser = new YAMLFactory().createParser(Files.newBufferedReader(file))) {
            return new SettingsFile(file, parser).read();
        } catch (JsonProcessingException e) {
            throw refused(file, e.getLocation(), e.getOriginalMessage().lines().findFirst().orElse("no YAML"));
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot use configuration " + file + ": it cannot be read: " + e.getMessage(), e);
        }
    }

    private Settings read() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                entry();
            }
        } else if (token != null && token != JsonToken.VALUE_NULL) {
            throw refused("not a list of settings (expected lines such as watermark-delay: 10s)");
        }
        try {
            return new Settings(windows, watermarkDelay, idleTimeout, duplicateHorizon, commitInterval, commitRows, commitBytes, liveInterval);
        } catch (Settings.Invalid e) {
            JsonLocation place = places.containsKey(e.key()) ? places.get(e.key())
                    : places.getOrDefault("watermark-delay", JsonLocation.NA);
            throw refused(file, place, e.key() + ": " + e.getMessage());
        }
    }

    private void entry() throws IOException {
        String key = parser.currentName();
        if (!KEYS.contains(key)) {
            throw refused("unknown setting (expected one of " + String.join(", ", KEYS) + ", actual " + key + ")");
        }
        if (places.put(key, parser.currentTokenLocation()) != null) {
            throw refused(key + ": set twice (expected once)");
        }
        parser.nextToken();
        switch (key) {
            case "windows" -> windows = list(key, WindowSpec::parse);
            case "watermark-delay" -> watermarkDelay = value(key, TimeSpan::parse);
            case "idle-timeout" -> idleTimeout = value(key, TimeSpan::parse);
            case "duplicate-horizon" -> duplicateHorizon = value(key, TimeSpan::parse);
            case "commit-interval" -> commitInterval = value(key, TimeSpan::parse);
            case "commit-rows" -> commitRows = value(key, SettingsFile::rows);
            case "commit-bytes" -> commitBytes = value(key, SettingsFile::bytes);
            default -> liveInterval = value(key, TimeSpan::parse);
        }
    }

    private <T> List<T> list(String key, Function<String, T> reader) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw refused(key + ": not a list (expected one such as [1m, 5m, 1h])");
        }
        List<T> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(key, reader));
        }
        return values;
    }

    private <T> T value(String key, Function<String, T> reader) throws IOException {
        if (!parser.currentToken().isScalarValue() || parser.currentToken() == JsonToken.VALUE_NULL) {
            throw refused(key + ": no value (expected one, as in the example of conf/streamer.yaml)");
        }
        try {
            return reader.apply(parser.getText());
        } catch (IllegalArgumentException e) {
            throw refused(key + ": " + e.getMessage());
        }
    }

    private static int rows(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number of rows (expected a whole number, actual \"" + text + "\")", e);
        }
    }

    private static long bytes(String text) {
        Matcher form = BYTES.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("not a size (expected a number of bytes, or one with KB, MB or GB such as 64MB; actual \"" + text + "\")");
        }
        long number = Long.parseLong(form.group(1));
        int shift = form.group(2) == null ? 0 : switch (form.group(2)) {
            case "KB" -> 10;
            case "MB" -> 20;
            default -> 30;
        };
        if (number > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException("size too large (expected at most " + (Long.MAX_VALUE >> shift) + form.group(2) + ", actual \"" + text + "\")");
        }
        return number << shift;
    }

    private IllegalArgumentException refused(String why) {
        return refused(file, parser.currentTokenLocation(), why);
    }

    private static IllegalArgumentException refused(Path file, JsonLocation place, String why) {
        String where = place == null || place.getLineNr() < 1 ? "" : ", line " + place.getLineNr() + ", column " + place.getColumnNr();
        return new IllegalArgumentException("Cannot use configuration " + file + where + ": " + why);
    }
}
