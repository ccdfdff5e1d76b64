package dev.tidemark.lake;

import dev.tidemark.lake.azure.AzureException;

import java.util.Objects;

/**
 * Why a lake, a table or a file of it cannot be read. The message is for the user: it says what, where and what to do
 * next, and never holds a secret. The {@link Reason} lets a program tell apart what an operator must tell apart.
 */
public final class LakeException extends RuntimeException {

    /** What stood in the way. */
    public enum Reason {
        /** The place is there but holds no Delta table. */
        NOT_A_TABLE,
        /** The place, or a table that was there before, is not there. */
        NOT_FOUND,
        /** The version or time asked for never existed, or its log or data files are gone. */
        VERSION_GONE,
        /** A file of the table's log cannot be understood. */
        BROKEN_LOG,
        /** A data file is missing, or its bytes are not what they should be. */
        BROKEN_DATA,
        /** The table uses a protocol or a type that cannot be read yet. */
        UNSUPPORTED,
        /** Reading or writing is not allowed here. */
        DENIED,
        /** The store does not answer; trying again later can help. */
        UNREACHABLE,
        /** The question itself makes no sense for this table (an unknown column, a value of another type). */
        INVALID
    }

    private final transient Reason reason;

    public LakeException(Reason reason, String message) {
        this(reason, message, null);
    }

    public LakeException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason);
    }

    /** What could not be done because of a storage account. */
    public static LakeException of(String what, AzureException e) {
        Reason reason = switch (e.kind()) {
            case NOT_FOUND -> Reason.NOT_FOUND;
            case DENIED -> Reason.DENIED;
            case UNREACHABLE -> Reason.UNREACHABLE;
            case MISUSED -> Reason.INVALID;
        };
        return new LakeException(reason, what + ": " + e.getMessage(), e);
    }

    /** What stood in the way. */
    public Reason reason() {
        return reason;
    }
}
