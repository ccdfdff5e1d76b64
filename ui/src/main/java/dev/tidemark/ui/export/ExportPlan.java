package dev.tidemark.ui.export;

import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.export.CsvExport;
import dev.tidemark.lake.export.CsvFormat;
import dev.tidemark.lake.export.Question;
import dev.tidemark.lake.scan.TimeText;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * All that an export needs but its place. Immutable.
 *
 * @param snapshot the table at the version that is written
 * @param manifest whether a manifest goes beside the file
 */
record ExportPlan(Snapshot snapshot, Question question, CsvFormat format, boolean manifest) {

    private static final DateTimeFormatter IN_A_NAME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** A file name that says what is in it. */
    String name() {
        String table = snapshot.table().replaceAll("[/\\\\]+$", "");
        String[] parts = table.split("[/\\\\]");
        String last = parts.length < 2 || parts[parts.length - 2].isEmpty() ? parts[parts.length - 1] : parts[parts.length - 2] + "-" + parts[parts.length - 1];
        return last.replaceAll("[^A-Za-z0-9._-]+", "-") + "_v" + snapshot.version() + part(question.from()) + part(question.to())
                + (format.gzip() ? ".csv.gz" : ".csv");
    }

    private String part(String time) {
        return time == null ? "" : "_" + IN_A_NAME.format(TimeText.instant(time, question.zone()));
    }

    /** What is to be written. LakeException INVALID if the question makes no sense for the table. */
    CsvExport export() {
        return CsvExport.of(snapshot, question).format(format);
    }

    /** Rows that it will have; files may have to be read to tell. */
    long count() {
        long known = question.scan(snapshot).knownRows();
        return known >= 0 ? known : question.scan(snapshot).count();
    }
}
