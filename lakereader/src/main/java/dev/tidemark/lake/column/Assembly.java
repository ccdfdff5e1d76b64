package dev.tidemark.lake.column;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts structs, lists and maps together from the entries of their leaves, by the levels that Dremel gave them. Lists and maps may have
 * any of the shapes of Parquet's LogicalTypes.md, "Backward-compatibility rules". One use each.
 */
final class Assembly {

    /** Where the chunk of a leaf comes from. */
    interface Chunks {
        Chunk chunk(ColumnDescriptor leaf) throws IOException;
    }

    /** A part of the nested value; takes its next value from the cursors of the leaves below it. */
    private interface Part {
        Object next();
    }

    private static final class Incompatible extends Exception {
    }

    /** One leaf and how far it has been read. */
    private static final class Cursor {
        private final Leaf leaf;
        private LeafReader.Entries entries;
        private int entry;
        private int value;

        private Cursor(Leaf leaf) {
            this.leaf = leaf;
        }

        private int definition() {
            return entries.definition()[entry];
        }

        /** Whether the next entry goes on with the list of this repetition level. */
        private boolean repeats(int level) {
            return entry < entries.definition().length && entries.repetition()[entry] == level;
        }

        /** Whether the next entry goes on with a list inside what has this repetition level. */
        private boolean repeatsBelow(int level) {
            return entry < entries.repetition().length && entries.repetition()[entry] > level;
        }

        private Object next() {
            return entries.definition()[entry++] == leaf.column().getMaxDefinitionLevel() ? entries.values().value(value++) : null;
        }
    }

    private final Footer footer;
    private final MessageType schema;
    private final Type type;
    private final List<Cursor> cursors = new ArrayList<>();
    private Part root;

    private Assembly(Footer footer, Type type) {
        this.footer = footer;
        this.schema = footer.schema();
        this.type = type;
    }

    /** How to read the field at a path of the file in the table's type; empty if the two do not fit. */
    static Optional<Assembly> of(Footer footer, String[] path, Type type) {
        Assembly assembly = new Assembly(footer, type);
        try {
            assembly.root = assembly.part(path, type);
            return Optional.of(assembly);
        } catch (Incompatible e) {
            return Optional.empty();
        }
    }

    /** Reads the wanted rows of a row group of so many. */
    Column read(Chunks chunks, int rows, RowRanges wanted) throws IOException {
        for (Cursor cursor : cursors) {
            cursor.entries = LeafReader.entries(cursor.leaf, chunks.chunk(cursor.leaf.column()), wanted, rows);
        }
        Object[] values = new Object[wanted.count()];
        for (int row = 0; row < values.length; row++) {
            values[row] = root.next();
        }
        for (Cursor cursor : cursors) {
            if (cursor.entry != cursor.entries.definition().length) {
                throw new CorruptPageException("nested values whose levels do not add up to " + values.length + " rows");
            }
        }
        return new Column.Objects(type, values);
    }

    private Part part(String[] path, Type wanted) throws Incompatible {
        org.apache.parquet.schema.Type field = schema.getType(path);
        boolean repeated = field.isRepetition(org.apache.parquet.schema.Type.Repetition.REPEATED);
        if (repeated && wanted instanceof Type.Array array) {
            // A repeated field outside a list: a list that is never null.
            int first = cursors.size();
            return list(first, schema.getMaxDefinitionLevel(path) - 1, path, value(path, array.element()));
        }
        return repeated ? refuse() : value(path, wanted);
    }

    /** A field as a single value, even if it is repeated: the caller takes care of that. */
    private Part value(String[] path, Type wanted) throws Incompatible {
        org.apache.parquet.schema.Type field = schema.getType(path);
        if (wanted instanceof Type.Primitive || wanted instanceof Type.Decimal) {
            return field.isPrimitive() ? leaf(path, wanted) : refuse();
        }
        if (field.isPrimitive()) {
            return refuse();
        }
        if (wanted instanceof Type.Struct struct) {
            return struct(path, struct);
        }
        return wanted instanceof Type.Array array ? annotatedList(path, array) : map(path, (Type.MapOf) wanted);
    }

    private static Part refuse() throws Incompatible {
        throw new Incompatible();
    }

    private Part leaf(String[] path, Type wanted) throws Incompatible {
        Cursor cursor = new Cursor(footer.leaf(schema.getColumnDescription(path), wanted).orElseThrow(Incompatible::new));
        cursors.add(cursor);
        return cursor::next;
    }

