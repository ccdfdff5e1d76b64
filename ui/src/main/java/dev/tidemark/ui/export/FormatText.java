package dev.tidemark.ui.export;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.export.CsvFormat;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A format as one line, to be remembered from one start to the next. Pure. */
final class FormatText {

    private FormatText() {
    }

    static String of(CsvFormat format, boolean manifest) {
        return (format.delimiter() == '\t' ? "tab" : String.valueOf(format.delimiter())) + " " + format.decimal() + " " + format.zone().getId() + " " + format.times()
                + (format.bom() ? " bom" : "") + (format.gzip() ? " gzip" : "") + (format.defused() ? " defused" : "") + (manifest ? " manifest" : "");
    }

    /** The format of a line; the standard's where it is none. */
    static CsvFormat format(String line) {
        String[] words = line.split(" ");
        try {
            ZoneId zone = ZoneId.of(words[2]);
            return CsvFormat.STANDARD.signs(words[0].equals("tab") ? '\t' : words[0].charAt(0), words[1].charAt(0))
                    .times(zone.normalized().equals(ZoneOffset.UTC) ? ZoneOffset.UTC : zone, CsvFormat.TimeStyle.valueOf(words[3]))
                    .bom(line.contains(" bom")).gzip(line.contains(" gzip")).defused(line.contains(" defused"));
        } catch (LakeException | DateTimeException | IllegalArgumentException | IndexOutOfBoundsException spoilt) {
            return CsvFormat.STANDARD;
        }
    }

    /** Whether a manifest goes beside the file; it does unless the line says otherwise. */
    static boolean manifest(String line) {
        return line.isBlank() || line.endsWith(" manifest");
    }
}
