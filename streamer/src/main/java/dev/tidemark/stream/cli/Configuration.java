package dev.tidemark.stream.cli;

import dev.tidemark.stream.alert.Rules;
import dev.tidemark.stream.config.ConfigFile;
import dev.tidemark.stream.config.Section;
import dev.tidemark.stream.log.Retention;
import dev.tidemark.stream.maintain.CompactionRule;
import dev.tidemark.stream.pipeline.Settings;
import dev.tidemark.stream.reference.ReferenceSettings;
import dev.tidemark.stream.source.SourceSpec;
import dev.tidemark.stream.window.TimeSpan;
import dev.tidemark.stream.window.WindowSpec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A whole deployment as one YAML file says it; what the file leaves out is as in {@link #DEFAULT}. Immutable.
 *
 * <p>A part of the streamer that can be configured has a record of its settings that refuses impossible values with
 * {@link dev.tidemark.stream.config.InvalidSetting}, a reader of its section ({@code Section} to record), a component here, and its keys in {@code conf/streamer.yaml}.
 *
 * @param lake        the folder below which the tables are; null if the command line has to name it
 * @param sources     where events come from; empty if the command line has to name them
 * @param settings    windows, watermark and cadence
 * @param autoCompact whether small files are rewritten beside the streaming
 * @param compaction  which files are rewritten, by this or by {@code optimize}
 * @param retentions  path of a table → how long it keeps what it had; of others nothing is said
 * @param oncePatience how long a commit that fails is tried again with --once
 * @param reference   what is known of devices beside their messages; null if nothing is
 * @param metricsPort where metrics and health are answered; 0 for any port, null for none
 * @param rules       what raises an alert
 * @param deliveries  who is told about alerts
 */
record Configuration(String lake, List<SourceSpec> sources, Settings settings, boolean autoCompact, CompactionRule compaction, Map<String, Retention> retentions, TimeSpan oncePatience, ReferenceSettings reference,
                     Integer metricsPort, Rules rules, List<DeliverySection> deliveries) {

    /** What holds without a file. */
    static final Configuration DEFAULT = new Configuration(null, List.of(), Settings.DEFAULT, true, CompactionRule.DEFAULT, Map.of(),
            TimeSpan.parse("1m"), null, null, Rules.DEFAULT, List.of());

    private static final Pattern BYTES = Pattern.compile("(\\d{1,15})(KB|MB|GB)?");

    /**
     * Reads a file.
     *
     * @throws dev.tidemark.stream.config.ConfigException with messages for the user
     */
    static Configuration read(Path file) {
        return ConfigFile.read(file, Configuration::of);
    }

    /** Makes a configuration of a file; every key that can stand in one is asked for here, or by the parts that are asked here. */
    static Configuration of(Section file) {
        return new Configuration(file.text("lake", DEFAULT.lake),
                file.sections("sources", SourceSpec::parse, Configuration::source),
                settings(file),
                file.flag("auto-compact", DEFAULT.autoCompact),
                compaction(file),
                RetentionSection.read(file),
                file.value("once-patience", DEFAULT.oncePatience, TimeSpan::parse),
                file.section("reference", DEFAULT.reference, ReferenceSettings::of),
                file.section("metrics", DEFAULT.metricsPort, metrics -> metrics.required("port", Configuration::port)),
                file.section("alerts", DEFAULT.rules, AlertSection::rules),
                deliveries(file));
    }

    private static List<DeliverySection> deliveries(Section file) {
        List<DeliverySection> deliveries = file.sections("deliver", DeliverySection::of);
        Set<String> names = new HashSet<>();
        for (DeliverySection delivery : deliveries) {
            if (!names.add(delivery.name())) {
                file.refuse("deliver", "two channels of one name (expected names of their own, actual " + delivery.name() + " twice)");
            }
        }
        return deliveries;
    }

    private static CompactionRule compaction(Section file) {
        CompactionRule otherwise = CompactionRule.DEFAULT;
        return new CompactionRule((int) file.whole("compact-min-files", otherwise.minFiles(), 2, 100_000),
                file.value("target-file-size", otherwise.targetSize(), Configuration::bytes),
                Duration.ofMillis(file.value("compact-after", TimeSpan.parse(otherwise.rest().toMinutes() + "m"), TimeSpan::parse).millis()));
    }

    private static SourceSpec source(Section source) {
        String kind = source.required("kind", text -> {
            if (!SourceSpec.KINDS.containsKey(text)) {
                throw new IllegalArgumentException("unknown kind (expected one of "
                        + String.join(", ", SourceSpec.KINDS.keySet().stream().sorted().toList()) + ", actual \"" + text + "\")");
            }
            return text;
        });
        Map<String, String> settings = new LinkedHashMap<>();
        for (String key : SourceSpec.KINDS.get(kind)) {
            String text = source.text(key, null);
            if (text != null) {
                settings.put(key, text);
            }
        }
        return SourceSpec.of(kind, settings);
    }

    private static Settings settings(Section file) {
        Settings otherwise = Settings.DEFAULT;
        return new Settings(
                file.list("windows", otherwise.windows(), WindowSpec::parse),
                file.value("watermark-delay", otherwise.watermarkDelay(), TimeSpan::parse),
                file.value("idle-timeout", otherwise.idleTimeout(), TimeSpan::parse),
                file.value("duplicate-horizon", otherwise.duplicateHorizon(), TimeSpan::parse),
                file.value("commit-interval", otherwise.commitInterval(), TimeSpan::parse),
                (int) file.whole("commit-rows", otherwise.commitRows(), 1, Integer.MAX_VALUE),
                file.value("commit-bytes", otherwise.commitBytes(), Configuration::bytes),
                file.value("live-interval", otherwise.liveInterval(), TimeSpan::parse));
    }

    private static Integer port(String text) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535) {
            return Integer.valueOf(text);
        }
        throw new IllegalArgumentException("not a port (expected 0 to 65535, 0 for any that is free; actual \"" + text + "\")");
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
}
