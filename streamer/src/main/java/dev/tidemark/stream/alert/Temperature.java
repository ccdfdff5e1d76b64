package dev.tidemark.stream.alert;

import java.util.Locale;

/** Units of temperature: what a unit or the name of a measure says, and limits from one to the other. */
enum Temperature {

    FAHRENHEIT(5 / 9.0, 32), CELSIUS(1, 0), KELVIN(1, 273.15);

    /** Of one degree, in degrees Celsius. */
    private final double degree;
    /** Where water freezes. */
    private final double freezing;

    Temperature(double degree, double freezing) {
        this.degree = degree;
        this.freezing = freezing;
    }

    /** The unit that a text names; null if it is no unit of temperature. */
    static Temperature of(String unit) {
        if (unit == null) {
            return null;
        }
        return switch (unit.strip().replace("°", "").replace("º", "").toLowerCase(Locale.ROOT)) {
            case "f", "degf", "deg_f", "fahrenheit", "℉" -> FAHRENHEIT;
            case "c", "degc", "deg_c", "celsius", "℃" -> CELSIUS;
            case "k", "kelvin" -> KELVIN;
            default -> null;
        };
    }

    /** The unit at the end of a measure's name, as in {@code motor_temp_c} or {@code tempCelsius}; null if there is none. */
    static Temperature ofName(String measure) {
        String name = measure.toLowerCase(Locale.ROOT);
        if (!name.contains("temp")) {
            return null;
        }
        if (name.endsWith("celsius") || name.endsWith("_c") || name.endsWith("_degc")) {
            return CELSIUS;
        }
        if (name.endsWith("fahrenheit") || name.endsWith("_f") || name.endsWith("_degf")) {
            return FAHRENHEIT;
        }
        return name.endsWith("kelvin") || name.endsWith("_k") ? KELVIN : null;
    }

    /** A temperature of this unit in another one. */
    double to(Temperature other, double value) {
        return this == other ? value : (value - freezing) * degree / other.degree + other.freezing;
    }

    /** A difference of temperatures of this unit in another one. */
    double difference(Temperature other, double value) {
        return this == other ? value : value * degree / other.degree;
    }
}
