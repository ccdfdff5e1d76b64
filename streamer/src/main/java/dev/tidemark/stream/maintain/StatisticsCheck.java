package dev.tidemark.stream.maintain;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Bounds;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.column.DataFileReader;
import dev.tidemark.lake.column.FieldPath;
import dev.tidemark.stream.maintain.Finding.Weight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the log says of data files against what is in them: by their footers all of them, by their values the newest ones, or all. A bound may lie farther out than the value it stands
 * for, never nearer. Only reads, and holds a part of one column at a time.
 */
final class StatisticsCheck {

    /** Unless all are asked for, the values of so many bytes of a table are read, those of the newest files. */
    private static final long SAMPLE = 64L << 20;
    private static final int SLICE = 1 << 17;

    private final Lake lake;
    private final String path;
    private final Snapshot snapshot;
    private final boolean deep;
    private final List<FieldPath> columns;
    private final Map<String, String> wrong = new LinkedHashMap<>();
    private final Map<String, String> unreadable = new LinkedHashMap<>();

    /** @param deep whether the values of all files are to be read */
    StatisticsCheck(Lake lake, String path, Snapshot snapshot, boolean deep) {
        this.lake = lake;
        this.path = path;
        this.snapshot = snapshot;
        this.deep = deep;
        this.columns = snapshot.schema().fields().stream().filter(field -> field.type() instanceof Type.Primitive && !snapshot.partitionColumns().contains(field.name()))
                .map(FieldPath::of).toList();
    }

    List<Finding> run() {
        int without = 0;
        long bytes = 0;
        int read = 0;
        for (DataFile file : snapshot.files().stream().sorted(Comparator.comparing(DataFile::modified).reversed()).toList()) {
            without += file.statistics().isEmpty() ? 1 : 0;
            boolean values = deep || bytes + file.size() <= SAMPLE;
            bytes += values ? file.size() : 0;
            read += values ? 1 : 0;
            check(file, values);
        }
        List<Finding> findings = new ArrayList<>();
        if (!unreadable.isEmpty()) {
            findings.add(new Finding(path, "files", Weight.ERROR, TableCheck.some(List.copyOf(unreadable.values())),
                    "put it back from a copy, or " + Remedy.without(lake, path, unreadable.keySet())));
        }
        if (!wrong.isEmpty()) {
            findings.add(new Finding(path, "statistics", Weight.ERROR, TableCheck.told(List.copyOf(wrong.values()), "file") + " not as the log says, so that readers pass over rows or count others: "
                    + TableCheck.some(List.copyOf(wrong.values())), Remedy.without(lake, path, wrong.keySet())));
        }
        if (without > 0) {
            findings.add(new Finding(path, "statistics", Weight.WARNING, without + " files have no statistics: every question opens them", "optimize --table " + path));
        }
        int files = snapshot.files().size();
        if (read < files) {
            findings.add(new Finding(path, "statistics", Weight.NOTE, String.format(Locale.ROOT, "the values of %,d of %,d files were read, those of the others only with --deep", read, files), null));
        }
        return findings;
    }

    private void check(DataFile file, boolean values) {
        try (DataFileReader reader = DataFileReader.open(file)) {
            // Whoever deletes rows and leaves the file counts without them, and its bounds are those of all.
            boolean whole = file.deletions().isEmpty();
            if (file.statistics().isPresent() && whole && file.statistics().get().rows() != reader.footer().rows()) {
                wrong.put(file.location(), file.location() + " (expected " + file.statistics().get().rows() + " rows, actual " + reader.footer().rows() + ")");
                return;
            }
            for (FieldPath column : columns) {
                Bounds log = said(file, column);
                Bounds footer = ofFooter(reader, column);
                Optional<String> contradiction = contradiction(column, log, footer);
                if (values && contradiction.isEmpty()) {
                    contradiction = contradiction(column, log, ofValues(reader, column));
                }
                if (contradiction.isPresent()) {
                    wrong.put(file.location(), file.location() + " (" + contradiction.get() + ")");
                    return;
                }
            }
        } catch (LakeException e) {
            if (e.reason() != LakeException.Reason.BROKEN_DATA || !e.getMessage().contains("the file is missing")) {
                unreadable.put(file.location(), e.getMessage());
            }
        }
    }

