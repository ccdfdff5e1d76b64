package dev.tidemark.ui.rules;

import java.util.Locale;
import java.util.Optional;

/** Units of temperature: a limit in one of them holds for readings in another, as the streamer has it. */
enum Temperature {
    FAHRENHEIT(5 / 9.0, 32), CELSIUS(1, 0), KELVIN(1, 273.15);

    /** Of one degree, in kelvins. */
    private final double degree;
    /** Where water freezes. */
    private final double freezing;

    Temperature(double degree, double freezing) {
        this.degree = degree;
        this.freezing = freezing;
    }

    /** The unit that a text names, if it names one. */
    static Optional<Temperature> of(String unit) {
        return Optional.ofNullable(switch (unit.strip().replaceAll("^(\u00b0|\u00ba|deg_?)", "").toLowerCase(Locale.ROOT)) {
            case "f", "fahrenheit", "\u2109" -> FAHRENHEIT;
            case "c", "celsius", "\u2103" -> CELSIUS;
            case "k", "kelvin" -> KELVIN;
            default -> null;
        });
    }

    /** A temperature of this unit in another one; NaN stays NaN. */
    double to(Temperature other, double value) {
        return this == other ? value : (value - freezing) * degree / other.degree + other.freezing;
    }

    /** A difference of temperatures of this unit in another one. */
    double difference(Temperature other, double value) {
        return this == other ? value : value * degree / other.degree;
    }
}
