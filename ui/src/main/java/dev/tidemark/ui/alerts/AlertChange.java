package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Severity;
import dev.tidemark.ui.live.MeasureName;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One row of {@code gold/alerts}: one change of one alert. Times are microseconds since 1970-01-01T00:00Z.
 *
 * @param alertId   the same for all changes of one alert
 * @param sequence  0 for the first, then counting up
 * @param kind      what the rule is about, as the table has it: {@code threshold}, {@code missing_data} …
 * @param step      what happened
 * @param location  "" if unknown
 * @param value     what was measured; NaN if there is no number to it
 * @param limit     what it should not have passed; NaN if there is no number to it
 * @param message   a sentence, as the table has it
 * @param eventTime when it happened, by the devices' clocks
 * @param told      when it was found and written
 */
public record AlertChange(String alertId, long sequence, AlarmKey alarm, String kind, Severity severity, Step step, String location,
                          double value, double limit, String message, long eventTime, long told) {

    /** What happened to an alert. */
    public enum Step { RAISED, CHANGED, CLEARED }

    /** A sentence for the operator, in which the measure is called as it is everywhere on screen. An alert about columns means the column. */
    public String sentence() {
        String measure = alarm.measure();
        if (measure.isEmpty() || kind.startsWith("schema")) {
            return message;
        }
        String title = MeasureName.of(measure).title();
        String sentence = message.startsWith(measure) && message.substring(measure.length()).matches("(?s)\\W.*") ? title + message.substring(measure.length()) : message;
        // A name of one word may as well be a word of the sentence.
        return measure.contains("_") ? sentence.replaceAll("(?<!\\w)" + Pattern.quote(measure) + "(?!\\w)", Matcher.quoteReplacement(title)) : sentence;
    }
}
