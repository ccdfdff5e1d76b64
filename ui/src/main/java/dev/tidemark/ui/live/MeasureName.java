package dev.tidemark.ui.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a measure is called on screen. Measures are named by the path of the number in the message, often with the unit at its
 * end: {@code readings_motor_temp_c} is the motor's temperature in °C.
 *
 * @param title for people
 * @param unit  by the name's end; "" if it names none
 */
public record MeasureName(String title, String unit) {

    private static final Map<String, String> UNITS = Map.ofEntries(Map.entry("c", "\u00b0C"), Map.entry("degc", "\u00b0C"), Map.entry("celsius", "\u00b0C"),
            Map.entry("f", "\u00b0F"), Map.entry("degf", "\u00b0F"), Map.entry("k", "K"), Map.entry("mm_s", "mm/s"), Map.entry("m_s", "m/s"),
            Map.entry("m_s2", "m/s\u00b2"), Map.entry("g", "g"), Map.entry("bar", "bar"), Map.entry("mbar", "mbar"), Map.entry("hpa", "hPa"),
            Map.entry("kpa", "kPa"), Map.entry("pa", "Pa"), Map.entry("psi", "psi"), Map.entry("kw", "kW"), Map.entry("w", "W"),
            Map.entry("kwh", "kWh"), Map.entry("v", "V"), Map.entry("mv", "mV"), Map.entry("a", "A"), Map.entry("ma", "mA"), Map.entry("hz", "Hz"),
            Map.entry("l_min", "l/min"), Map.entry("m3_h", "m\u00b3/h"), Map.entry("l", "l"), Map.entry("rpm", "rpm"), Map.entry("pct", "%"),
            Map.entry("percent", "%"), Map.entry("ppm", "ppm"), Map.entry("lux", "lx"), Map.entry("lx", "lx"), Map.entry("db", "dB"),
            Map.entry("mm", "mm"), Map.entry("s", "s"), Map.entry("ms", "ms"));
    private static final Map<String, String> WORDS = Map.of("temp", "temperature", "hum", "humidity", "vib", "vibration", "press", "pressure",
            "co2", "CO\u2082", "avg", "average", "min", "lowest", "max", "highest");
    /** First steps of a path that say nothing of the measure. */
    private static final List<String> ENVELOPES = List.of("readings", "reading", "data", "payload", "values", "value", "telemetry", "measurements", "body");

    /** What the instruments of a plant are called: {@code FIC101.PV}. */
    private static final Pattern TAG = Pattern.compile("(?=.*[A-Z])(?=.*\\d)[A-Z0-9_.:/\\-]+");

    /** The last word of the title, which tells what is measured rather than where. */
    public String brief() {
        List<String> words = List.of(title.split(" "));
        String last = words.get(words.size() - 1);
        return words.size() == 1 || last.matches("\\d+") ? title : last.substring(0, 1).toUpperCase(Locale.ROOT) + last.substring(1);
    }

    /** The name of a measure or a column of numbers. */
    public static MeasureName of(String name) {
        if (TAG.matcher(name).matches()) {
            return new MeasureName(name, "");
        }
        List<String> parts = new ArrayList<>(List.of(name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT).split("[_\\-. ]+")));
        parts.removeIf(String::isEmpty);
        if (parts.isEmpty()) {
            return new MeasureName(name, "");
        }
        while (parts.size() > 1 && ENVELOPES.contains(parts.get(0)) && !parts.get(1).equals("count")) {
            parts.remove(0);
        }
        // A number at the end tells an element of an array, or is part of a name: it stays as it is. A unit may stand before it.
        String element = parts.size() > 1 && parts.get(parts.size() - 1).matches("\\d+") ? parts.remove(parts.size() - 1) : null;
        String unit = "";
        for (int length = Math.min(2, parts.size() - 1); length > 0 && unit.isEmpty(); length--) {
            List<String> end = parts.subList(parts.size() - length, parts.size());
            unit = UNITS.getOrDefault(String.join("_", end), "");
            if (!unit.isEmpty()) {
                end.clear();
            }
        }
        if (element != null) {
            parts.add(element);
        }
        parts.replaceAll(part -> WORDS.getOrDefault(part, part));
        String title = String.join(" ", parts);
        return new MeasureName(title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1), unit);
    }
}
