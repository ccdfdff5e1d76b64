package dev.tidemark.stream.table;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.log.BrokenLogException;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** What a storage's refusal to write means for whoever runs the streamer. */
final class WriteFailure {

    private WriteFailure() {
    }

    /** @param outcome what is known of the commit, as a sentence */
    static LakeException of(String table, IOException e, String outcome) {
        String cannot = "Cannot write table " + table + ": ";
        if (e instanceof BrokenLogException) {
            return new LakeException(Reason.BROKEN_LOG, cannot + "its log is broken at " + e.getMessage()
                    + ". " + outcome + " Put the file back from a copy, or ask whoever writes the table", e);
        }
        if (e instanceof AccessDeniedException || contains(e, "Read-only file system")) {
            return new LakeException(Reason.DENIED, cannot + "access is denied (" + detail(e) + "). " + outcome
                    + " Give the streamer's user the right to write there", e);
        }
        if (contains(e, "No space left on device") || contains(e, "quota exceeded") || contains(e, "not enough space")) {
            return new LakeException(Reason.UNREACHABLE, cannot + "the disk is full (" + detail(e) + "). " + outcome
                    + " Free some space, then try again", e);
        }
        if (e instanceof ClosedByInterruptException) {
            return new LakeException(Reason.UNREACHABLE, cannot + "it was interrupted. " + outcome, e);
        }
        return new LakeException(Reason.UNREACHABLE, cannot + detail(e) + ". " + outcome + " Try again", e);
    }

    private static boolean contains(IOException e, String text) {
        return e.getMessage() != null && e.getMessage().contains(text);
    }

    private static String detail(IOException e) {
        if (e instanceof FileSystemException file && file.getReason() == null) {
            return e.getClass().getSimpleName().replaceFirst("Exception$", "") + ": " + file.getFile();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage().lines().findFirst().orElse("");
    }
}
