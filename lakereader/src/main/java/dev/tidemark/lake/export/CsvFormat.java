package dev.tidemark.lake.export;

import dev.tidemark.lake.LakeException;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * How values become CSV. Immutable.
 *
 * @param delimiter between two fields
 * @param decimal   sign before the fraction of a number, {@code .} or {@code ,}
 * @param zone      of times that have a zone
 * @param times     how times are written
 * @param bom       whether the file begins with a byte order mark, by which Excel knows UTF-8
 * @param gzip      whether the file is compressed
 * @param defused   whether text that a spreadsheet would take for a formula (it begins with {@code = + - @}, a tab or a line break) gets an apostrophe before it
 */
public record CsvFormat(char delimiter, char decimal, ZoneId zone, TimeStyle times, boolean bom, boolean gzip, boolean defused) {

    /** How times are written. */
    public enum TimeStyle {
        /** {@code 2026-11-21T05:24:00.000000Z}, in another zone {@code 2026-11-21T06:24:00.000000+01:00}. */
        ISO,
        /** {@code 2026-11-21 06:24:00}, with {@code .250} or {@code .250001} where there is a fraction: what spreadsheets understand. */
        PLAIN
    }

    /** RFC 4180: commas, points, ISO-8601 in UTC. */
    public static final CsvFormat STANDARD = new CsvFormat(',', '.', ZoneOffset.UTC, TimeStyle.ISO, false, false, false);

    private static final String IN_VALUES = "\"'+-.:_ \\";

    public CsvFormat {
        if (delimiter != '\t' && (delimiter < '!' || delimiter > '~' || Character.isLetterOrDigit(delimiter) || IN_VALUES.indexOf(delimiter) >= 0)) {
            throw new LakeException(LakeException.Reason.INVALID, "Cannot export: the delimiter would be taken for a part of a value (expected , ; | or a tab, actual '"
                    + delimiter + "')");
        }
        if (decimal != '.' && decimal != ',') {
            throw new LakeException(LakeException.Reason.INVALID, "Cannot export: a number has no such decimal sign (expected . or , actual '" + decimal + "')");
        }
        if (delimiter == decimal) {
            throw new LakeException(LakeException.Reason.INVALID, "Cannot export: delimiter and decimal sign are the same (expected two signs, actual '"
                    + delimiter + "' for both). Choose ; as delimiter");
        }
    }

    /** The same with another sign between fields. */
    public CsvFormat delimiter(char sign) {
        return new CsvFormat(sign, decimal, zone, times, bom, gzip, defused);
    }

    /** The same with both signs changed, as a decimal comma asks for another delimiter. */
    public CsvFormat signs(char between, char inNumbers) {
        return new CsvFormat(between, inNumbers, zone, times, bom, gzip, defused);
    }

    /** The same with times of another zone or style. */
    public CsvFormat times(ZoneId where, TimeStyle style) {
        return new CsvFormat(delimiter, decimal, where, style, bom, gzip, defused);
    }

    /** The same with or without a byte order mark. */
    public CsvFormat bom(boolean marked) {
        return new CsvFormat(delimiter, decimal, zone, times, marked, gzip, defused);
    }

    /** The same compressed or not. */
    public CsvFormat gzip(boolean compressed) {
        return new CsvFormat(delimiter, decimal, zone, times, bom, compressed, defused);
    }

    /** The same with or without formulas defused. */
    public CsvFormat defused(boolean harmless) {
        return new CsvFormat(delimiter, decimal, zone, times, bom, gzip, harmless);
    }
}
