package dev.tidemark.ui.travel;

import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.TimeText;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which version is meant: {@code v 12}, {@code 12}, a name, or a time, which means the last version committed by then. */
public final class VersionText {

    private static final Pattern VERSION = Pattern.compile("(?i)v?\\s*(\\d{1,15})");

    private VersionText() {
    }

    /** The version's number, whether it can be read or not; empty if the text is none. */
    public static Optional<Long> number(String text) {
        Matcher version = VERSION.matcher(text.replace("\u2009", "").strip());
        return version.matches() ? Optional.of(Long.parseLong(version.group(1))) : Optional.empty();
    }

    /** The version that is meant, if it can be travelled to. */
    public static Optional<Mark> find(String text, TravelModel travel, NamedVersions names, Instant now) {
        return names.find(text).flatMap(named -> travel.mark(named.version()))
                .or(() -> number(text).flatMap(travel::mark))
                .or(() -> number(text).isPresent() ? Optional.empty() : TimeText.read(text, now, Format.zone()).flatMap(travel::at));
    }
}
