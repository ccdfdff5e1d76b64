package dev.tidemark.lake.azure;

import java.io.IOException;
import java.util.Objects;

/** Why a storage account gave no answer, in one line for the user: the reason and what to do, to follow upon what could not be done. Never holds a secret. */
public final class AzureException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What kind of trouble it is. */
    public enum Kind {
        /** The account or container is not there. */
        NOT_FOUND,
        /** The account does not let us: no sign-in, a wrong one, a missing role, a firewall. */
        DENIED,
        /** No answer for now: the network, the account's limits, the service itself. */
        UNREACHABLE,
        /** The settings make no sense. */
        MISUSED
    }

    private final Kind kind;

    AzureException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind);
    }

    /** What kind of trouble it is. */
    public Kind kind() {
        return kind;
    }
}
