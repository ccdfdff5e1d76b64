package dev.tidemark.stream.decode;

/** A body that is not what it claims to be. The message is for the user. Has no stack trace: it may come with every message. */
final class Malformed extends Exception {

    Malformed(String message) {
        super(message, null, false, false);
    }
}
