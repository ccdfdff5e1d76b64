package dev.tidemark.lake.log;

/**
 * Tells a file from another that later has the same name.
 *
 * @param modified milliseconds since 1970
 * @param size     bytes
 * @param key      what the file system knows it by; null where it has no such thing
 */
public record FileMark(long modified, long size, Object key) {
}
