package dev.tidemark.stream.table;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * New data files on their way to one commit, and whether some commit names them, or may: then they stay, else they are deleted at the end. Nobody waits for such
 * a commit: where it cannot be found out whether it is there, the next look at the log will show it. Not thread-safe.
 */
final class Proposal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Proposal.class);

    private final TableFolder folder;
    private final String table;
    private final boolean durable;
    private final List<String> names = new ArrayList<>();
    private boolean mayBeNamed;

    /**
     * @param table   for messages
     * @param durable whether files and the commit are forced to the disk
     */
    Proposal(TableFolder folder, String table, boolean durable) {
        this.folder = folder;
        this.table = table;
        this.durable = durable;
    }

    /** Takes note of a new file before it is made. */
    String named(String name) {
        names.add(name);
        return name;
    }

    /** Little by little: whoever commits meanwhile shall not wait for a hundred megabytes. */
    void sync(String name) throws IOException {
        if (durable) {
            folder.sync(List.of(name));
        }
    }

    /** All files are written. */
    void sync() throws IOException {
        if (durable) {
            folder.sync(names);
        }
    }

    /** Returns whether the version is ours now. */
    boolean publish(long version, List<String> lines) throws IOException {
        mayBeNamed = true;
        boolean ours;
        try {
            ours = folder.publish(version, lines, durable);
        } catch (IOException e) {
            ours = folder.isPublished(version, lines);
            if (!ours) {
                // Whoever asked for it tells why.
                LOG.debug("Version {} of table {} is not published", version, table, e);
                mayBeNamed = false;
                throw e;
            }
            LOG.warn("Publishing version {} of table {} failed, and yet it is there: {}", version, table, e.toString());
        }
        mayBeNamed = ours;
        return ours;
    }

    @Override
    public void close() {
        if (mayBeNamed) {
            return;
        }
        for (String name : names) {
            try {
                folder.delete(name);
            } catch (IOException e) {
                LOG.warn("Cannot delete {}, which no commit names: {}. VACUUM will", name, e.toString());
            }
        }
    }
}
