package dev.tidemark.stream.decode;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The columns of {@code silver/readings} that payloads have asked for so far. Delta's names differ by more than case, so do these. */
final class Columns {

    /** What a leaf is prefixed with whose name is taken by a fixed column. */
    private static final String PREFIX = "payload_";

    private static final Set<String> FIXED = Set.of("device_id", "event_time", "location", "status", "late", "source", "partition",
            "offset", "ingested_at", "date", "_rescued_data");

    private final Collection<String> known;
    private final Map<String, Column> byLowerCase = new HashMap<>();

    /** @param known columns that the table has already: their spelling stands */
    Columns(Collection<String> known) {
        this.known = known;
        known.forEach(name -> byLowerCase.put(name.toLowerCase(Locale.ROOT), new Column(name)));
    }

    /** Those that were known at the start alone. */
    Columns anew() {
        return new Columns(known);
    }

    /** The column of a path, spelled as when first seen. */
    Column of(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        if (FIXED.contains(lower)) {
            return of(PREFIX + path);
        }
        return byLowerCase.computeIfAbsent(lower, key -> new Column(path));
    }

    /** A name without the characters that Delta and Parquet refuse in a column's name. */
    static String plain(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty()) {
            return "_";
        }
        StringBuilder plain = null;
        for (int i = 0; i < stripped.length(); i++) {
            char c = stripped.charAt(i);
            if (" ,;{}()=".indexOf(c) >= 0 || c < ' ') {
                plain = plain == null ? new StringBuilder(stripped) : plain;
                plain.setCharAt(i, '_');
            }
        }
        return plain == null ? stripped : plain.toString();
    }
}
