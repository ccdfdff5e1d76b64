package dev.tidemark.lake;

import dev.tidemark.lake.azure.AzureAccess;
import dev.tidemark.lake.azure.AzureAccounts;
import dev.tidemark.lake.azure.AzurePlace;
import dev.tidemark.lake.log.Place;
import dev.tidemark.lake.log.TableFinder;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A lake root: a folder or an {@code abfss://} URL below which tables live. Thread-safe; holds nothing open. */
public final class Lake {

    private final Place root;
    private final Map<String, Table> tables = new ConcurrentHashMap<>();

    private Lake(Place root) {
        this.root = root;
    }

    /**
     * A lake at a folder path, a {@code file:} URI or an {@code abfss://} URL. Nothing is read yet. A storage account is entered as the user's settings
     * and environment say.
     *
     * @throws LakeException INVALID if the text is no such place
     */
    public static Lake at(String root) {
        try {
            return new Lake(Place.of(root));
        } catch (IllegalArgumentException e) {
            throw new LakeException(LakeException.Reason.INVALID, "Cannot open lake: " + e.getMessage(), e);
        }
    }

    /**
     * A lake in a storage account that is entered this way, whatever settings and environment say. The way holds for the account in this whole process.
     *
     * @throws LakeException INVALID if the text is no {@code abfss://} URL
     */
    public static Lake at(String root, AzureAccess access) {
        try {
            AzureAccounts.enter(AzurePlace.of(root).account(), access);
        } catch (IllegalArgumentException e) {
            throw new LakeException(LakeException.Reason.INVALID, "Cannot open lake: " + e.getMessage(), e);
        }
        return at(root);
    }

    /** The root, absolute, without a trailing slash: a path for a local lake, else the URL. */
    public String root() {
        return root.toString();
    }

    /**
     * The tables below the root, as paths relative to it with forward slashes, sorted; "" if the root itself is a
     * table. Folders below a table, and those whose name begins with {@code _} or {@code .}, are not looked into.
     *
     * @throws LakeException NOT_FOUND, DENIED or UNREACHABLE
     */
    public List<String> tables() {
        try {
            return TableFinder.below(root).orElseThrow(() -> new LakeException(LakeException.Reason.NOT_FOUND,
                    "Cannot open lake " + root + ": there is no such folder. Check the path"));
        } catch (IOException e) {
            throw Failure.of(root, e);
        }
    }

    /**
     * The table at a path relative to the root ("" for the root itself). Nothing is read yet. The same
     * path gives the same instance, so that readers share what is already known of its log.
     */
    public Table table(String path) {
        String plain = path.replaceAll("^/+|/+$", "");
        return tables.computeIfAbsent(plain, p -> new Table(p, root.resolve(p)));
    }
}
