package dev.tidemark.ui.alerts;

/** States of an alert (ISA-18.2, section 6.3), in the order in which they want attention. */
public enum AlertState {

    /** Abnormal, and nobody has said that he knows. */
    UNACKNOWLEDGED,
    /** Normal again before anybody said that he knew. */
    RETURNED,
    /** Abnormal, and somebody knows. */
    ACKNOWLEDGED,
    /** Hidden by an operator until a time. */
    SHELVED,
    /** Hidden because its device is being worked on. */
    OUT_OF_SERVICE,
    /** Over. */
    NORMAL;

    /** Whether it stands on the list of what is to be dealt with. */
    public boolean isOpen() {
        return this == UNACKNOWLEDGED || this == RETURNED || this == ACKNOWLEDGED;
    }

    /** Whether somebody must still say that he knows. */
    public boolean wantsAcknowledging() {
        return this == UNACKNOWLEDGED || this == RETURNED;
    }

    /** Whether an operator has hidden it. */
    public boolean isSuppressed() {
        return this == SHELVED || this == OUT_OF_SERVICE;
    }
}