    private Part struct(String[] path, Type.Struct wanted) throws Incompatible {
        int first = cursors.size();
        GroupType group = schema.getType(path).asGroupType();
        String[] names = new String[wanted.fields().size()];
        Part[] parts = new Part[names.length];
        for (int i = 0; i < names.length; i++) {
            Schema.Field field = wanted.fields().get(i);
            names[i] = field.name();
            Optional<org.apache.parquet.schema.Type> child = Footer.child(group, field.stored());
            parts[i] = child.isPresent() ? part(below(path, child.get().getName()), field.type()) : () -> null;
        }
        Part shape = cursors.size() == first ? shape(path) : () -> null;
        int level = schema.getMaxDefinitionLevel(path);
        int last = cursors.size();
        return () -> {
            if (cursors.get(first).definition() < level) {
                return skip(first, last);
            }
            Map<String, Object> value = new LinkedHashMap<>(names.length * 2);
            for (int i = 0; i < names.length; i++) {
                value.put(names[i], parts[i].next());
            }
            shape.next();
            return value;
        };
    }

    /** Where the file has none of a struct's fields that the table has, any other leaf tells which structs are null. */
    private Part shape(String[] path) {
        ColumnDescriptor any = schema.getColumns().stream()
                .filter(column -> column.getPath().length > path.length && Arrays.equals(column.getPath(), 0, path.length, path, 0, path.length))
                .findFirst().orElseThrow();
        Cursor cursor = new Cursor(Leaf.raw(any));
        cursors.add(cursor);
        int level = schema.getMaxRepetitionLevel(path);
        return () -> {
            do {
                cursor.next();
            } while (cursor.repeatsBelow(level));
            return null;
        };
    }

    private Part annotatedList(String[] path, Type.Array wanted) throws Incompatible {
        GroupType group = schema.getType(path).asGroupType();
        if (group.getFieldCount() != 1 || !group.getType(0).isRepetition(org.apache.parquet.schema.Type.Repetition.REPEATED)) {
            return refuse();
        }
        org.apache.parquet.schema.Type repeated = group.getType(0);
        String[] repeatedPath = below(path, repeated.getName());
        boolean itself = repeated.isPrimitive() || repeated.asGroupType().getFieldCount() > 1
                || repeated.getName().equals("array") || repeated.getName().equals(group.getName() + "_tuple");
        int first = cursors.size();
        Part element = itself ? value(repeatedPath, wanted.element())
                : part(below(repeatedPath, repeated.asGroupType().getType(0).getName()), wanted.element());
        return list(first, schema.getMaxDefinitionLevel(path), repeatedPath, element);
    }

    private Part list(int first, int level, String[] repeatedPath, Part element) {
        int last = cursors.size();
        int filled = schema.getMaxDefinitionLevel(repeatedPath);
        int repetition = schema.getMaxRepetitionLevel(repeatedPath);
        return () -> {
            Cursor cursor = cursors.get(first);
            if (cursor.definition() < level) {
                return skip(first, last);
            }
            List<Object> value = new ArrayList<>();
            if (cursor.definition() < filled) {
                skip(first, last);
                return value;
            }
            do {
                value.add(element.next());
            } while (cursor.repeats(repetition));
            return value;
        };
    }

    private Part map(String[] path, Type.MapOf wanted) throws Incompatible {
        GroupType group = schema.getType(path).asGroupType();
        LogicalTypeAnnotation logical = group.getLogicalTypeAnnotation();
        if (group.getFieldCount() != 1 || group.getType(0).isPrimitive() || group.getType(0).asGroupType().getFieldCount() > 2
                || !(logical instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation
                || logical instanceof LogicalTypeAnnotation.MapKeyValueTypeAnnotation)) {
            return refuse();
        }
        GroupType pair = group.getType(0).asGroupType();
        String[] repeatedPath = below(path, pair.getName());
        int first = cursors.size();
        Part key = part(below(repeatedPath, pair.getType(0).getName()), wanted.key());
        Part held = pair.getFieldCount() > 1 ? part(below(repeatedPath, pair.getType(1).getName()), wanted.value()) : () -> null;
        Part pairs = list(first, schema.getMaxDefinitionLevel(path), repeatedPath, () -> new Object[] {key.next(), held.next()});
        return () -> {
            Object list = pairs.next();
            if (list == null) {
                return null;
            }
            Map<Object, Object> value = new LinkedHashMap<>();
            for (Object entry : (List<?>) list) {
                value.put(((Object[]) entry)[0], ((Object[]) entry)[1]);
            }
            return value;
        };
    }

    /** Passes the one entry that stands for a null or an empty list in each leaf. */
    private Object skip(int first, int last) {
        for (int i = first; i < last; i++) {
            cursors.get(i).next();
        }
        return null;
    }

    private static String[] below(String[] path, String name) {
        String[] longer = Arrays.copyOf(path, path.length + 1);
        longer[path.length] = name;
        return longer;
    }
}
