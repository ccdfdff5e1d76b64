package dev.tidemark.stream.state;

/** A state that cannot be read, or is not one. */
public final class BrokenState extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BrokenState(String message) {
        super(message);
    }
}
