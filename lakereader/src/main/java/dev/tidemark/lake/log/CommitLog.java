package dev.tidemark.lake.log;

import io.delta.standalone.DeltaLog;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The log folder of one table: its commit files, read and published one by one. Thread-safe, holds nothing open. A
 * missing file or folder is an empty answer, never an exception; what cannot be read at all is an {@link IOException} of
 * {@code java.nio.file}'s kinds ({@link java.nio.file.AccessDeniedException} …).
 */
public sealed interface CommitLog permits LocalCommitLog, StoredCommitLog {

    /** The name of the log's folder in its table. */
    String FOLDER = "_delta_log";

    /** The log of the table at a place. Nothing is read yet. */
    static CommitLog of(Place table) {
        return table.isLocal() ? new LocalCommitLog(table) : new StoredCommitLog(table);
    }

    /** The table's place. */
    Place table();

    /** Whether the folder of the log is there. */
    boolean exists() throws IOException;

    /** Whether the folder of the table is there. */
    boolean tableExists() throws IOException;

    /**
     * The commit that makes a version; empty if there is none.
     *
     * @throws BrokenLogException if it is there and makes no sense
     */
    Optional<CommitFile> read(long version) throws IOException;

    /** Which file of the log has a name now, without reading it; empty if there is none. */
    Optional<FileMark> mark(String name) throws IOException;

    /** Which file makes a version now, without reading it; empty if there is none. */
    default Optional<FileMark> mark(long version) throws IOException {
        return mark(LogListing.commitName(version));
    }

    /** Lists the whole folder: costly in a long log, and on an object store. Empty if the folder is missing. */
    LogListing list() throws IOException;

    /** The log from its last checkpoint on, where that is cheaper than listing all of it. */
    default LogListing listRecent() throws IOException {
        return list();
    }

    /** Says which commits will be read next, one by one: a store is asked for several at once. */
    default void expect(long from, long to) throws IOException {
        // What lies on a disk is read soon enough.
    }

    /** The marks of the commit files from one version to another, both included, null where there is no file. */
    FileMark[] marks(long from, long to) throws IOException;

    /** The bytes of a file of the log that is no commit; empty if it is missing. */
    Optional<byte[]> bytes(String name) throws IOException;

    /** The version of the last checkpoint, as its writer has noted it. Only a hint: empty if there is no note, or none that makes sense. */
    default OptionalLong notedCheckpoint() {
        try {
            Optional<byte[]> note = bytes(LogListing.LAST_CHECKPOINT);
            return note.isPresent() ? ActionReader.lastCheckpoint(note.get()) : OptionalLong.empty();
        } catch (IOException noMoreThanAHint) {
            return OptionalLong.empty();
        }
    }

    /**
     * The actions of a checkpoint that a listing has named: protocol, metadata, transactions and live files.
     */
    List<Action> checkpoint(long version, LogListing listing) throws IOException;

    /**
     * The protocol a version asks for, by the checksum file that some writers leave beside the commit; null if there is none.
     * Only a hint: nobody has to write these files.
     */
    default Action.Protocol protocolNear(long version) throws IOException {
        String name = LogListing.commitName(version).replace(".json", ".crc");
        Optional<byte[]> checksum = bytes(name);
        return checksum.isEmpty() ? null : (Action.Protocol) ActionReader.read(name, checksum.get()).stream()
                .filter(Action.Protocol.class::isInstance).findFirst().orElse(null);
    }

    /**
     * Publishes a commit whole or not at all, and only if nobody else has published this version: exclusive between
     * threads, processes and, on an object store, machines. The folder is made for version 0.
     *
     * @param lines one action each, as JSON without a line break
     * @param sync  whether it must be on the disk before this returns; an object store always syncs
     * @return false if the version is taken; then nothing has changed
     * @throws IOException if it is unknown whether the commit is there: read the version to find out
     */
    boolean publish(long version, List<String> lines, boolean sync) throws IOException;

    /**
     * Opens the log with delta-standalone, for transactions that must detect conflicts. It uses the same exclusive
     * publishing, and writes no checkpoint of its own. Open it once and keep it: opening reads the whole state.
     */
    DeltaLog transactions();
}
