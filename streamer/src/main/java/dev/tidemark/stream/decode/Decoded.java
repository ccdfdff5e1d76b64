package dev.tidemark.stream.decode;

import java.util.Locale;

/** What became of a message: a reading, or the reason why not. */
public sealed interface Decoded {

    /**
     * It is a reading.
     *
     * @param timed whether the message itself says when; else its time is that at which the transport took it, which two readings may share
     */
    record Accepted(Reading reading, boolean timed) implements Decoded { }

    /** It is not; {@code detail} is a sentence for the user. */
    record Rejected(Reason reason, String detail) implements Decoded {

        /** What {@code silver/rejects.reason} holds: the reason's stable word, a colon, and the detail ("no_device: …"). */
        public String text() {
            return reason.word + ": " + detail;
        }
    }

    /** Why a message is no reading. The lower-case name is what {@code silver/rejects.reason} begins with. */
    enum Reason {
        MALFORMED, NO_DEVICE, UNREADABLE_TIME, NO_NUMBER, FUTURE_TIME;

        private final String word = name().toLowerCase(Locale.ROOT);
    }
}
