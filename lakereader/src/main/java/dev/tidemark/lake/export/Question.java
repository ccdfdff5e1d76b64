package dev.tidemark.lake.export;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.WrittenTime;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.column.FieldPath;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Predicate;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.lake.scan.TimeColumn;
import dev.tidemark.lake.scan.TimeText;
import dev.tidemark.lake.scan.Where;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is exported of a version, in words, so that it can be asked again. Immutable.
 *
 * @param columns    these, in this order; empty for all
 * @param where      a condition as {@link Where} reads it; null for none
 * @param from       the first time, as {@link TimeText} reads it; null for none
 * @param to         the time before which rows lie; null for none
 * @param timeColumn the column that {@code from} and {@code to} speak of; null for the one that {@link TimeColumn} finds
 * @param sort       sort by these, ascending, nulls first; empty for the order of the table
 * @param zone       where times in {@code where}, {@code from} and {@code to} lie that name no zone
 */
public record Question(List<String> columns, String where, String from, String to, String timeColumn, List<String> sort, ZoneId zone) {

    /** Values of a column of text that tell whether it holds times. */
    private static final int LOOKED_AT = 1_000;

    public Question {
        columns = List.copyOf(columns);
        sort = List.copyOf(sort);
    }

    /**
     * The question put to a snapshot.
     *
     * @throws LakeException INVALID if it makes no sense for this table
     */
    public Scan scan(Snapshot snapshot) {
        Scan scan = Scan.of(snapshot);
        if (from != null || to != null) {
            scan = scan.where(range(snapshot));
        }
        if (where != null) {
            scan = scan.where(Where.parse(where, snapshot.schema(), zone));
        }
        return columns.isEmpty() ? scan : scan.columns(columns);
    }

    private Predicate range(Snapshot snapshot) {
        String name = Optional.ofNullable(timeColumn).or(() -> TimeColumn.of(snapshot.schema())).orElseThrow(() -> new LakeException(Reason.INVALID,
                "Cannot export a range of time: " + snapshot.table() + " has no column with a time (expected one of type timestamp or date, actual "
                        + snapshot.schema().names() + ")"));
        FieldPath column = FieldPath.of(snapshot.schema(), name).orElseThrow(() -> new LakeException(Reason.INVALID,
                "Cannot export a range of time: there is no such column (expected one of " + snapshot.schema().names()
                        + ", actual " + name + ")"));
        if (column.type() == Type.Primitive.DATE) {
            return new Predicate.Is(new Condition.Range(name, day(from), day(to)));
        }
        if (column.type() == Type.Primitive.STRING) {
            refuseOtherTexts(snapshot, name);
            return new Predicate.Is(new Condition.Written(name, micros(from), micros(to)));
        }
        if (column.type() != Type.Primitive.TIMESTAMP && column.type() != Type.Primitive.TIMESTAMP_NTZ) {
            throw new LakeException(Reason.INVALID, "Cannot export a range of time: column " + name
                    + " holds none (expected timestamp, date or a text that says a time, actual " + column.type() + ")");
        }
        return new Predicate.Is(new Condition.Range(name, micros(from), micros(to)));
    }

    /** A column of names would give an empty file, and nobody would know why. */
    private static void refuseOtherTexts(Snapshot snapshot, String column) {
        Column.Strings some = Scan.of(snapshot).columns(List.of(column)).where(new Condition.NotNull(column)).limit(LOOKED_AT).readAll().strings(column);
        Optional<String> first = Arrays.stream(some.codes()).mapToObj(code -> some.dictionary()[code]).findFirst();
        if (first.isPresent() && Arrays.stream(some.codes()).allMatch(code -> WrittenTime.micros(some.dictionary()[code]) == WrittenTime.NONE)) {
            throw new LakeException(Reason.INVALID, "Cannot export a range of time: column " + column + " holds none (expected texts like 2026-11-29T03:00:00Z, actual " + first.get() + ")");
        }
    }

    private Long micros(String time) {
        try {
            return time == null ? null : (Long) TimeText.micros(time, zone);
        } catch (IllegalArgumentException e) {
            throw new LakeException(Reason.INVALID, "Cannot export a range of time: " + e.getMessage(), e);
        }
    }

    /** The days whose midnight lies in the range. */
    private Long day(String time) {
        Long micros = micros(time);
        long day = 86_400_000_000L;
        return micros == null ? null : (Long) (-Math.floorDiv(-(micros + zone.getRules().getOffset(TimeText.instant(time, zone)).getTotalSeconds() * 1_000_000L), day));
    }
}
