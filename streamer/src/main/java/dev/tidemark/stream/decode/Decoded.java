package dev.tidemark.stream.decode;

/** What became of a message: a reading, or the reason why not. */
public sealed interface Decoded {

    /** It is a reading. */
    record Accepted(Reading reading) implements Decoded { }

    /** It is not; {@code reason} is a sentence for the user that begins with a stable word ("no_device: …"). */
    record Rejected(Reason reason, String detail) implements Decoded { }

    /** Why a message is no reading. The lower-case name is what {@code silver/rejects.reason} begins with. */
    enum Reason { MALFORMED, NO_DEVICE, UNREADABLE_TIME, NO_NUMBER, FUTURE_TIME }
}
