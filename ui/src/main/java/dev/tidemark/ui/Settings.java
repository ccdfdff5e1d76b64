package dev.tidemark.ui;

import dev.tidemark.ui.alerts.Loudness;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.table.Prices;
import dev.tidemark.ui.task.WholeFile;
import dev.tidemark.ui.theme.Appearance;
import dev.tidemark.ui.theme.Magnification;
import javafx.geometry.Rectangle2D;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * What is remembered from one start to the next, in one small file of properties. A file that cannot be read or written is
 * no reason to stop: then nothing is remembered. Belongs to one thread; the file may be written on another.
 */
final class Settings implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    private final Path file;
    private final Executor writer;
    private final Properties values = new Properties();
    /** What the file is to hold, until it is being written; null if it holds it. */
    private final AtomicReference<String> unwritten = new AtomicReference<>();

    private Settings(Path file, Executor writer) {
        this.file = file;
        this.writer = writer;
    }

    /** The settings in a file, written as soon as they change; those of a first start if it is not there. */
    static Settings at(Path file) {
        return at(file, Runnable::run);
    }

    /** The same, written by somebody else, so that a slow disk does not hold up the caller; {@link #close()} when there is nothing more to remember. */
    static Settings at(Path file, Executor writer) {
        Settings settings = new Settings(file, writer);
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            settings.values.load(reader);
        } catch (NoSuchFileException first) {
            LOG.debug("No settings yet at {}", file);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("Cannot read settings: {} (expected a properties file, starting without)", file, e);
        }
        return settings;
    }

    /** Where the system keeps settings of a user: XDG's configuration folder, or its counterpart. */
    static Path usual(Map<String, String> environment, String system, Path home) {
        String name = system.toLowerCase(Locale.ROOT);
        Path folder = home.resolve(".config");
        if (name.contains("win") && environment.get("APPDATA") != null) {
            folder = Path.of(environment.get("APPDATA"));
        } else if (name.contains("mac")) {
            folder = home.resolve("Library").resolve("Application Support");
        } else if (environment.get("XDG_CONFIG_HOME") != null && !environment.get("XDG_CONFIG_HOME").isBlank()) {
            folder = Path.of(environment.get("XDG_CONFIG_HOME"));
        }
        return folder.resolve("tidemark").resolve("desktop.properties");
    }

    /** The folder that is this desktop's own. */
    Path folder() {
        return file.toAbsolutePath().getParent();
    }

    /** Whether the window took the whole screen. */
    boolean fullScreen() {
        return Boolean.parseBoolean(values.getProperty("window.fullscreen"));
    }

    void fullScreen(boolean full) {
        text("window.fullscreen", String.valueOf(full));
    }

    /** Whether alerts are told without sound and without the system's notices. */
    boolean muted() {
        return Boolean.parseBoolean(values.getProperty("alerts.muted"));
    }

    void muted(boolean muted) {
        values.setProperty("alerts.muted", String.valueOf(muted));
        save();
    }

    /** How new alerts are told. */
    Loudness loudness() {
        return Loudness.of(text("alerts.loudness").orElse(""));
    }

    void loudness(Loudness loudness) {
        text("alerts.loudness", loudness.text());
    }

    /** A list that was remembered under a name, such as the roots of lakes ({@code recent}); empty if none was. */
    List<String> list(String name) {
        List<String> list = new ArrayList<>();
        for (int i = 1; values.containsKey(name + "." + i); i++) {
            list.add(values.getProperty(name + "." + i));
        }
        return list;
    }

    void list(String name, List<String> list) {
        values.keySet().removeIf(key -> key.toString().matches(Pattern.quote(name) + "\\.\\d+"));
        for (int i = 0; i < list.size(); i++) {
            values.setProperty(name + "." + (i + 1), list.get(i));
        }
        save();
    }

    /** A text that was remembered under a name. */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.getProperty(name));
    }

    void text(String name, String value) {
        values.setProperty(name, value);
        save();
    }

    /** The range that a table is shown in first; null for what suits it. */
    Question.Range firstRange() {
        try {
            return Workspace.range(text("range").orElse("-"));
        } catch (IllegalArgumentException | DateTimeException spoilt) {
            return null;
        }
    }

    /** How large everything is drawn, in percent. */
    int magnification() {
        return Magnification.STEPS.stream().filter(step -> text("size").filter(step.toString()::equals).isPresent()).findFirst().orElse(Magnification.USUAL);
    }

    /** The zone in which times are shown. */
    ZoneId zone() {
        return text("zone").filter("local"::equals).isPresent() ? ZoneId.systemDefault() : ZoneOffset.UTC;
    }

    /** What storage costs, as far as the operator has said so. */
    Prices prices() {
        try {
            return new Prices(text("price.currency").orElse(Prices.USUAL.currency()), price("storage", Prices.USUAL.storage()),
                    price("writes", Prices.USUAL.writes()), price("reads", Prices.USUAL.reads()), price("readsDay", Prices.USUAL.readsDay()));
        } catch (IllegalArgumentException noPrices) {
            return Prices.USUAL;
        }
    }

    private double price(String name, double usual) {
        return text("price." + name).map(Double::parseDouble).orElse(usual);
    }

    void prices(Prices prices) {
        values.setProperty("price.currency", prices.currency());
        values.setProperty("price.storage", String.valueOf(prices.storage()));
        values.setProperty("price.writes", String.valueOf(prices.writes()));
        values.setProperty("price.reads", String.valueOf(prices.reads()));
        values.setProperty("price.readsDay", String.valueOf(prices.readsDay()));
        save();
    }

    /** The theme that was chosen. */
    Appearance.Choice theme() {
        try {
            return Appearance.Choice.valueOf(values.getProperty("theme", "SYSTEM"));
        } catch (IllegalArgumentException unknown) {
            return Appearance.Choice.SYSTEM;
        }
    }

    void theme(Appearance.Choice choice) {
        values.setProperty("theme", choice.name());
        save();
    }

    /** Where the window was; empty if that was never noted. */
    Optional<Rectangle2D> bounds() {
        if (!values.containsKey("window.width")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Rectangle2D(number("window.x"), number("window.y"), number("window.width"), number("window.height")));
        } catch (IllegalArgumentException notNumbers) {
            return Optional.empty();
        }
    }

    private double number(String key) {
        return Double.parseDouble(values.getProperty(key, ""));
    }

    boolean maximized() {
        return Boolean.parseBoolean(values.getProperty("window.maximized"));
    }

    void bounds(Rectangle2D bounds, boolean maximized) {
        if (!maximized) {
            values.setProperty("window.x", String.valueOf(bounds.getMinX()));
            values.setProperty("window.y", String.valueOf(bounds.getMinY()));
            values.setProperty("window.width", String.valueOf(bounds.getWidth()));
            values.setProperty("window.height", String.valueOf(bounds.getHeight()));
        }
        values.setProperty("window.maximized", String.valueOf(maximized));
        save();
    }

    private void save() {
        StringWriter text = new StringWriter();
        try {
            values.store(text, "Tidemark desktop");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (unwritten.getAndSet(text.toString()) == null) {
            writer.execute(this::write);
        }
    }

    /** Writes what is not written yet, here. */
    @Override
    public void close() {
        write();
    }

    private synchronized void write() {
        String text = unwritten.getAndSet(null);
        if (text == null) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            WholeFile.write(file, text);
        } catch (IOException e) {
            LOG.warn("Cannot keep settings in {}", file, e);
        }
    }
}
