package dev.tidemark.lake.azure;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a SAS token is good (its fields {@code st} and {@code se}, "Create an account SAS" of Azure's documentation). Immutable.
 *
 * @param start null if it is good at once
 * @param end   null if the token does not say
 */
record SasTerm(Instant start, Instant end) {

    static SasTerm of(String token) {
        return new SasTerm(time(token, "st"), time(token, "se"));
    }

    private static Instant time(String token, String field) {
        Matcher found = Pattern.compile("(^|&)" + field + "=([^&]+)").matcher(token);
        if (!found.find()) {
            return null;
        }
        String text = found.group(2).replace("%3A", ":").replace("%3a", ":");
        try {
            return text.length() == 10 ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant() : Instant.parse(text.length() == 17 ? text.replace("Z", ":00Z") : text);
        } catch (DateTimeException notUnderstood) {
            return null;
        }
    }

    /** What is wrong with using it now; empty if nothing is. */
    Optional<String> wrong(Instant now) {
        if (end != null && now.isAfter(end)) {
            return Optional.of("the SAS token ended at " + end + ". Ask for a new one");
        }
        return start != null && now.isBefore(start) ? Optional.of("the SAS token begins at " + start + ". Wait, or ask for another") : Optional.empty();
    }
}
