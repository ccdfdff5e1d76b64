package dev.tidemark.stream.alert.delivery;

/** A notice was not delivered. */
public final class DeliveryFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean refused;

    private DeliveryFailure(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    /** It may work later. */
    static DeliveryFailure passing(String message) {
        return new DeliveryFailure(message, false);
    }

    /** The other side will never take this notice; it may take others. */
    static DeliveryFailure refused(String message) {
        return new DeliveryFailure(message, true);
    }

    /** Whether there is no use in sending it again. */
    boolean isRefused() {
        return refused;
    }
}
