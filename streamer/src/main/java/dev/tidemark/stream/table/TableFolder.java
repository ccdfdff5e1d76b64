package dev.tidemark.stream.table;

import dev.tidemark.lake.log.CommitFile;
import org.apache.parquet.io.OutputFile;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a writer does to the folder of a table: the one seam between commits and storage. Names of data files are relative to the table, plain,
 * with forward slashes.
 */
interface TableFolder {

    /** A new data file; its folders are made when it is. */
    OutputFile dataFile(String name);

    /** Forces data files, and the folders that name them, to the disk. */
    void sync(Collection<String> names) throws IOException;

    /** Deletes a data file; one that is not there is fine. */
    void delete(String name) throws IOException;

    /**
     * Publishes a commit whole or not at all, and only if nobody has published this version.
     *
     * @param lines one action each
     * @return false if the version is taken
     * @throws IOException if it is unknown whether the commit is there
     */
    boolean publish(long version, List<String> lines, boolean sync) throws IOException;

    /** Whether there is a commit of this version. */
    boolean isPublished(long version) throws IOException;

    /** Whether the commit of this version is there and has exactly these lines. */
    boolean isPublished(long version, List<String> lines) throws IOException;

    /** The commit of a version; empty if there is none. */
    Optional<CommitFile> commit(long version) throws IOException;
}
