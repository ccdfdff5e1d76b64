package dev.tidemark.stream.alert;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What alerts are called and what they say. */
final class Wording {

    private static final MathContext DIGITS = new MathContext(6);
    private static final long SECOND = 1_000_000L;

    private Wording() {
    }

    /** The id of the episode that began then: the same whenever it is made. */
    static String id(String rule, String device, String location, String measure, long start) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {rule, device, location, measure}) {
                byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
                digest.update((part == null ? "-" : bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
            }
            digest.update(Long.toString(start).getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot name an alert: this Java has no SHA-256", e);
        }
    }

    static String beyond(Watch watch, String device, String measure, String unit, double value, AlertState state) {
        String what = measure + " of " + device;
        String more = state == AlertState.CHANGED ? "still " : "";
        if (watch.rule instanceof Rule.Spike spike) {
            return what + " rose " + (state == AlertState.CHANGED ? "further " : "") + "to " + number(value, unit) + ", by more than " + number(spike.percent(), null) + " % within "
                    + span(spike.within()) + " (limit " + number(watch.limit, unit) + ")";
        }
        if (watch.rule instanceof Rule.Statistical) {
            return what + " is unusual at " + number(value, unit) + ": anomaly score " + number(watch.shown(value), null) + " (limit " + number(watch.limit, null) + ")";
        }
        boolean above = watch instanceof Watch.Level level && level.isAbove();
        return what + " is " + more + number(value, unit) + ", " + (above ? "above " : "below ") + number(watch.limit, unit);
    }

    static String back(Watch watch, String device, String measure, String unit, double value, long lasted) {
        return measure + " of " + device + " is " + number(value, unit) + " again"
                + (watch.limit == watch.limit && !(watch.rule instanceof Rule.Statistical) ? ", within " + number(watch.limit, unit) : "") + "; it lasted " + span(lasted);
    }

    /** A number as people read it: six digits at most. */
    static String number(double value, String unit) {
        String digits = Double.isFinite(value) ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString() : Double.toString(value);
        return unit == null ? digits : digits + " " + unit;
    }

    /** A length of time in its two largest units. */
    static String span(long micros) {
        long seconds = Math.max(0, micros) / SECOND;
        long[] units = {86_400, 3_600, 60, 1};
        String[] names = {" d", " h", " min", " s"};
        StringBuilder text = new StringBuilder();
        int told = 0;
        for (int i = 0; i < units.length && told < 2; i++) {
            long many = seconds / units[i];
            seconds %= units[i];
            if (many > 0) {
                text.append(told == 0 ? "" : " ").append(many).append(names[i]);
                told++;
            } else if (told > 0) {
                break;
            }
        }
        return told == 0 ? "0 s" : text.toString();
    }
}
