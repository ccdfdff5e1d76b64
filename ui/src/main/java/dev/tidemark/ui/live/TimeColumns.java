package dev.tidemark.ui.live;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Schema.Field;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Type.Primitive;
import dev.tidemark.lake.WrittenTime;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.scan.Scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Columns of text and of numbers that hold times all the same: by their names and a look at some values. Immutable.
 *
 * @param spellings column → how it holds times
 * @param others    column → a value that is no time, of columns whose names promise one; and of those that hold times, where a few of their values are none
 */
public record TimeColumns(Map<String, RowTime.Spelling> spellings, Map<String, String> others) {

    /** None. */
    public static final TimeColumns NONE = new TimeColumns(Map.of(), Map.of());

    /** Rows that are looked at. */
    private static final int ROWS = 2_048;
    /** Files that are looked into until one has rows. */
    private static final int FILES = 4;
    /** Numbers of seconds from 1990 to 2100. In a smaller unit they are a thousand times as large, so that a number can be meant in one unit only. */
    private static final double FIRST = 631_152_000;
    private static final double LAST = 4_102_444_800.0;
    private static final List<RowTime.Spelling> UNITS = List.of(RowTime.Spelling.SECONDS, RowTime.Spelling.MILLIS, RowTime.Spelling.MICROS, RowTime.Spelling.NANOS);

    public TimeColumns {
        spellings = Map.copyOf(spellings);
        others = Map.copyOf(others);
    }

    /**
     * Looks at the newest rows of a table that has columns with such names, or none of time otherwise. Blocking.
     *
     * @throws dev.tidemark.lake.LakeException if they cannot be read
     */
    public static TimeColumns of(Snapshot snapshot) {
        List<Field> fields = Recognition.mayHoldTimes(snapshot.schema());
        if (fields.isEmpty()) {
            return NONE;
        }
        Optional<Batch> rows = newest(snapshot, fields.stream().map(Field::name).toList());
        Map<String, RowTime.Spelling> spellings = new LinkedHashMap<>();
        Map<String, String> others = new LinkedHashMap<>();
        for (Field field : fields) {
            Column column = rows.map(batch -> batch.column(field.name())).orElse(null);
            Optional<RowTime.Spelling> spelling = column == null ? Optional.of(RowTime.Spelling.UNSEEN) : spelling(column);
            spelling.ifPresent(found -> spellings.put(field.name(), found));
            if (column != null && (spelling.isEmpty() ? Recognition.soundsLikeTime(field) : spelling.get() == RowTime.Spelling.TEXT)) {
                other(column).ifPresent(value -> others.put(field.name(), value));
            }
        }
        return new TimeColumns(spellings, others);
    }

    private static Optional<Batch> newest(Snapshot snapshot, List<String> columns) {
        List<DataFile> files = snapshot.files().stream().sorted(Comparator.comparing(DataFile::modified).reversed()).limit(FILES).toList();
        for (DataFile file : files) {
            try (Scan.RowGroups groups = Scan.of(snapshot).columns(columns).groups(file)) {
                for (int group = groups.size() - 1; group >= 0; group--) {
                    Optional<Batch> rows = groups.read(group, ROWS).filter(batch -> batch.rows() > 0);
                    if (rows.isPresent()) {
                        return rows;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** How a column holds times, if most of its values are some. */
    private static Optional<RowTime.Spelling> spelling(Column column) {
        Map<RowTime.Spelling, Integer> found = new EnumMap<>(RowTime.Spelling.class);
        int values = 0;
        for (int i = 0; i < column.size(); i++) {
            if (!column.isNull(i)) {
                values++;
                Optional.ofNullable(spelling(column, i)).ifPresent(each -> found.merge(each, 1, Integer::sum));
            }
        }
        int half = values / 2;
        return found.entrySet().stream().filter(each -> each.getValue() > half).map(Map.Entry::getKey).findFirst();
    }

    private static RowTime.Spelling spelling(Column column, int row) {
        if (column instanceof Column.Strings texts) {
            return WrittenTime.micros(texts.get(row)) == WrittenTime.NONE ? null : RowTime.Spelling.TEXT;
        }
        double number = Readings.number(column, row);
        return UNITS.stream().filter(unit -> number >= FIRST * unit.perSecond() && number <= LAST * unit.perSecond()).findFirst().orElse(null);
    }

    /** The first value that is no time. */
    private static Optional<String> other(Column column) {
        for (int i = 0; i < column.size(); i++) {
            if (!column.isNull(i) && spelling(column, i) == null) {
                return Optional.of(String.valueOf(column.value(i)));
            }
        }
        return Optional.empty();
    }
}
