package dev.tidemark.lake.log;

import dev.tidemark.lake.azure.AzurePlace;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where a lake, a table or a file is: an absolute folder of this machine, or a URL of an object store. Names in it are
 * plain, never percent-encoded. Immutable.
 */
public final class Place {

    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://[^/]+.*");
    private static final String FILE = "file:";

    private final Path path;
    private final String url;

    private Place(Path path, String url) {
        this.path = path;
        this.url = url;
    }

    /**
     * A folder path (made absolute), a {@code file:} URI, or a URL such as {@code abfss://container@account.dfs.core.windows.net/lake}.
     *
     * @throws IllegalArgumentException if the text is none of these; the message says why
     */
    public static Place of(String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("no place given (expected a folder or an abfss:// URL)");
        }
        try {
            if (text.regionMatches(true, 0, FILE, 0, FILE.length())) {
                return local(fileUri(text));
            }
            AzurePlace.refuseSecret(text);
            if (AzurePlace.isMeant(text)) {
                return new Place(null, AzurePlace.of(text).toString().replaceAll("/+$", ""));
            }
            if (text.regionMatches(true, 0, "http", 0, 4) && text.contains("://")) {
                throw new IllegalArgumentException("a web address is no place for tables (expected a folder or "
                        + "abfss://CONTAINER@ACCOUNT.dfs.core.windows.net/FOLDER, actual " + text + ")");
            }
            if (URL.matcher(text).matches()) {
                return new Place(null, text.replaceAll("/+$", ""));
            }
            if (text.contains("://")) {
                throw new IllegalArgumentException("the URL names no container or host (actual " + text + ")");
            }
            return local(Path.of(text));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("not a valid path (" + e.getMessage() + ")", e);
        }
    }

    /** A folder of this machine; made absolute. */
    public static Place local(Path path) {
        return new Place(path.toAbsolutePath().normalize(), null);
    }

    private static Path fileUri(String text) {
        try {
            return Path.of(URI.create(text.replaceFirst("(?i)^file:/{2,}", "file:/")));
        } catch (IllegalArgumentException notEncoded) {
            return Path.of(text.substring(FILE.length()).replaceFirst("^/{2,}", "/"));
        }
    }

    /** Whether it is on a file system of this machine. */
    public boolean isLocal() {
        return path != null;
    }

    /** The path of a local place. */
    public Path path() {
        if (path == null) {
            throw new IllegalStateException(url + " is not a local place");
        }
        return path;
    }

    /** What lies below this place under a relative name with forward slashes; "" is the place itself. */
    public Place resolve(String relative) {
        if (relative.isEmpty()) {
            return this;
        }
        return isLocal() ? local(path.resolve(relative)) : new Place(null, url + "/" + relative);
    }

    /**
     * Where a data file of a table at this place is, as one text: {@code file:} or the URL's scheme, then plain names.
     *
     * @param logged the file's path as the log has it: percent-encoded, relative to the table or absolute
     */
    public String locate(String logged) {
        String plain = logged.indexOf('%') < 0 ? logged : PercentCode.decode(logged);
        if (plain.startsWith("/")) {
            return isLocal() ? FILE + plain : schemeAndHost() + plain;
        }
        if (plain.regionMatches(true, 0, FILE, 0, FILE.length())) {
            return FILE + plain.substring(FILE.length()).replaceFirst("^/+", "/");
        }
        if (URL.matcher(plain).matches()) {
            return plain;
        }
        return location() + "/" + plain;
    }

    private String schemeAndHost() {
        int slash = url.indexOf('/', url.indexOf("://") + 3);
        return slash < 0 ? url : url.substring(0, slash);
    }

    /** The place as the location of a {@code DataFile} begins: {@code file:} and the path, or the URL. */
    public String location() {
        if (!isLocal()) {
            return url;
        }
        String text = path.toString().replace('\\', '/');
        return FILE + (text.startsWith("/") ? "" : "/") + (text.equals("/") ? "" : text);
    }

    /** For Hadoop's file systems. */
    public org.apache.hadoop.fs.Path hadoop() {
        return new org.apache.hadoop.fs.Path(isLocal() ? location().equals(FILE) ? "file:/" : location() : url.matches("[^/]+//[^/]+") ? url + "/" : url);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Place place && Objects.equals(path, place.path) && Objects.equals(url, place.url);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, url);
    }

    /** The path of a local place, else the URL. */
    @Override
    public String toString() {
        return isLocal() ? path.toString() : url;
    }
}
