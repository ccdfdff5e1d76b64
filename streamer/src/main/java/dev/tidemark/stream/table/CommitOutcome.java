package dev.tidemark.stream.table;

/**
 * How a commit ended. There is no third outcome for the caller: one that cannot be known at once (an exception after the publishing,
 * a lost reply) is resolved inside by reading the log again, never by guessing.
 */
public sealed interface CommitOutcome {

    /** It is durable, as this version. */
    record Done(long version) implements CommitOutcome { }

    /** Somebody else moved a position that this commit builds on: nothing was written to the table, and trying again cannot help. */
    record Conflict(String message) implements CommitOutcome { }
}
