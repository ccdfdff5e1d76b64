package dev.tidemark.ui.table;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a commit did to one column.
 *
 * @param column a field of a struct by its path, joined by dots
 * @param before its type before; "" if it was not there
 * @param after  its type after; "" if it is gone
 */
public record SchemaChange(long version, Instant time, String operation, Kind kind, String column, String before, String after) {

    /** What happened to it. */
    public enum Kind { ADDED, REMOVED, TYPE, NULLABLE }

    private record Leaf(String type, boolean nullable) {
    }

    /** The differences of two schemas, in the order of the columns; removed ones last. */
    static List<SchemaChange> between(Schema before, Schema after, Commit commit) {
        Map<String, Leaf> old = leaves(before);
        Map<String, Leaf> now = leaves(after);
        List<SchemaChange> changes = new ArrayList<>();
        now.forEach((name, leaf) -> {
            Leaf was = old.get(name);
            if (was == null) {
                changes.add(of(commit, Kind.ADDED, name, "", leaf.type));
            } else if (!was.type.equals(leaf.type)) {
                changes.add(of(commit, Kind.TYPE, name, was.type, leaf.type));
            } else if (was.nullable != leaf.nullable) {
                changes.add(of(commit, Kind.NULLABLE, name, was.nullable ? "" : "not null", leaf.nullable ? "" : "not null"));
            }
        });
        old.forEach((name, leaf) -> {
            if (!now.containsKey(name)) {
                changes.add(of(commit, Kind.REMOVED, name, leaf.type, ""));
            }
        });
        return changes;
    }

    private static SchemaChange of(Commit commit, Kind kind, String column, String before, String after) {
        return new SchemaChange(commit.version(), commit.writtenAt(), commit.operation(), kind, column, before, after);
    }

    private static Map<String, Leaf> leaves(Schema schema) {
        Map<String, Leaf> leaves = new LinkedHashMap<>();
        schema.fields().forEach(field -> add("", field, leaves));
        return leaves;
    }

    private static void add(String path, Schema.Field field, Map<String, Leaf> leaves) {
        String name = path + field.name();
        if (field.type() instanceof Type.Struct struct) {
            struct.fields().forEach(inner -> add(name + ".", inner, leaves));
        } else {
            leaves.put(name, new Leaf(field.type().toString(), field.nullable()));
        }
    }
}
