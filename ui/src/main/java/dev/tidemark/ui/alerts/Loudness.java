package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Severity;

/**
 * How new alerts are told outside the window. Immutable.
 *
 * @param sound  whether a sound is played
 * @param notice whether the system shows a notice
 * @param from   the least severity that is told
 */
public record Loudness(boolean sound, boolean notice, Severity from) {

    /** Both, for all. */
    public static final Loudness USUAL = new Loudness(true, true, Severity.LOW);
    /** Nothing is heard or shown. */
    public static final Loudness MUTE = new Loudness(false, false, Severity.LOW);

    /** What was written by {@link #text()}; the usual one for anything else. */
    public static Loudness of(String text) {
        String[] words = text.split(" ");
        try {
            return words.length == 3 ? new Loudness(words[0].equals("sound"), words[1].equals("notice"), Severity.valueOf(words[2])) : USUAL;
        } catch (IllegalArgumentException spoilt) {
            return USUAL;
        }
    }

    /** As one line. */
    public String text() {
        return (sound ? "sound" : "silent") + " " + (notice ? "notice" : "none") + " " + from;
    }

    public Loudness sound(boolean on) {
        return new Loudness(on, notice, from);
    }

    public Loudness notice(boolean on) {
        return new Loudness(sound, on, from);
    }

    public Loudness from(Severity least) {
        return new Loudness(sound, notice, least);
    }
}