    private static Bounds said(DataFile file, FieldPath column) {
        DataFile.Statistics said = file.statistics().orElse(null);
        return said == null ? new Bounds(null, null, -1)
                : new Bounds(said.min().get(column.inFiles()), said.max().get(column.inFiles()), file.deletions().isPresent() ? -1 : said.nullCount().getOrDefault(column.inFiles(), -1L));
    }

    private static Bounds ofFooter(DataFileReader reader, FieldPath column) {
        Object min = null;
        Object max = null;
        long nulls = 0;
        for (int group = 0; group < reader.footer().groups(); group++) {
            Bounds bounds = reader.footer().bounds(group, column).orElse(new Bounds(null, null, -1));
            // Text is cut at different lengths there: only numbers tell for sure.
            min = bounds.min() instanceof Number && (min == null || isLess(bounds.min(), min)) ? bounds.min() : min;
            max = bounds.max() instanceof Number && (max == null || isLess(max, bounds.max())) ? bounds.max() : max;
            nulls = nulls < 0 || bounds.nulls() < 0 ? -1 : nulls + bounds.nulls();
        }
        return new Bounds(min, max, nulls);
    }

    private static Bounds ofValues(DataFileReader reader, FieldPath path) {
        Object min = null;
        Object max = null;
        long nulls = 0;
        for (int group = 0; group < reader.footer().groups(); group++) {
            for (int from = 0; from < reader.footer().rows(group); from += SLICE) {
                Column column = reader.read(group, path, from, Math.min(from + SLICE, reader.footer().rows(group)));
                for (int row = 0; row < column.size(); row++) {
                    Object value = column.value(row);
                    if (value == null) {
                        nulls++;
                    } else if (!(value instanceof Double number && number.isNaN())) {
                        min = min == null || isLess(value, min) ? value : min;
                        max = max == null || isLess(max, value) ? value : max;
                    }
                }
            }
        }
        return new Bounds(min, max, nulls);
    }

    private static Optional<String> contradiction(FieldPath column, Bounds log, Bounds found) {
        boolean single = column.type() == Type.Primitive.FLOAT;
        if (isLess(found.min(), rounded(log.min(), single)) || isLess(rounded(log.max(), single), found.max())) {
            return Optional.of("column " + column + " has values beyond its bounds");
        }
        return log.nulls() >= 0 && found.nulls() >= 0 && log.nulls() != found.nulls()
                ? Optional.of("column " + column + ": expected " + log.nulls() + " rows without a value, actual " + found.nulls()) : Optional.empty();
    }

    /** As text in the log a float has other digits than as a double. */
    private static Object rounded(Object bound, boolean single) {
        return single && bound instanceof Double number ? (Object) (double) number.floatValue() : bound;
    }

    private static boolean isLess(Object a, Object b) {
        if (a instanceof Long less && b instanceof Long more) {
            return less < more;
        }
        if (a instanceof String less && b instanceof String more) {
            return compare(less, more) < 0;
        }
        if (a instanceof Double less && b instanceof Double more) {
            return less < more;
        }
        return a instanceof Boolean less && b instanceof Boolean more && !less && more;
    }

    /** By code points, as UTF-8's bytes are ordered: those beyond 16 bits come last. */
    private static int compare(String a, String b) {
        for (int i = 0; i < Math.min(a.length(), b.length()); i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return Character.isSurrogate(x) != Character.isSurrogate(y) ? Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y)) : x - y;
            }
        }
        return a.length() - b.length();
    }
}
