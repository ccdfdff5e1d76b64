package dev.tidemark.lake;

import java.util.List;

/** A lake root: a folder or an {@code abfss://} URL below which tables live. Thread-safe; holds nothing open. */
public final class Lake {

    private final String root;

    private Lake(String root) {
        this.root = root;
    }

    /**
     * A lake at a folder path, a {@code file:} URI or an {@code abfss://} URL. Nothing is read yet.
     *
     * @throws LakeException INVALID if the text is no such place
     */
    public static Lake at(String root) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The root, absolute, without a trailing slash: a path for a local lake, else the URL. */
    public String root() {
        return root;
    }

    /**
     * The tables below the root, as paths relative to it with forward slashes, sorted; "" if the root itself is a
     * table. Folders below a table, and those whose name begins with {@code _} or {@code .}, are not looked into.
     *
     * @throws LakeException NOT_FOUND, DENIED or UNREACHABLE
     */
    public List<String> tables() {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * The table at a path relative to the root ("" for the root itself). Nothing is read yet. The same
     * path gives the same instance, so that readers share what is already known of its log.
     */
    public Table table(String path) {
        throw new UnsupportedOperationException("not yet");
    }
}
