package dev.tidemark.lake.azure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something is in a storage account, as {@code abfss://CONTAINER@ACCOUNT.dfs.core.windows.net/FOLDER} says it. Immutable.
 *
 * @param container the container (file system) that holds it
 * @param host      the account's host; the account is its first name
 * @param path      the path in the container with a leading slash; "" for the container itself
 */
public record AzurePlace(String container, String host, String path) {

    private static final String EXPECTED = "expected abfss://CONTAINER@ACCOUNT.dfs.core.windows.net/FOLDER";
    private static final Pattern URL = Pattern.compile("(?i)abfss?://([^@/:?]+)@([A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+)(/.*)?");
    /** A SAS token, a connection string, or a password before the host. */
    private static final Pattern SECRET = Pattern.compile("(?i)(^|[?&;])(sig|AccountKey|SharedAccessSignature)=|://[^/@]*:[^/@]*@");

    /** Whether a text is meant as such a place, well-formed or not. */
    public static boolean isMeant(String text) {
        return text.regionMatches(true, 0, "abfs://", 0, 7) || text.regionMatches(true, 0, "abfss://", 0, 8);
    }

    /**
     * Refuses a text that carries a key, a SAS token or a password, without repeating it: what stands in a URL ends up in logs and histories.
     *
     * @throws IllegalArgumentException with the way out
     */
    public static void refuseSecret(String text) {
        if (SECRET.matcher(text).find()) {
            throw new IllegalArgumentException("the place carries a key or a SAS token, which would be seen by everybody who sees the place. Put it into the variable "
                    + "AZURE_STORAGE_SAS_TOKEN (with AZURE_STORAGE_ACCOUNT) or a settings file, and name the place alone (" + EXPECTED + ")");
        }
    }

    /**
     * Takes a URL apart.
     *
     * @throws IllegalArgumentException if it is none, or carries a secret; the message says why and never repeats a secret
     */
    public static AzurePlace of(String url) {
        refuseSecret(url);
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException("the URL names no container and account (" + EXPECTED + ", actual " + url + ")");
        }
        String host = parts.group(2).toLowerCase(java.util.Locale.ROOT);
        if (host.endsWith(".blob.core.windows.net")) {
            throw new IllegalArgumentException("the URL names the account's Blob endpoint (" + EXPECTED + ", actual " + url + ")");
        }
        return new AzurePlace(parts.group(1), host, parts.group(3) == null ? "" : parts.group(3));
    }

    /** The storage account's name. */
    public String account() {
        return host.substring(0, host.indexOf('.'));
    }

    /** The container alone, as a URL. */
    String root() {
        return "abfss://" + container + "@" + host;
    }

    @Override
    public String toString() {
        return root() + path;
    }
}
