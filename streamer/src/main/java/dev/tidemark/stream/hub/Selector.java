package dev.tidemark.stream.hub;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a client begins to read: the filter {@code apache.org:selector-filter:string} of Event Hubs, such as
 * {@code amqp.annotation.x-opt-sequence-number > '41'}.
 *
 * @param field     what is compared
 * @param inclusive whether an event with just this value is wanted
 * @param value     sequence number, offset, or milliseconds since 1970
 */
record Selector(Field field, boolean inclusive, long value) {

    enum Field { SEQUENCE, OFFSET, TIME }

    static final Selector EARLIEST = new Selector(Field.SEQUENCE, true, Long.MIN_VALUE);
    static final Selector LATEST = new Selector(Field.SEQUENCE, false, Long.MAX_VALUE);

    private static final Pattern FORM = Pattern.compile("amqp\\.annotation\\.x-opt-(sequence-number|offset|enqueued-time)\\s*(>=?)\\s*'([^']*)'");

    /** @throws IllegalArgumentException if it is no selector that a hub understands */
    static Selector parse(String text) {
        if (text == null) {
            return EARLIEST;
        }
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("Cannot understand the filter " + text + " (expected x-opt-sequence-number, x-opt-offset or x-opt-enqueued-time)");
        }
        Field field = switch (form.group(1)) {
            case "sequence-number" -> Field.SEQUENCE;
            case "offset" -> Field.OFFSET;
            default -> Field.TIME;
        };
        String value = form.group(3);
        if (value.toLowerCase(Locale.ROOT).equals("@latest")) {
            return LATEST;
        }
        if (field == Field.OFFSET && value.equals("-1")) {
            return EARLIEST;
        }
        try {
            return new Selector(field, form.group(2).length() == 2, Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Cannot understand the filter " + text + " (expected a whole number)", e);
        }
    }

    boolean earliest() {
        return equals(EARLIEST);
    }

    boolean latest() {
        return equals(LATEST);
    }

    /** Whether an event is wanted; all behind it are then, too. */
    boolean matches(long sequence, long offset, long time) {
        long compared = switch (field) {
            case SEQUENCE -> sequence;
            case OFFSET -> offset;
            case TIME -> time;
        };
        return inclusive ? compared >= value : compared > value;
    }

    boolean matches(SegmentIndex index, int entry) {
        return matches(index.sequence(entry), index.offset(entry), index.time(entry));
    }
}
