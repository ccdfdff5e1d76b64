package dev.tidemark.lake;

import dev.tidemark.lake.azure.AzureException;
import dev.tidemark.lake.log.Action;
import dev.tidemark.lake.log.BrokenLogException;
import dev.tidemark.lake.log.Place;
import dev.tidemark.lake.log.UnsupportedLogException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Tells the user what stood in the way, and what to do next. */
final class Failure {

    private Failure() {
    }

    /** What a file system's answer means for whoever reads a table. */
    static LakeException of(Place place, IOException e) {
        if (e instanceof BrokenLogException) {
            return new LakeException(LakeException.Reason.BROKEN_LOG, "Cannot read " + place + ": its log is broken at "
                    + e.getMessage() + ". Put the file back from a copy, or ask whoever writes the table", e);
        }
        if (e instanceof UnsupportedLogException) {
            return new LakeException(LakeException.Reason.UNSUPPORTED, "Cannot read " + place + ": " + e.getMessage()
                    + ", which is not supported yet", e);
        }
        if (e instanceof AzureException azure) {
            return LakeException.of("Cannot read " + place, azure);
        }
        if (e instanceof AccessDeniedException || e instanceof org.apache.hadoop.security.AccessControlException) {
            return new LakeException(LakeException.Reason.DENIED, "Cannot read " + place + ": access is denied (" + detail(e)
                    + "). Ask for the right to read this folder", e);
        }
        if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
            return new LakeException(LakeException.Reason.NOT_FOUND, "Cannot read " + place + ": "
                    + (detail(e).equals(place.toString()) ? "it" : detail(e)) + " is not there. Check the path, or if it was there, what moved it", e);
        }
        if (e instanceof org.apache.hadoop.fs.UnsupportedFileSystemException) {
            return new LakeException(LakeException.Reason.INVALID, "Cannot open " + place
                    + ": no such kind of place is known (expected a folder, file: or abfss://)", e);
        }
        return new LakeException(LakeException.Reason.UNREACHABLE, "Cannot read " + place + ": " + detail(e) + ". Try again", e);
    }

    private static String detail(IOException e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("").replaceFirst("\\.$", "");
    }

    /** A table that asks more of a reader than we know. */
    static LakeException unsupported(Place table, long version, List<String> features, Action.Protocol protocol) {
        return new LakeException(LakeException.Reason.UNSUPPORTED, "Cannot read " + table + " at version " + version + ": it needs " + String.join(", ", features)
                + ", which is not supported yet (protocol reader " + protocol.reader() + ", writer " + protocol.writer()
                + "). Read it with Spark, or drop the feature there (ALTER TABLE ... DROP FEATURE)");
    }
}
